import { compileHost } from '../../formula/emit-host.ts';
import { type CompiledObjective, compileObjective } from '../../formula/objective.ts';
import { requestsOf } from '../../spec/measures/registry.ts';
import type { Objective, Spec } from '../../spec/spec.ts';
import { middleOf, spreadOf, usual } from './ranges.ts';

/** The values that a function takes over a range, in equal pieces. */
export interface Curve {
  readonly from: number;
  readonly to: number;
  /** Least and largest value in each piece, f64; NaN where it has none. */
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** An objective along one of its variables, the others at the middle of their starts. */
export interface Section {
  readonly variable: string;
  /** f and its macro part, over what is shown of the variable. */
  readonly whole: Curve;
  readonly macro: Curve;
  /** The micro part over a period of its phase, where there is such a part. */
  readonly cell: Curve | undefined;
}

/** Values that are looked at in a piece: a wave within it is not taken for a slower one. */
const LOOKS = 8;
/** Periods that a micro part may have, in its phase; else it is shown over the last. */
const PERIODS = [1, Math.PI, 2 * Math.PI] as const;
/** Variables that sections are made along. */
const MOST_SECTIONS = 3;

/**
 * Sections through the objective of a spec, along its first variables.
 *
 * @param pieces of each curve.
 */
export function sectionsOf(spec: Spec, pieces: number): readonly Section[] {
  const objective = compiled(spec.objective);
  const { variables } = objective;
  const [whole, macro, micro] = [objective.value, objective.macro, objective.micro].map((root) =>
    compileHost([root], objective),
  );
  if (!whole || !macro || !micro) return [];
  const given = parametersOf(spec, objective);
  const epsilon = given[0] ?? usual.epsilon;
  const centre = variables.map((variable) => middleOf(rangeShown(spec, variable)));
  const output = new Float64Array(1);
  return variables.slice(0, MOST_SECTIONS).map((variable, index) => {
    const inputs = Float64Array.of(...centre, ...centre.map((x) => x / epsilon), ...given);
    const at = (x: number, phase: number) => {
      inputs[index] = x;
      inputs[variables.length + index] = phase;
    };
    const evaluate = (of: typeof whole, x: number, phase: number): number => {
      at(x, phase);
      of(inputs, output);
      return output[0] ?? Number.NaN;
    };
    const { from, to } = rangeShown(spec, variable);
    const alongPhase = (phase: number) => evaluate(micro, centre[index] ?? 0, phase);
    const half = periodOf(alongPhase) / 2;
    return {
      variable,
      whole: curveOf((x) => evaluate(whole, x, x / epsilon), from, to, pieces),
      macro: curveOf((x) => evaluate(macro, x, x / epsilon), from, to, pieces),
      cell: spec.objective.micro === '' ? undefined : curveOf(alongPhase, -half, half, pieces),
    };
  });
}

/** What is shown of a variable: the range of its density, its axis, or about its starts. */
function rangeShown({ axes, measures, ensemble }: Spec, variable: string) {
  const density = requestsOf(measures, 'density').find(({ request }) => request.of === variable);
  const joint = requestsOf(measures, 'joint-density').flatMap(({ request: { of, range } }) =>
    range.filter((_, side) => of[side] === variable),
  );
  const axis = axes.find(({ parameter }) => parameter === `initial.${variable}`);
  const start = spreadOf(ensemble.initial[variable] ?? 0);
  const [from, to] = density?.request.range ?? joint[0] ?? (axis ? [axis.from, axis.to] : start);
  return { from, to, scale: 'linear' } as const;
}

let last: { readonly key: string; readonly objective: CompiledObjective } | undefined;

/** The objective compiled, once for all values of its parameters. */
function compiled(objective: Objective): CompiledObjective {
  const { variables, macro, micro, parameters } = objective;
  const key = JSON.stringify([variables, macro, micro, Object.keys(parameters)]);
  if (last?.key !== key) last = { key, objective: compileObjective(objective) };
  return last.objective;
}

/** Values of the parameters in the order of the objective; those on an axis at its middle. */
function parametersOf({ objective, axes }: Spec, { parameters }: CompiledObjective) {
  const { epsilon, parameters: named } = objective;
  return parameters.map((name, index) => {
    const parameter = index === 0 ? 'epsilon' : `parameters.${name}`;
    const axis = axes.find((each) => each.parameter === parameter);
    if (axis) return middleOf(axis);
    return index === 0 ? (epsilon ?? usual.epsilon) : (named[name] ?? 0);
  });
}

function curveOf(of: (x: number) => number, from: number, to: number, pieces: number): Curve {
  const least = new Float64Array(pieces).fill(Number.NaN);
  const most = new Float64Array(pieces).fill(Number.NaN);
  for (let piece = 0; piece < pieces; piece++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let look = 0; look <= LOOKS; look++) {
      const value = of(from + ((to - from) * (piece + look / LOOKS)) / pieces);
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low <= high) {
      least[piece] = low;
      most[piece] = high;
    }
  }
  return { from, to, least, most };
}

/** The shortest of the periods after which a function repeats itself at all places looked at. */
function periodOf(of: (phase: number) => number): number {
  const [, , longest] = PERIODS;
  const places = Array.from({ length: LOOKS }, (_, look) => (look + 0.3) / LOOKS);
  const repeats = (period: number) =>
    places.every((place) => {
      const [one, other] = [of(longest * place), of(longest * place + period)];
      return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));
    });
  return PERIODS.find(repeats) ?? longest;
}
