// A worker that reads one result file: to unpack a large one takes longer than a page may wait.
import type { Result } from '../engine/result.ts';
import { resultFromNpz } from '../export/npz.ts';
import { RequestError } from '../spec/errors.ts';
import { buffersOf } from './pictures/result-buffers.ts';

/** What a file turned out to be; an error is taken apart, since its class would not arrive. */
export type Reading =
  | { readonly kind: 'result'; readonly result: Result }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly where: string;
      readonly message: string;
    }
  | { readonly kind: 'failed'; readonly message: string };

addEventListener('message', async ({ data: file }: MessageEvent<File>) => {
  try {
    const result = resultFromNpz(new Uint8Array(await file.arrayBuffer()), file.name);
    answer({ kind: 'result', result }, buffersOf(result));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof RequestError) {
      const { code, where } = error;
      answer({ kind: 'refused', code, where, message });
    } else {
      answer({ kind: 'failed', message });
    }
  }
});

function answer(reading: Reading, transfer: Transferable[] = []): void {
  postMessage(reading, { transfer });
}
