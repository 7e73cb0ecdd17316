import type { Momentum } from '../../analysis/kick-weights.ts';
import type { Objective } from '../../spec/spec.ts';
import { cascadeOf } from '../../study/cascade.ts';
import { chaosOf, crisisOf } from '../../study/cell-crisis.ts';
import { andThen, attempt, ifKnown } from '../../study/known.ts';
import { largestForce, noisesOf } from '../../study/noise-along.ts';
import type { Mark } from '../../view/marks.ts';

/** What theory is asked about: descent on an objective of fixed parameters, at any learning rate. */
export interface Question {
  readonly objective: Objective;
  /** Absent of rules without. */
  readonly momentum?: Momentum | undefined;
  /** From where descent reaches the minimum whose cycles are followed. */
  readonly start: number;
  /** Whether thresholds are asked for: they take tens of milliseconds and more. */
  readonly hasThresholds: boolean;
}

/** What theory knows. */
export interface Answer {
  /** The largest force of the micro-structure, the A of K = A eta / epsilon, where it is known. */
  readonly amplitude?: number | undefined;
  /** Learning rates where something begins, with a name: what tells most comes first. */
  readonly thresholds: readonly Mark[];
}

/** Doublings that are named; the next lie within a thousandth of the accumulation. */
const DOUBLINGS = 6;
/** Where the crisis is looked for, in learning rates of the accumulation. */
const FARTHEST = 8;

/** Answers what can be known; anything that theory cannot tell is left out. */
export function theoryOf({ objective, momentum, start, hasThresholds }: Question): Answer {
  const noises = attempt(() => noisesOf(objective));
  const amplitude = ifKnown(
    andThen(noises, (known) => andThen(known, (all) => ({ value: largestForce(all) }))),
  );
  return { amplitude, thresholds: hasThresholds ? thresholdsOf(objective, momentum, start) : [] };
}

function thresholdsOf(
  objective: Objective,
  momentum: Momentum | undefined,
  start: number,
): readonly Mark[] {
  const cascade = ifKnown(cascadeOf(objective, momentum, start, DOUBLINGS));
  if (!cascade) return [];
  const chaos = chaosOf(cascade);
  const crisis =
    momentum || chaos === undefined
      ? undefined
      : ifKnown(crisisOf(objective, start, [chaos, FARTHEST * chaos]));
  const mark = (across: number | undefined, name: string): readonly Mark[] =>
    across === undefined ? [] : [{ across, name }];
  return [
    ...mark(cascade.accumulation?.eta, 'chaos begins'),
    ...mark(crisis?.eta, 'orbits leave the cell'),
    ...cascade.thresholds.flatMap(({ kind, eta, period }) =>
      mark(eta, kind === 'doubling' ? `period ${2 * period}` : 'symmetry breaks'),
    ),
  ];
}
