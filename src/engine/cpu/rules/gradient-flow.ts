import type { SimdValue } from '../../../formula/simd/graph.ts';
import { RequestError } from '../../../spec/errors.ts';
import { deriveStep } from '../derivative.ts';
import type { LaneFormulas } from '../lane-formulas.ts';
import { writeFlow } from './flow-text.ts';
import type { RuleRequest, WriteRule } from './rule.ts';

/** Where a minimum is this near, of 1 and the size of a position in turns, a lane is there. */
const NEAR = 2 ** -50;
/** Entries of the derivative, per variable, that are computed to know that. */
const MOST_ENTRIES = 4;

/**
 * x' = x(eta) where dx/dt = -q(x): the flow that gradient descent follows as eta -> 0, by an integrator
 * that keeps its error per sub-step below 2^-40 of a period of the micro-structure, or of x where there is
 * none.
 *
 * Of one variable a tangent grows by the integral of -f'' along the orbit.
 *
 * @throws {RequestError} `no-tangent` where tangents of more variables are asked for: the flow shrinks them
 *   at rates too far apart to be followed together.
 */
export const gradientFlow: WriteRule = (request) => {
  const { lanes, objective, waves, hasTangents } = request;
  const { graph, variables } = lanes;
  const at = (name: string) => (place: number) => graph.leaf(`(local.get $${name}${place})`);
  const there = lanes.from(at('trial'));
  const grows = hasTangents && variables.length === 1;
  const growth = grows ? [deriveStep(objective, there, 0)[0]?.[0] ?? graph.number(0)] : [];
  return {
    prelude: writeFlow({
      graph,
      rates: [...ratesOf(request, there), ...growth],
      isPeriodic: variables.map((_, place) => waves.hasPeriod(place)),
      rest: restOf(request, lanes.from(at('here')), at('rate')),
    }),
    step: variables.map((_, place) => at('here')(place)),
    memory: [],
    derivative() {
      throw new RequestError({
        code: 'no-tangent',
        where: 'optimizer.rule',
        what: 'gradient-flow has exponents and regimes of one variable only',
        got: `${variables.length} variables`,
        cure: 'leave these measures out, or take the rule gd with a small eta',
      });
    },
    growth: grows
      ? graph.apply('f64x2.mul', at('here')(variables.length), graph.number(Math.LOG2E))
      : undefined,
  };
};

/** How fast positions move, in turns per step. */
function ratesOf({ objective }: RuleRequest, lanes: LaneFormulas): readonly SimdValue[] {
  const { graph, unit, word, emit } = lanes;
  const { apply } = graph;
  const slopes = objective.gradient.map(({ macro, micro }) =>
    objective.pool.apply('add', macro, micro),
  );
  const { results, outOfDomain } = emit(slopes);
  return results.map((slope, at) => {
    const perStep = word(`eta / unit ${at}`, (setting) => setting.eta / unit(at, setting));
    const rate = apply('f64x2.neg', apply('f64x2.mul', slope, perStep));
    // All bits set is NaN.
    return outOfDomain ? apply('v128.or', rate, outOfDomain) : rate;
  });
}

/**
 * Mask: wherever the flow still leads is within rounding. Where each variable bends f more than all others
 * together do, by m at least, distances shrink like exp(-m t), and nothing moves further than its speed
 * over m. Without it the orbit is the same, but an integrator must go on in sub-steps as short as the
 * bottom of a well asks for.
 */
function restOf(
  { objective }: RuleRequest,
  lanes: LaneFormulas,
  rate: (at: number) => SimdValue,
): SimdValue | undefined {
  const { graph, variables, position, unit, word } = lanes;
  const { apply, number } = graph;
  const bends = deriveStep(objective, lanes, 0); // -eta f''
  const isSparse = bends.flat().filter(Boolean).length <= MOST_ENTRIES * variables.length;
  if (!isSparse || bends.some((row, at) => !row[at])) return undefined;
  const least = (values: readonly SimdValue[]) =>
    values.reduce((least, value) => apply('f64x2.min', least, value));
  const bend = least(
    bends.map((row, i) =>
      row.reduce<SimdValue>(
        (sum, entry, j) =>
          entry && j !== i ? apply('f64x2.sub', sum, apply('f64x2.abs', entry)) : sum,
        apply('f64x2.neg', row[i] ?? number(0)),
      ),
    ),
  );
  const lengthOf = (at: number) => word(`unit ${at}`, (setting) => unit(at, setting));
  const near = least(
    variables.map((_, at) => {
      const size = apply('f64x2.add', number(1), apply('f64x2.abs', position(at)));
      return apply('f64x2.mul', apply('f64x2.mul', size, number(NEAR)), lengthOf(at));
    }),
  );
  const farthest = apply('f64x2.mul', bend, near);
  return variables
    .map((_, at) => {
      const speed = apply('f64x2.mul', apply('f64x2.abs', rate(at)), lengthOf(at));
      return apply('f64x2.le', speed, farthest);
    })
    .reduce((all, isSlow) => apply('v128.and', all, isSlow));
}
