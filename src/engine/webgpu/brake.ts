/** Longest sleep, milliseconds, and the part of the time waited so far that a sleep takes at most. */
const [LONGEST, SHARE] = [1, 1 / 16];
/** Milliseconds after which a turn of the event loop did something besides looking: then nobody sleeps. */
const BUSY = 0.2;

declare const setImmediate: ((callback: () => void) => unknown) | undefined; // Node's

/** Whether the host is Node, where a thread may sleep. */
const isNode = typeof setImmediate === 'function' && typeof document === 'undefined';
const cell = isNode ? new Int32Array(new SharedArrayBuffer(4)) : undefined;
let waits = 0;
let isTurning = false;
let began = 0; // the wait that began last
let last = 0; // end of the last turn

function turn(): void {
  isTurning = waits > 0;
  if (!isTurning || !cell) return;
  const now = performance.now();
  if (now - last < BUSY) Atomics.wait(cell, 0, 0, Math.min(LONGEST, SHARE * (now - began)));
  last = performance.now();
  setImmediate?.(turn);
}

/**
 * Waits for something of a device, and slows the event loop of Node down meanwhile. Dawn looks between any two
 * events whether it is done, as often as it can: that takes a whole core, and from a software device a third of
 * the speed of two. A loop that has nothing else to do sleeps between two looks, the longer the longer it waits.
 */
export async function braked<T>(awaited: Promise<T>): Promise<T> {
  waits++;
  began = performance.now();
  if (isNode && !isTurning) {
    isTurning = true;
    setImmediate?.(turn);
  }
  try {
    return await awaited;
  } finally {
    waits--;
  }
}
