import script from './worker.ts?script';
import type { StartWorker, WorkerPort } from './worker-port.ts';

/**
 * Starts a worker before there is an engine: one takes as long to start as an engine to be loaded.
 *
 * @returns starts workers of engines; the first of them is that one.
 */
export function startEarly(startWorker: StartWorker): StartWorker {
  let early: WorkerPort | undefined = startWorker(script);
  early.onEnd = () => {
    early = undefined; // who asks gets another, and is told why that one ends
  };
  return (asked) => {
    const port = early ?? startWorker(asked);
    early = undefined;
    return port;
  };
}
