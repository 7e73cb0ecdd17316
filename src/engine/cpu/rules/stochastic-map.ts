import type { SimdValue } from '../../../formula/simd/graph.ts';
import { microWaves } from '../../micro-waves.ts';
import { deriveMacro } from '../derivative.ts';
import { moveOrbits } from '../move.ts';
import { philoxKeys, philoxLanes } from '../philox.ts';
import type { WriteRule } from './rule.ts';

/** Domain of the counter: 0 is where orbits start and 1 dither; see `createEnsemble`. */
const PHASE = 2n;
/** Coordinates that one draw serves. */
const SERVED = 2;
/** Exponent bits of a double in [1, 2). */
const ONE = 0x3ff0_0000_0000_0000n;
/**
 * Periods of the base among which a phase is drawn where other frequencies are no multiples of it: so far
 * out these are independent of it, to 1 in 10^6 of their difference. It leaves 32 bits of a phase.
 */
const BOX = 2 ** 20;

/**
 * x' = x - eta grad f0(x) - eta q1(u, x), q1 the micro part of the gradient, with the phase u of every coordinate
 * drawn anew at every step, uniform to 52 bits: Philox keyed by the seed and counted by (orbit, step, coordinate),
 * where orbits of all columns have numbers of their own. Tangents see the phases held fixed.
 *
 * @throws {RequestError} `no-phase` where the micro-structure is no sum and product of waves.
 */
export const stochasticMap: WriteRule = ({ objective, lanes, waves, seed }) => {
  const slopes = objective.gradient.map(({ micro }) => micro);
  const areHarmonics = microWaves(slopes, waves).every(({ parts }) =>
    parts.every(({ harmonic }) => harmonic !== undefined),
  );
  const { graph, memory, position } = lanes;
  const { apply, bits, number } = graph;
  const [orbit, clock] = [memory(0), memory(1)];
  const keys = philoxKeys(seed).map(bits);
  const draws = new Map<number, readonly [SimdValue, SimdValue]>();
  const phase = (at: number): SimdValue => {
    const group = Math.floor(at / SERVED);
    const tag = bits((PHASE + 16n * BigInt(group)) << 32n);
    const words =
      draws.get(group) ?? philoxLanes(graph, [orbit, apply('v128.xor', clock, tag)], keys);
    draws.set(group, words);
    const mantissa = apply('i64x2.shr_u', words[at % SERVED === 0 ? 0 : 1], 12);
    const turns = apply('v128.or', mantissa, bits(ONE));
    return areHarmonics ? turns : apply('f64x2.mul', turns, number(BOX));
  };
  const drawn = lanes.from(position, phase);
  return {
    step: [...moveOrbits(objective, drawn), orbit, apply('f64x2.add', clock, number(1))],
    memory: ['orbit', 'clock'],
    derivative: () => deriveMacro(objective, drawn),
  };
};
