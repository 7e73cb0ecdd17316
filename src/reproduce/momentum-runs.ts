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
const momentumAxis = { parameter: 'momentum', from: -0.5, to: 0.7, count: 3 };
/** Width of the columns in which periods are sought, in eta / epsilon. */
const columnWidth = { full: 5e-4, quick: 5e-3 };

/** How far a diagram goes. */
export interface DiagramEnd {
  /** Greatest eta / epsilon. */
  readonly to: number;
  /** Greatest |x| / epsilon. */
  readonly height: number;
}

/** How far the diagrams of all momenta go; the last is the preset's. */
export const diagramEnds: Readonly<Record<MomentumSubject['rule'], readonly DiagramEnd[]>> = {
  'heavy-ball': [
    { to: 3.5, height: 4 },
    { to: 4.9, height: 4 },
    { to: 5.6, height: 4 },
  ],
  nesterov: [
    { to: 7.6, height: 8 },
    { to: 4.4, height: 4 },
    { to: 3.4, height: 4 },
  ],
};

/** The runs of a rule: diagrams of three momenta, periods in all, and global chaos. */
export function momentumRuns(subject: MomentumSubject, effort: Effort) {
  const { rule, range } = subject;
  const { spec } = presetSpec(rule);
  const isFull = effort === 'full';
  const [first, second] = diagramEnds[rule];
  if (!first || !second) throw new TypeError('each momentum has its diagram');
  const small = { counts: [isFull ? 960 : 160], bins: isFull ? 540 : 120 };
  const main = isFull ? spec : smallSpec(spec, { ...small, orbits: 8, skip: 500, keep: 500 });
  const other = (momentum: number, { to, height }: DiagramEnd): SpecInput => {
    const small = isFull ? smallSpec(spec, { counts: [960], bins: 540, orbits: 32 }) : main;
    return {
      ...small,
      optimizer: { rule, momentum },
      axes: (small.axes ?? []).map((axis) => ({ ...axis, to: to * LOCAL_EPSILON })),
      measures: small.measures.map((request) =>
        request.measure === 'density'
          ? { ...request, range: [-height * LOCAL_EPSILON, height * LOCAL_EPSILON] }
          : request,
      ),
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
