import type { Masses } from '../../analysis/distance.ts';
import type { Result } from '../../engine/result.ts';
import type { Law } from '../../plot/plot-result.ts';
import { exactMasses, gibbsMasses } from './density.ts';
import { ifKnown, type Known } from './known.ts';
import { weightedSum } from './stationary-law.ts';
import { createStudy, edgesOf } from './study.ts';
import { createTheory } from './theory.ts';

/** The laws that are known of a density without an axis: the stochastic map's, and Gibbs'. */
export function knownLaws(result: Result): (density: string) => readonly Law[] {
  const { spec } = result;
  return (name) => {
    const request = spec.measures.find((candidate) => candidate.name === name);
    if (request?.measure !== 'density') return [];
    const theory = createTheory(spec)(0);
    const edges = edgesOf(createStudy(result, []), `${name}_edges`, request.bins + 1);
    const sumOf = weightedSum(request.of, spec);
    const law = (label: string, masses: Known<Masses>): readonly Law[] => {
      const known = ifKnown(masses);
      return known === undefined ? [] : [{ label, bins: Array.from(known.bins, Number) }];
    };
    return [
      ...law('law of the stochastic map', exactMasses(sumOf, theory, edges)),
      ...law('Gibbs’ law', gibbsMasses(request.of, sumOf, theory, edges)),
    ];
  };
}
