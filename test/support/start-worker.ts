import { startWebWorker } from '../../src/engine/cpu/web-worker.ts';
import type { StartWorker } from '../../src/engine/cpu/worker-port.ts';

/** Starts workers of the host the tests run in: Node or a browser. */
export const startWorker: StartWorker =
  typeof Worker === 'undefined'
    ? (await import('../../src/node/worker-thread.ts')).startThread
    : startWebWorker;
