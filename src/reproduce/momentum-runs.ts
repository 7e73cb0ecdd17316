import type { SpecInput } from '../spec/schema.ts';
import type { Effort } from './reproduction.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

/** A rule with momentum, and what its runs depend on. */
export interface MomentumSubject {
  readonly rule: 'heavy-ball' | 'nesterov';
  /** Where thresholds of all momenta lie, in eta / epsilon. */
  readonly range: readonly [number, number];
}

/** Momenta looked at: evenly spaced, so that they are the centres of an axis. */
export const momenta = [-0.3, 0.1, 0.5] as const;
/** Of the diagrams, and of global chaos. */
export const [LOCAL_EPSILON, GLOBAL_EPSILON] = [1e-3, 1e-5];
/** Greatest eta / epsilon of a diagram, as a multiple of the second doubling. */
const momentumAxis = { parameter: 'momentum', from: -0.5, to: 0.7, count: 3 };
/** Width of the columns in which periods are sought, in eta / epsilon. */
const columnWidth = { full: 5e-4, quick: 5e-3 };

/** Edges of the learning rates of the diagrams, in eta / epsilon; the last is the preset's. */
export function diagramEnds({ rule }: MomentumSubject): readonly number[] {
  return rule === 'heavy-ball' ? [3.5, 4.9, 5.6] : [7.6, 4.4, 3.4];
}

/** The runs of a rule: diagrams of three momenta, periods in all, and global chaos. */
export function momentumRuns(subject: MomentumSubject, effort: Effort) {
  const { rule, range } = subject;
  const { spec } = presetSpec(rule);
  const isFull = effort === 'full';
  const [first, second] = diagramEnds(subject);
  const small = { counts: [isFull ? 960 : 160], bins: isFull ? 540 : 120 };
  const main = isFull ? spec : smallSpec(spec, { ...small, orbits: 8, skip: 500, keep: 500 });
  const other = (momentum: number, end = 0): SpecInput => {
    const small = isFull ? smallSpec(spec, { counts: [960], bins: 540, orbits: 32 }) : main;
    return {
      ...small,
      optimizer: { rule, momentum },
      axes: (small.axes ?? []).map((axis) => ({ ...axis, to: end * LOCAL_EPSILON })),
    };
  };
  const [from, to] = range;
  return {
    [rule]: main,
    negative: other(momenta[0], first),
    slight: other(momenta[1], second),
    periods: {
      etascope: 1,
      title: 'Periods of one orbit in each column, as epsilon -> 0, in units of epsilon',
      objective: { macro: '0', micro: '-cos(x)', epsilon: 1 },
      optimizer: { rule },
      axes: [
        momentumAxis,
        { parameter: 'eta', from, to, count: Math.round((to - from) / columnWidth[effort]) },
      ],
      ensemble: { orbits: 1, initial: { x: 0.3 }, seed: 1 },
      steps: { skip: isFull ? 20_000 : 3000, keep: 64 },
      measures: [{ measure: 'period' }, { measure: 'moments', of: 'x' }],
      precision: 'statistics',
    },
    chaos: {
      etascope: 1,
      title: 'Variances and exponents of global chaos',
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: GLOBAL_EPSILON },
      optimizer: { rule },
      axes: [
        momentumAxis,
        { parameter: 'eta', from: 0.04, to: 0.9, count: isFull ? 24 : 8, scale: 'log' },
      ],
      ensemble: { orbits: isFull ? 512 : 64, initial: { x: { normal: [0, 0.2] } }, seed: 1 },
      steps: { skip: isFull ? 1000 : 300, keep: isFull ? 4000 : 500 },
      measures: [
        { measure: 'moments', of: 'x' },
        { measure: 'lyapunov', exponents: 2 },
      ],
      precision: 'statistics',
    },
  } satisfies Record<string, SpecInput>;
}
