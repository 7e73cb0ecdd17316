import type { Masses } from '../analysis/distance.ts';
import type { DensityRequest, Spec } from '../spec/spec.ts';
import { createTheory } from './column-theory.ts';
import { exactMasses, gibbsMasses } from './density-law.ts';
import { ifKnown, type Known } from './known.ts';
import { weightedSum } from './stationary-law.ts';

/** A law to lay over a density without an axis. */
export interface Law {
  readonly label: string;
  /** Probability of each bin, f64 [bins]. */
  readonly bins: ArrayLike<number>;
}

/** The laws that are known of a density without an axis: the stochastic map's, and Gibbs'. */
export function knownLaws(
  spec: Spec,
  { of }: Pick<DensityRequest, 'of'>,
  edges: Float64Array,
): readonly Law[] {
  const theory = createTheory(spec)(0);
  const sumOf = weightedSum(of, spec);
  const law = (label: string, masses: Known<Masses>): readonly Law[] => {
    const known = ifKnown(masses);
    return known === undefined ? [] : [{ label, bins: Array.from(known.bins, Number) }];
  };
  return [
    ...law('law of the stochastic map', exactMasses(sumOf, theory, edges)),
    ...law('Gibbs’ law', gibbsMasses(of, sumOf, theory, edges)),
  ];
}
