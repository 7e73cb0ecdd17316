import { type KernelClock, watchKernels } from './kernel-clock.ts';
import type { KernelExports } from './kernel-text.ts';
import { LostOrbit } from './lost-orbit.ts';
import type { FromWorker, RunPlan, StepsDone, ToWorker } from './protocol.ts';
import { beginTile, type TileRun } from './tile-run.ts';

/** Milliseconds of work between two looks at what the engine says. */
const SLICE = 12;
/** Milliseconds between two reports of steps. */
const REPORT_INTERVAL = 50;

interface Port {
  postMessage(message: FromWorker, transfer?: ArrayBuffer[]): void;
  onmessage: ((event: { data: ToWorker }) => void) | null;
}

const port = globalThis as unknown as Port; // a worker's global is its port; threads of Node are given one

declare const setImmediate: ((callback: () => void) => void) | undefined; // Node's

/**
 * Calls back after whatever messages are waiting. A port of Node hands out up to a thousand messages
 * before any other port has its turn, so that what the engine says would wait for seconds: a thread
 * does the next slice in an immediate instead.
 */
const turn = new MessageChannel();
const later =
  typeof setImmediate === 'function' ? setImmediate : () => turn.port2.postMessage(undefined);
let isTurning = false;

function takeTurn(): void {
  if (!isTurning) later(work);
  isTurning = true;
}

let known: { readonly kernels: KernelExports; readonly plan: RunPlan } | undefined;
let run: { readonly clock: KernelClock; readonly plan: RunPlan } | undefined;
let tile: TileRun | undefined;
const waiting: (ToWorker & { readonly kind: 'tile' })[] = [];
let sendEvery = Number.POSITIVE_INFINITY;
let sent = 0;
let reported = 0;

/** Begins a run of the plan that is known. */
function begin(isTimed: boolean): void {
  if (!known) return;
  const { kernels, plan } = known;
  run = { clock: isTimed ? watchKernels(kernels) : { kernels, takeSeconds: () => 0 }, plan };
}

/** Begins the next tile where there is one. */
function beginNext(): void {
  const next = waiting.shift();
  if (!next || !run) return;
  tile = beginTile(run.clock.kernels, run.plan, next.tile, next.table);
  sendEvery = next.sendEvery;
  sent = performance.now();
  takeTurn();
}

function drop(): void {
  tile = undefined;
  waiting.length = 0;
}

function sendCounts(of: TileRun, isDone: boolean): void {
  const counts = of.takeCounts();
  const { visits, lost, diverged, records } = counts;
  const kernelSeconds = run?.clock.takeSeconds() ?? 0;
  port.postMessage({ kind: 'counts', isDone, kernelSeconds, ...stepsOf(of), ...counts }, [
    visits.buffer,
    lost.buffer,
    diverged.buffer,
    records.buffer,
  ]);
  sent = performance.now();
}

function stepsOf(of: TileRun): StepsDone {
  reported = performance.now();
  return { steps: of.takeSteps(), spared: of.takeSpared() };
}

function fail(error: unknown): void {
  drop();
  const message = error instanceof Error ? error.message : String(error);
  const of =
    error instanceof LostOrbit ? 'orbit' : error instanceof RangeError ? 'memory' : 'worker';
  port.postMessage({ kind: 'failed', of, message });
}

/** Does a slice of work on the tile, and says what there is to say. */
function work(): void {
  isTurning = false;
  if (!tile) return;
  try {
    const hasMore = tile.work(SLICE);
    const now = performance.now();
    if (!hasMore || tile.isFull || now - sent >= sendEvery) sendCounts(tile, !hasMore);
    else if (now - reported >= REPORT_INTERVAL)
      port.postMessage({ kind: 'steps', ...stepsOf(tile) });
    if (hasMore) takeTurn();
    else {
      tile = undefined;
      beginNext();
    }
  } catch (error) {
    fail(error);
  }
}

turn.port1.onmessage = work;

port.onmessage = ({ data: message }) => {
  try {
    if (message.kind === 'run') {
      const { module, plan, isTimed } = message;
      // Exported by every module of kernel-text.ts
      const kernels = new WebAssembly.Instance(module).exports as unknown as KernelExports;
      known = { kernels, plan };
      begin(isTimed);
    } else if (message.kind === 'again') {
      begin(message.isTimed);
    } else if (message.kind === 'tile') {
      waiting.push(message);
      if (!tile) beginNext();
    } else {
      drop();
      port.postMessage({ kind: 'dropped' });
    }
  } catch (error) {
    fail(error);
  }
};
