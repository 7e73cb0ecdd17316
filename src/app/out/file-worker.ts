// A worker that makes one file: to compute, paint and pack a large picture takes longer than a page
// may wait. Whoever wants it no more ends the worker.
import { createEngine } from '../../engine/create-engine.ts';
import type { Engine, Progress } from '../../engine/engine.ts';
import type { EncodedPicture } from '../../export/encoded-picture.ts';
import { encodeNpz } from '../../export/npz.ts';
import { encodePicture, printPicture } from '../../export/print-picture.ts';
import { RequestError } from '../../spec/errors.ts';
import { quantity } from '../quantity.ts';
import type { FileTask, FromFileWorker } from './file-messages.ts';
import type { MadeFile } from './make-file.ts';

/** Milliseconds between two reports of progress. */
const REPORT_INTERVAL = 100;

addEventListener('message', async ({ data }: MessageEvent<FileTask>) => {
  try {
    const made = await make(data);
    postMessage({ kind: 'file', ...made } satisfies FromFileWorker, {
      transfer: [made.bytes.buffer],
    });
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

async function make(task: FileTask): Promise<MadeFile> {
  switch (task.kind) {
    case 'paint':
      return painted(encodePicture(task.result, task.options));
    case 'pack':
      return { type: 'application/zip', bytes: encodeNpz(task.result) };
    case 'print': {
      const engine = await engineOf(task.engine);
      const onProgress = reporting(({ share, orbitStepsPerSecond }: Progress) => ({
        share,
        doing: `computing, ${quantity(orbitStepsPerSecond)} orbit-steps/s`,
      }));
      const print = await printPicture(engine, task.spec, task.options, { onProgress });
      engine.dispose();
      return painted(print);
    }
    case 'film': {
      // Loaded here: no picture needs what writes videos.
      const { film } = await import('./film.ts');
      const engine = await engineOf(task.engine);
      return film(
        engine,
        task,
        reporting((share: number) => ({ share, doing: 'filming' })),
      );
    }
  }
}

function engineOf(engine: Engine['name']): Promise<Engine> {
  return engine === 'cpu' ? createEngine({ engine }) : createEngine({ engine });
}

const onPainted = reporting((share: number) => ({ share, doing: 'painting' }));

/** Paints to the end, and says how far it is. */
async function painted(painting: AsyncGenerator<number, EncodedPicture>): Promise<MadeFile> {
  for (;;) {
    const { done, value } = await painting.next();
    if (done) return { type: 'image/png', bytes: value.bytes };
    onPainted(value);
  }
}

/** Reports now and then. */
function reporting<Told>(
  say: (told: Told) => { readonly share: number; readonly doing: string },
): (told: Told) => void {
  let reported = Number.NEGATIVE_INFINITY;
  return (told) => {
    const now = performance.now();
    if (now - reported < REPORT_INTERVAL) return;
    reported = now;
    answer({ kind: 'progress', ...say(told) });
  };
}

function answer(message: FromFileWorker): void {
  postMessage(message);
}
