import type { DescentMap } from './descent-map.ts';
import type { Momentum } from './kick-weights.ts';

/** Where an orbit with momentum is, and where it was. */
export type MomentumState = readonly [x: number, before: number];

/** A matrix of two rows. */
export type Matrix = readonly [a: number, b: number, c: number, d: number];

/** Where an orbit with momentum arrives, with its derivatives by its start and by eta. */
export interface MomentumArrival {
  readonly state: MomentumState;
  readonly jacobian: Matrix;
  readonly byEta: MomentumState;
}

/** The state after `steps` steps of x <- y - eta q(x, or y of Nesterov), y = x + b (x - before). */
export function arriveWith(
  { slopes }: DescentMap,
  { rule, momentum: b }: Momentum,
  start: MomentumState,
  eta: number,
  steps: number,
): MomentumArrival {
  const ahead = rule === 'nesterov' ? b : 0; // where the gradient is taken
  let [x, before] = start;
  // Derivatives of both by the start of both and by eta.
  let [xx, xb, bx, bb, xe, be] = [1, 0, 0, 1, 0, 0];
  for (let n = 0; n < steps; n++) {
    const [q = Number.NaN, bend = Number.NaN] = slopes(x + ahead * (x - before));
    const kick = eta * bend;
    const here = 1 + b - kick * (1 + ahead);
    const there = kick * ahead - b;
    [x, before] = [x + b * (x - before) - eta * q, x];
    [xx, bx] = [here * xx + there * bx, xx];
    [xb, bb] = [here * xb + there * bb, xb];
    [xe, be] = [here * xe + there * be - q, xe];
  }
  return { state: [x, before], jacobian: [xx, xb, bx, bb], byEta: [xe, be] };
}
