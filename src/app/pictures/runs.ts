import type { Engine, Progress } from '../../engine/engine.ts';
import { RunError } from '../../engine/errors.ts';
import type { Result } from '../../engine/result.ts';
import { RequestError } from '../../spec/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import type { FromRunner, ToRunner } from './run-messages.ts';

/** How a spec is to be run. */
export interface RunRequest {
  readonly engine: Engine['name'];
  readonly spec: Spec;
  /** Whether results are wanted while it grows; else there is one. */
  readonly isGrowing: boolean;
}

/** Runs specs in a worker, one at a time: the page's thread does nothing but hand results on. */
export interface Runs {
  /**
   * Runs a spec; each result is whole in itself, the last one that of `Engine.run`. A run that is begun
   * ends the one before with an `AbortError`.
   *
   * @throws {RequestError} or {RunError} as the engine; the reason of `signal`.
   */
  results(
    request: RunRequest,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): AsyncGenerator<Result>;
  dispose(): void;
}

/** A run whose answers are waited for. */
interface Waiting {
  take(answer: FromRunner): void;
  end(reason: unknown): void;
}

/** Runs whose worker begins with the first of them; they wait while the page is hidden. */
export function createRuns(): Runs {
  let worker: Worker | undefined;
  let number = 0;
  let waiting: Waiting | undefined;

  const begin = (): Worker => {
    if (worker) return worker;
    const begun = new Worker(new URL('./runner.ts', import.meta.url), {
      type: 'module',
      name: 'etascope runner',
    });
    begun.onmessage = ({ data }: MessageEvent<FromRunner>) => {
      if (data.number === number) waiting?.take(data);
    };
    begun.onerror = (event) => {
      event.preventDefault();
      begun.terminate();
      if (worker === begun) worker = undefined; // the next run has a new one
      const reason = event.message || 'it does not begin';
      waiting?.end(new RunError('worker-lost', `the worker that runs specs ended: ${reason}`));
    };
    worker = begun;
    tellVisibility();
    return begun;
  };
  const tellVisibility = () => {
    const message: ToRunner = { kind: 'pause', isPaused: document.hidden };
    worker?.postMessage(message);
  };
  document.addEventListener('visibilitychange', tellVisibility);

  return {
    async *results(request, signal, onProgress) {
      signal.throwIfAborted();
      waiting?.end(new DOMException('another run was begun', 'AbortError'));
      number += 1;
      const own = number;
      const answers: FromRunner[] = [];
      let fault: { readonly reason: unknown } | undefined;
      let wake = () => {};
      const mine: Waiting = {
        take(answer) {
          if (answer.kind === 'progress') return onProgress(answer.progress);
          const before = answers.at(-1);
          if (answer.kind === 'result' && before?.kind === 'result') answers.pop(); // nobody saw it
          answers.push(answer);
          wake();
        },
        end(reason) {
          fault ??= { reason };
          wake();
        },
      };
      waiting = mine;
      const onAbort = () => mine.end(signal.reason);
      signal.addEventListener('abort', onAbort);
      const tell = (message: ToRunner) => begin().postMessage(message);
      let isOver = false;
      try {
        tell({ kind: 'run', number: own, ...request });
        for (;;) {
          if (fault) throw fault.reason;
          const answer = answers.shift();
          if (!answer) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            continue;
          }
          if (answer.kind === 'result') yield answer.result;
          else if (answer.kind !== 'progress') {
            isOver = true;
            if (answer.kind === 'done') return;
            throw errorOf(answer);
          }
        }
      } finally {
        signal.removeEventListener('abort', onAbort);
        if (waiting === mine) waiting = undefined;
        if (!isOver && worker && own === number) tell({ kind: 'stop', number: own });
      }
    },
    dispose() {
      document.removeEventListener('visibilitychange', tellVisibility);
      waiting?.end(new DOMException('the page is gone', 'AbortError'));
      worker?.terminate();
      worker = undefined;
    },
  };
}

function errorOf(answer: FromRunner & { readonly kind: 'refused' | 'failed' }): Error {
  if (answer.kind === 'refused') {
    const { code, where, message } = answer;
    return new RequestError({ code, where, what: message.slice(`${where}: `.length) });
  }
  return answer.code ? new RunError(answer.code, answer.message) : new Error(answer.message);
}
