import { distances, type Masses, massesOf } from '../analysis/distance.ts';
import { gibbsTemperature } from '../analysis/gibbs.ts';
import { linearLaw } from '../analysis/linear-law.ts';
import { sineNoise } from '../analysis/noise.ts';
import type { Result } from '../engine/result.ts';
import { type Estimate, groupedLaw, groupedNumber } from './grouped-law.ts';
import { normalLaw } from './normal-law.ts';
import { axisOf, columnAt, numbersOf } from './result-columns.ts';

/** How far descent on x^2/2 with one wave is from theory, at one eta and epsilon. */
export interface LawDistance {
  readonly eta: number;
  readonly epsilon: number;
  /** eta^2 / epsilon. */
  readonly ratio: number;
  /** In total variation. */
  readonly toExact: number;
  readonly toGibbs: number;
  /** What `toExact` is of the exact law itself. */
  readonly floor: number;
  /** Distance of both laws. */
  readonly exactToGibbs: number;
  /** Variance over the exact one. */
  readonly spread: Estimate;
  readonly kurtosis: Estimate;
}

/** Distances over eta and epsilon. */
export interface LawDistances {
  readonly etas: Float64Array;
  readonly epsilons: Float64Array;
  /** [etas, epsilons]. */
  readonly cells: readonly LawDistance[];
  /** The cell nearest to a pair. */
  at(eta: number, epsilon: number): LawDistance;
}

/** The distances of runs over eta and epsilon that differ in their seeds. */
export function lawDistances(first: Result, results: readonly Result[]): LawDistances {
  const [etas, epsilons] = [axisOf(first, 0), axisOf(first, 1)];
  const edges = numbersOf(first, 'density_edges');
  const cells = Array.from(etas, (eta, row) => {
    const exact = linearLaw({ curvature: 1, eta, noise: sineNoise(1) });
    const limit = normalLaw(gibbsTemperature(eta, 0.5));
    const byExact = massesOf(exact.distribution, edges);
    const byGibbs = massesOf(limit.distribution, edges);
    const variation = (a: Masses, b: Masses) => distances(a, b, edges).totalVariation;
    return Array.from(epsilons, (epsilon, at): LawDistance => {
      const groups = { results, columns: [row * epsilons.length + at] };
      const { pooled, floor } = groupedLaw(groups);
      const { value, error } = groupedNumber(groups, 'moments_variance');
      return {
        eta,
        epsilon,
        ratio: eta ** 2 / epsilon,
        toExact: variation(pooled, byExact),
        toGibbs: variation(pooled, byGibbs),
        floor: floor.totalVariation,
        exactToGibbs: variation(byExact, byGibbs),
        spread: { value: value / exact.variance, error: error / exact.variance },
        kurtosis: groupedNumber(groups, 'moments_kurtosis'),
      };
    });
  }).flat();
  return {
    etas,
    epsilons,
    cells,
    at: (eta, epsilon) => {
      const cell = cells[columnAt(etas, eta) * epsilons.length + columnAt(epsilons, epsilon)];
      if (!cell) throw new TypeError(`no cell at eta = ${eta}, epsilon = ${epsilon}`);
      return cell;
    },
  };
}
