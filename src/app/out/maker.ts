import { save } from '../download.ts';
import { faultOf } from '../fault.ts';
import { quantity } from '../quantity.ts';
import type { FileTask } from './file-messages.ts';
import { type MadeFile, makeFile } from './make-file.ts';
import type { OutBox } from './out-box.ts';

/** A file that is wanted. */
export interface Order {
  /** What is waited for before anything is done, for people. */
  readonly words: string;
  name(file: MadeFile): string;
  prepare(): Promise<FileTask> | FileTask;
}

/** Makes files and saves them, one at a time, and says so in a box. */
export interface Maker {
  /** Makes a file; one that is being made is given up. What goes wrong is said in the box. */
  make(order: Order): Promise<void>;
  cancel(): void;
}

/** @param box asked for when something is said. */
export function createMaker(box: () => Pick<OutBox, 'advance' | 'say'>): Maker {
  let making: AbortController | undefined;
  return {
    async make({ words, name, prepare }) {
      making?.abort();
      const own = new AbortController();
      making = own;
      box().say('');
      box().advance(words);
      try {
        const task = await prepare();
        const file = await makeFile(task, own.signal, ({ share, doing }) =>
          box().advance(`${doing}, ${Math.floor(100 * share)} %`, share),
        );
        save({ name: name(file), ...file });
        box().say(`Saved ${name(file)}, ${quantity(file.bytes.length)}B`);
      } catch (error) {
        if (making === own) box().say(excuse(error, own.signal));
      } finally {
        if (making === own) {
          making = undefined;
          box().advance();
        }
      }
    },
    cancel: () => making?.abort(),
  };
}

function excuse(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return 'Cancelled';
  const isStopped = error instanceof DOMException && error.name === 'AbortError';
  return isStopped ? 'Not saved: another picture was begun' : faultOf(error).sentence;
}
