// A worker that runs specs. What a run gathers of a million columns is reduced to arrays here, which
// takes longer than a page may wait; the engine's own workers or device do the steps.
import { createEngine } from '../../engine/create-engine.ts';
import type { Engine, RunOptions } from '../../engine/engine.ts';
import { RunError } from '../../engine/errors.ts';
import type { Result } from '../../engine/result.ts';
import { RequestError } from '../../spec/errors.ts';
import { createGate } from './gate.ts';
import { buffersOf } from './result-buffers.ts';
import type { FromRunner, ToRunner } from './run-messages.ts';

type Run = ToRunner & { readonly kind: 'run' };

/** Milliseconds between two reports of progress. */
const REPORT_INTERVAL = 50;

const gate = createGate();
const engines = new Map<Engine['name'], Promise<Engine>>();
let current: { readonly number: number; readonly controller: AbortController } | undefined;
let last: Promise<void> = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<ToRunner>) => {
  if (data.kind === 'pause') {
    gate.isClosed = data.isPaused;
    return;
  }
  if (data.kind === 'stop') {
    if (current?.number === data.number) current.controller.abort();
    return;
  }
  current?.controller.abort();
  const controller = new AbortController();
  current = { number: data.number, controller };
  last = last.then(() => perform(data, controller.signal));
});

async function perform(run: Run, signal: AbortSignal): Promise<void> {
  const { number } = run;
  let reported = Number.NEGATIVE_INFINITY;
  const options: RunOptions = {
    signal,
    pause: gate.wait,
    onProgress(progress) {
      const now = performance.now();
      if (now - reported < REPORT_INTERVAL && progress.share < 1) return;
      reported = now;
      answer({ kind: 'progress', number, progress });
    },
  };
  try {
    signal.throwIfAborted();
    const engine = await engineOf(run.engine);
    if (run.isGrowing) {
      for await (const result of engine.stream(run.spec, options)) hand(number, result);
    } else {
      hand(number, await engine.run(run.spec, options));
    }
    answer({ kind: 'done', number });
  } catch (error) {
    if (!signal.aborted) refuse(run, error);
  }
}

function engineOf(name: Engine['name']): Promise<Engine> {
  const there = engines.get(name);
  if (there) return there;
  const engine: Promise<Engine> =
    name === 'cpu' ? createEngine({ engine: name }) : createEngine({ engine: name });
  engines.set(name, engine);
  return engine;
}

function hand(number: number, result: Result): void {
  answer({ kind: 'result', number, result }, buffersOf(result));
}

function refuse({ number, engine }: Run, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RequestError) {
    const { code, where } = error;
    answer({ kind: 'refused', number, code, where, message });
    return;
  }
  // Whatever failed may be lost for good: the next run has a new one.
  void engines.get(engine)?.then(
    (failed) => failed.dispose(),
    () => {},
  );
  engines.delete(engine);
  const code = error instanceof RunError ? error.code : undefined;
  answer({ kind: 'failed', number, code, message });
}

function answer(message: FromRunner, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}
