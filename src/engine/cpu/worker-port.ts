/**
 * A worker as the engine sees it: a Web Worker in pages, a thread of `worker_threads` in Node. Messages
 * are structured clones; no memory is shared.
 */
export interface WorkerPort {
  /** @param transfer buffers inside `message` that are handed over instead of copied. */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Called with every message of the worker, in their order. To be set once, before the first post. */
  onMessage: (message: unknown) => void;
  /**
   * Called once with the reason when the worker has ended or cannot go on: an uncaught error, a script
   * that was refused, a thread that was killed. Not called after `terminate`.
   */
  onEnd: (reason: string) => void;
  /** Ends the worker at once, whatever it is doing. */
  terminate(): void;
}

/**
 * Starts a worker that runs `script`, JavaScript text of a classic script. It finds `postMessage` and
 * `onmessage` in its global object, as in a Web Worker.
 */
export type StartWorker = (script: string) => WorkerPort;
