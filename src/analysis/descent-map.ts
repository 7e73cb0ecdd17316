import { compileHost } from '../formula/emit-host.ts';
import { compileObjective } from '../formula/objective.ts';
import { type Expression, parametersOf } from '../formula/tree.ts';
import type { Objective } from '../spec/spec.ts';
import { checkFinite, refuse } from './check-number.ts';

/** Gradient descent on an objective of one variable: x <- x - eta q(x), q = f'. */
export interface DescentMap {
  /** q, q' and q'' at x; overwritten by the next call; NaN where f has no value. */
  slopes(x: number): Float64Array;
}

/** Where an orbit of `steps` steps arrives, with its derivatives by its start x0 and by eta. */
export interface Arrival {
  readonly x: number;
  /** dx / dx0: of a whole cycle, its multiplier. */
  readonly slope: number;
  /** d^2x / dx0^2. */
  readonly bend: number;
  /** dx / deta. */
  readonly byEta: number;
  /** d^2x / dx0 deta. */
  readonly slopeByEta: number;
}

/**
 * Compiles the gradient descent map of an objective; the chain rule gives its derivatives exactly.
 *
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} `wrong-length` unless there is one
 *   variable; `missing-key` where epsilon is used and not given.
 */
export function descentMap(objective: Objective): DescentMap {
  const compiled = compileObjective(objective);
  const { pool, variables, parameters } = compiled;
  if (variables.length !== 1) {
    refuse('objective.variables', 'must be one', variables.length, undefined, 'wrong-length');
  }
  const scale = pool.parameter('epsilon');
  const [first] = compiled.gradient;
  if (!first) throw new Error('an objective of one variable has one derivative');
  const second = compiled.curvature(0, 0);
  const third = compiled.derive(second, 0);
  const zero = pool.number(0);
  const per = (micro: Expression, power: Expression) =>
    micro === zero ? zero : pool.divide(micro, power); // 0 / epsilon would ask for epsilon
  const roots = [
    pool.add(first.macro, first.micro),
    pool.add(second.macro, per(second.micro, scale)),
    pool.add(third.macro, per(third.micro, pool.multiply(scale, scale))),
  ];
  const { epsilon } = objective;
  const isUsed = first.micro !== zero || roots.some((root) => parametersOf(root).includes(scale));
  if (isUsed && epsilon === undefined) {
    refuse('objective.epsilon', 'is missing', 'none', 'give it', 'missing-key');
  }
  const host = compileHost(roots, compiled);
  const inputs = new Float64Array(2 + parameters.length);
  inputs[2] = epsilon ?? 1;
  parameters.slice(1).forEach((name, at) => {
    inputs[3 + at] = objective.parameters[name] ?? Number.NaN;
  });
  const outputs = new Float64Array(3);
  return {
    slopes: (at) => {
      inputs[0] = at;
      inputs[1] = at / (epsilon ?? 1);
      host(inputs, outputs);
      return outputs;
    },
  };
}

/** The state after so many steps from x. */
export function stepOn({ slopes }: DescentMap, start: number, eta: number, steps: number): number {
  let x = start;
  for (let n = 0; n < steps; n++) x -= eta * (slopes(x)[0] ?? Number.NaN);
  return x;
}

/** The same with derivatives, by the chain rule along the orbit. */
export function arriveAt(
  { slopes }: DescentMap,
  start: number,
  eta: number,
  steps: number,
): Arrival {
  let [x, slope, bend, byEta, slopeByEta] = [start, 1, 0, 0, 0];
  for (let n = 0; n < steps; n++) {
    const [q = Number.NaN, q1 = Number.NaN, q2 = Number.NaN] = slopes(x);
    const factor = 1 - eta * q1;
    slopeByEta = slopeByEta * factor - q1 * slope - eta * q2 * slope * byEta;
    bend = bend * factor - eta * q2 * slope * slope;
    byEta = byEta * factor - q;
    slope *= factor;
    x -= eta * q;
  }
  return { x, slope, bend, byEta, slopeByEta };
}

/**
 * The minimum of the objective that slow descent reaches from a start, and the curvature there.
 *
 * @throws {RequestError} `no-minimum` if that is none with positive curvature.
 */
export function minimumFrom(
  map: DescentMap,
  start: number,
): { readonly x: number; readonly curvature: number } {
  checkFinite('start', start);
  let x = start;
  for (let turn = 0; turn < 200; turn++) {
    // far more than where the curvature is not 0
    const [q = Number.NaN, curvature = Number.NaN] = map.slopes(x);
    const next = x - Math.sign(q) * downhill(map, x);
    if (!Number.isFinite(next)) break;
    if (Math.abs(next - x) <= 4 * Number.EPSILON * Math.abs(x)) {
      if (curvature > 0) return { x, curvature };
      break;
    }
    x = next;
  }
  const [where, what] = ['start', 'descent from here finds no minimum'];
  return refuse(where, what, start, 'start nearer to one', 'no-minimum');
}

/** A step that passes no minimum: at most |q| over the largest |q'| on its way; Newton's near one. */
function downhill({ slopes }: DescentMap, x: number): number {
  const [q = Number.NaN, here = Number.NaN] = slopes(x);
  let step = Math.abs(q) / Math.max(Math.abs(here), Math.abs(q) / (1 + Math.abs(x)));
  for (let turn = 0; turn < 100; turn++) {
    const steepest = [0.25, 0.5, 0.75, 1].reduce((most, share) => {
      const [, bend = Number.NaN] = slopes(x - Math.sign(q) * share * step);
      return Math.max(most, Math.abs(bend));
    }, Math.abs(here));
    if (step * steepest <= Math.abs(q) * (1 + 1e-9)) return step;
    step = steepest > 0 ? Math.abs(q) / steepest : step / 2;
  }
  return step;
}
