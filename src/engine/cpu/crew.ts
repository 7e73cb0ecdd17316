import { RunError } from '../errors.ts';
import type { Tile } from '../plan.ts';
import type { FromWorker, RunPlan, TileCounts, ToWorker } from './protocol.ts';
import script from './worker.ts?script';
import type { StartWorker, WorkerPort } from './worker-port.ts';

/** Tiles that a worker has at a time: the next one waits there, so that no worker waits for us. */
const TILES_AHEAD = 2;

/** A run as its workers see it. */
export interface Job {
  readonly module: WebAssembly.Module;
  readonly plan: RunPlan;
  /** Whether to say how long kernels ran. */
  readonly isTimed: boolean;
  readonly tiles: readonly Tile[];
  /** Settings of the columns of a tile, f64 [columns, words]. */
  tableOf(tile: Tile): Float64Array<ArrayBuffer>;
  /** Milliseconds after which a worker sends what it has counted of an unfinished tile. */
  readonly sendEvery: number;
  /** Asked before a tile is handed out, which waits for the promise if there is one. */
  readonly pause?: (() => Promise<void> | undefined) | undefined;
  /** @param spared of these orbit-steps, those that an orbit did not need. */
  onSteps(orbitSteps: number, spared: number): void;
  /** @param kernelSeconds that kernels ran for these counts, where that was asked. */
  onCounts(tile: Tile, counts: TileCounts, kernelSeconds: number): void;
}

/** The workers of an engine. They do one job after another, in the order they were asked to. */
export interface Crew {
  /**
   * Does a job: every worker takes the next tile when it is done with one.
   *
   * @throws the reason of `signal`; {RunError} `worker-lost` where a worker ended before its work, and
   *   `out-of-memory` where it could not hold a tile, and `orbit-lost` where an orbit could not be followed. The next job then gets new workers.
   */
  perform(job: Job, signal?: AbortSignal): Promise<void>;
  dispose(): void;
}

export function createCrew(startWorker: StartWorker, size: number): Crew {
  let ports: readonly WorkerPort[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let isDisposed = false;
  const told = new WeakMap<WorkerPort, RunPlan>(); // the plan that a worker has
  const dismiss = () => {
    for (const port of ports) port.terminate();
    ports = [];
  };
  const forget = (lost: WorkerPort) => {
    ports = ports.filter((port) => port !== lost);
  };
  const perform = async (job: Job, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    if (isDisposed) throw new RunError('worker-lost', 'the engine has been disposed of');
    // A job of few tiles needs few of them, and a thread of Node takes its core 40 ms to start.
    const needed = Math.min(size, job.tiles.length);
    while (ports.length < needed) ports = [...ports, startWorker(script)];
    await share(job, ports.slice(0, needed), { dismiss, forget, told }, signal);
  };
  return {
    perform(job, signal) {
      const before = last;
      const done = unlessAborted(before, signal).then(() => perform(job, signal));
      last = Promise.allSettled([before, done]);
      return done;
    },
    dispose() {
      isDisposed = true;
      for (const port of ports) port.onEnd('the engine has been disposed of');
      dismiss();
    },
  };
}

/** Resolves when `before` does; rejects with the reason of `signal` if that comes first. */
function unlessAborted(before: Promise<unknown>, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort);
    before.then(() => {
      signal?.removeEventListener('abort', abort); // left behind, it would keep the job
      resolve();
    });
  });
}

/** What becomes of workers that end. */
interface Losses {
  /** Ends all workers: after the loss of one at work nobody knows what the others do. */
  dismiss(): void;
  /** Of a worker that had nothing to do: a later job gets another. */
  forget(port: WorkerPort): void;
}

/** Hands out the tiles of a job; settles when no worker has any of them, or one is lost. */
function share(
  job: Job,
  ports: readonly WorkerPort[],
  { dismiss, forget, told }: Losses & { readonly told: WeakMap<WorkerPort, RunPlan> },
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = 0;
    let undone = job.tiles.length;
    let undropped = 0; // workers that have not said that they stopped
    let reason: unknown; // why they shall stop
    let isEnded = false;
    const stop = (why: unknown) => {
      if (undropped > 0) return;
      reason = why;
      undropped = ports.length;
      for (const port of ports) send(port, { kind: 'drop' });
    };
    const abort = () => stop(signal?.reason);
    const end = (settle: () => void) => {
      isEnded = true;
      signal?.removeEventListener('abort', abort);
      for (const port of ports) {
        port.onMessage = () => {};
        port.onEnd = () => forget(port);
      }
      settle();
    };
    const fail = (error: RunError) => {
      end(() => reject(undropped > 0 ? reason : error));
      dismiss();
    };
    signal?.addEventListener('abort', abort);
    for (const port of ports) {
      const given: Tile[] = [];
      const give = () => {
        const tile = job.tiles[next];
        if (!tile || isEnded || undropped > 0) return;
        const paused = job.pause?.();
        if (paused) {
          void paused.then(give);
          return;
        }
        next++;
        given.push(tile);
        const table = job.tableOf(tile);
        send(port, { kind: 'tile', tile, table, sendEvery: job.sendEvery }, [table.buffer]);
      };
      port.onEnd = (why) =>
        fail(
          new RunError(
            'worker-lost',
            `a worker of the CPU engine ended in the middle of its work (${why}): nothing of this run is kept; run it again`,
          ),
        );
      const receive = (message: FromWorker) => {
        if (message.kind === 'dropped') {
          if (--undropped === 0) end(() => reject(reason));
        } else if (message.kind === 'failed') {
          fail(failure(message));
        } else if (undropped > 0) {
          return; // of a tile that is being dropped
        } else if (message.kind === 'steps') {
          job.onSteps(message.steps, message.spared);
        } else {
          const [tile] = given;
          if (!tile) return;
          job.onSteps(message.steps, message.spared);
          job.onCounts(tile, message, message.kernelSeconds);
          if (!message.isDone) return;
          given.shift();
          if (--undone === 0) end(resolve);
          else give();
        }
      };
      port.onMessage = (message) => {
        try {
          receive(message as FromWorker); // our own worker's
        } catch (error) {
          stop(error); // what a listener of the job throws is the end of the job
        }
      };
      const { module, plan, isTimed } = job;
      const isKnown = told.get(port) === plan; // then its kernels are there, and fast by now
      send(port, isKnown ? { kind: 'again', isTimed } : { kind: 'run', module, plan, isTimed });
      told.set(port, plan);
      for (let ahead = 0; ahead < TILES_AHEAD; ahead++) give();
    }
  });
}

function send(port: WorkerPort, message: ToWorker, transfer?: readonly ArrayBuffer[]): void {
  port.post(message, transfer);
}

function failure({ of, message }: FromWorker & { readonly kind: 'failed' }): RunError {
  switch (of) {
    case 'memory':
      return new RunError(
        'out-of-memory',
        `a worker of the CPU engine cannot hold its counts (${message}): take fewer bins, or fewer workers`,
      );
    case 'orbit':
      return new RunError('orbit-lost', message);
    default:
      return new RunError('worker-lost', `a worker of the CPU engine failed: ${message}`);
  }
}
