import { distances } from '../analysis/distance.ts';
import type { Result } from '../engine/result.ts';
import {
  type Estimate,
  type GroupedLaw,
  groupedLaw,
  groupedNumber,
  groupsOf,
} from './grouped-law.ts';
import { axisOf } from './result-columns.ts';

/** What one rule visited at one epsilon. */
export interface Visited {
  readonly law: GroupedLaw;
  readonly variance: Estimate;
  readonly kurtosis: Estimate;
}

/** Gradient descent and the stochastic map at one epsilon. */
export interface MapPair {
  readonly epsilon: number;
  readonly descent: Visited;
  readonly map: Visited;
  /** Total variation of both. */
  readonly apart: number;
  /** What it is of two samples of one law. */
  readonly floor: number;
}

/** Both rules at every epsilon of the first axis; the last axis are groups. */
export function mapPairs(descent: Result, map: Result): readonly MapPair[] {
  return Array.from(axisOf(descent), (epsilon, column): MapPair => {
    const [one, other] = [visited(descent, column), visited(map, column)];
    return {
      epsilon,
      descent: one,
      map: other,
      apart: distances(one.law.pooled, other.law.pooled, one.law.edges).totalVariation,
      floor: Math.hypot(one.law.floor.totalVariation, other.law.floor.totalVariation),
    };
  });
}

function visited(result: Result, column: number): Visited {
  const groups = groupsOf(result, column);
  return {
    law: groupedLaw(groups),
    variance: groupedNumber(groups, 'moments_variance'),
    kurtosis: groupedNumber(groups, 'moments_kurtosis'),
  };
}
