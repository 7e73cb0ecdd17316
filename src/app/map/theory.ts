import { cellAround, escapeCrisis } from '../../analysis/crisis.ts';
import { type Cascade, doublingCascade } from '../../analysis/doublings.ts';
import type { Momentum } from '../../analysis/kick-weights.ts';
import { microNoise } from '../../analysis/micro-noise.ts';
import { momentumCascade } from '../../analysis/momentum-doublings.ts';
import { FormulaError } from '../../formula/errors.ts';
import { compileObjective, usesSlow } from '../../formula/objective.ts';
import { RequestError } from '../../spec/errors.ts';
import type { Objective } from '../../spec/spec.ts';
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
  const amplitude = ifKnown(() => amplitudeOf(objective));
  return { amplitude, thresholds: hasThresholds ? thresholdsOf(objective, momentum, start) : [] };
}

/** The largest force of the micro-structure along any coordinate; none where it couples them. */
function amplitudeOf(objective: Objective): number | undefined {
  const { variables, micro, parameters } = objective;
  if (micro === '') return undefined;
  const compiled = compileObjective(objective);
  const isCoupled = variables.some((_, i) =>
    variables.some((_, j) => {
      const { micro: bend } = compiled.curvature(i, j);
      return i < j && !(bend.kind === 'number' && bend.value === 0);
    }),
  );
  if (usesSlow(compiled) || isCoupled) return undefined;
  const forces = variables.map((variable) => {
    // The other coordinates do not enter this derivative: any number will do for them.
    const others = variables.filter((other) => other !== variable).map((other) => [other, 0]);
    const along = { ...parameters, ...Object.fromEntries(others) };
    return Math.max(
      ...microNoise({ variables: [variable], micro, parameters: along }).support.map(Math.abs),
    );
  });
  return Math.max(...forces);
}

function thresholdsOf(
  objective: Objective,
  momentum: Momentum | undefined,
  start: number,
): readonly Mark[] {
  const cascade = ifKnown(() =>
    momentum
      ? momentumCascade(objective, momentum, start, DOUBLINGS)
      : doublingCascade(objective, start, DOUBLINGS),
  );
  if (!cascade) return [];
  const { accumulation } = cascade;
  const crisis = momentum ? undefined : ifKnown(() => crisisOf(objective, start, cascade));
  const mark = (across: number | undefined, name: string): readonly Mark[] =>
    across === undefined ? [] : [{ across, name }];
  return [
    ...mark(accumulation?.eta, 'chaos begins'),
    ...mark(crisis, 'orbits leave the cell'),
    ...cascade.thresholds.flatMap(({ kind, eta, period }) =>
      mark(eta, kind === 'doubling' ? `period ${2 * period}` : 'symmetry breaks'),
    ),
  ];
}

function crisisOf(
  objective: Objective,
  start: number,
  { accumulation, doublings }: Cascade,
): number | undefined {
  const chaos = accumulation?.eta ?? doublings[0];
  if (chaos === undefined) return undefined;
  const cell = cellAround(objective, start);
  return escapeCrisis(objective, start, cell, [chaos, FARTHEST * chaos]).eta;
}

/** What a computation gives, or undefined where theory does not reach. */
function ifKnown<Value>(compute: () => Value): Value | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RequestError || error instanceof FormulaError) return undefined;
    throw error;
  }
}
