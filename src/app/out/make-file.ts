import { RequestError } from '../../spec/errors.ts';
import type { FileProgress, FileTask, FromFileWorker } from './file-messages.ts';

/** A file that was made, not yet named. */
export interface MadeFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Media type. */
  readonly type: string;
}

/**
 * Makes a file in a worker of its own: the page's thread does nothing but wait.
 *
 * @throws {RequestError} the codes of what paints and computes; {Error} where that fails, or the
 *   browser lacks the memory; the reason of `signal`, which ends the worker at once.
 */
export async function makeFile(
  task: FileTask,
  signal: AbortSignal,
  onProgress: (progress: FileProgress) => void,
): Promise<MadeFile> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
    type: 'module',
    name: 'etascope files',
  });
  try {
    return await new Promise<MadeFile>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.onmessage = ({ data }: MessageEvent<FromFileWorker>) => {
        if (data.kind === 'progress') onProgress(data);
        else if (data.kind === 'file') resolve(data);
        else reject(errorOf(data));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        const reason = event.message || 'its worker does not begin';
        reject(new Error(`the file cannot be made: ${reason}`));
      };
      worker.postMessage(task);
    });
  } finally {
    worker.terminate();
  }
}

function errorOf(answer: FromFileWorker & { readonly kind: 'refused' | 'failed' }): Error {
  if (answer.kind === 'failed') return new Error(`the file cannot be made: ${answer.message}`);
  const { code, where, message } = answer;
  return new RequestError({ code, where, what: message.slice(`${where}: `.length) });
}
