import type { WorkerPort } from './worker-port.ts';

/** What a kind of worker can do. */
export interface WorkerHandle {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  /** Ends the worker and frees what it needed; may be called when it has ended already. */
  end(): void;
}

/** A port, and what the worker's own events have to call. */
export interface OpenPort {
  readonly port: WorkerPort;
  receive(message: unknown): void;
  /** Ends the worker and says why, once. */
  fail(reason: unknown): void;
}

/** The part of a port that is the same for every kind of worker: after its end it is silent. */
export function openPort(worker: WorkerHandle): OpenPort {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
    worker.end();
  };
  const port: WorkerPort = {
    post(message, transfer = []) {
      if (!hasEnded) worker.post(message, transfer);
    },
    onMessage() {},
    onEnd() {},
    terminate: end,
  };
  return {
    port,
    receive(message) {
      if (!hasEnded) port.onMessage(message);
    },
    fail(reason) {
      if (hasEnded) return;
      end();
      port.onEnd(reason instanceof Error ? reason.message : String(reason));
    },
  };
}

/** The port of a worker that could not even be made: it says why as soon as somebody can listen. */
export function deadPort(reason: unknown): WorkerPort {
  const { port, fail } = openPort({ post() {}, end() {} });
  queueMicrotask(() => fail(reason));
  return port;
}
