import { type Contestant, ContestError } from './contestant.ts';
import { hostCounts } from './host.ts';
import { type Sweep, slotsOf, visitsOf, type Work, type Workload, workloads } from './workload.ts';

/** Steps of the replays; from the third on, chaos has made float32's error as large as a bin. */
const REPLAYS = [1, 2];

/**
 * Visits that may fall into another slot than the host's, as a share.
 *
 * A step multiplies an error by up to eta / epsilon = 110, and an error e moves a share e / (bin width =
 * 1.1e-3) of the visits. float64 begins with 1e-14 (the argument x / epsilon ~ 500 of the cosine): 1e-9 of
 * the visits after two steps, so none, but one on an edge. `statistics` begins with two units in the last
 * place of a kick of 24 turns, 2.4e-8: two in a thousand after two steps. A relative error of eta of 1e-5
 * moves a tenth of the visits.
 *
 * `float32` begins with the rounding of the argument, 2^-16 of up to 600, and where the hardware wants turns
 * of that too: 5e-5, so 5e-6 in x and five in a thousand after one step. The second step multiplies that by
 * up to 110 to half a bin: it is compared no more.
 */
const MISPLACED = {
  float64: [1e-4, 1e-4],
  statistics: [5e-3, 5e-3],
  float32: [1e-2],
} as const satisfies Record<Contestant['precision'], readonly number[]>;

/**
 * Distance to the law that is float32's own, beyond chance: its orbits fall on short cycles. Twice the 0.020 that
 * docs/numerics.md found at this epsilon after 2600 steps; after `LAW_STEPS` few orbits have fallen, and a density is
 * off by 0.004. A wrong gradient or rate is far outside.
 */
const COLLAPSE = 0.04;

/** Steps after which the law is compared; the ensemble forgets its start in some ten. */
const LAW_STEPS = 1000;

/** Distances are allowed 1.5 times their expectation: many bins, so they hardly scatter. */
const LEEWAY = 1.5;

/** Orbits that the law is taken from, at most: a second of the host's time. */
const LAW_ORBITS = 32_768;

/** The law of the sweep, from the host's float64 orbits. */
interface Law {
  /** Visits of all columns, [slots]. */
  readonly visits: Float64Array;
  /** Expected distance to such a law of all orbits of the sweep, and other ones. */
  readonly floor: number;
}

/** How far a contestant's law of a workload is from float64's. */
export interface LawDistance {
  readonly contestant: string;
  readonly workload: Workload;
  /** Total variation, 0 equal, 1 apart. */
  readonly distance: number;
  /** What chance alone makes. */
  readonly floor: number;
}

/**
 * Makes sure that all compute the same: the first steps orbit by orbit, then the law of many steps.
 *
 * @returns the distances of the laws.
 * @throws {ContestError} naming who does not, in what, and by how much.
 */
export async function checkAgreement(
  contestants: readonly Contestant[],
  sweep: Sweep,
  onCheck: (name: string) => void,
): Promise<readonly LawDistance[]> {
  const replays = workloads.flatMap((workload) =>
    REPLAYS.map((steps) => {
      const work = { sweep, workload, steps };
      return { work, expected: hostCounts(work) };
    }),
  );
  const law = hostLaw(sweep);
  const distances: LawDistance[] = [];
  for (const { name, precision, run } of contestants) {
    onCheck(name);
    for (const { work, expected } of replays) {
      const { counts } = await run(work);
      checkConservation(name, work, counts);
      const misplaced = distance(expected, counts);
      const allowed = MISPLACED[precision][work.steps - 1];
      if (allowed !== undefined && !(misplaced <= allowed)) {
        throw new ContestError(
          `${name}: after step ${work.steps} of ${work.workload}, ${percent(misplaced)} of the visits are elsewhere than in float64 on the host; at most ${percent(allowed)} may be`,
        );
      }
    }
    for (const workload of workloads) {
      const work = { sweep, workload, steps: LAW_STEPS };
      const { counts } = await run(work);
      checkConservation(name, work, counts);
      const apart = distance(law.visits, overColumns(counts, slotsOf(sweep)));
      const floor = workload === 'density' ? law.floor : sampleDistance(law, visitsOf(work));
      if (!(apart <= LEEWAY * floor + (precision === 'float32' ? COLLAPSE : 0))) {
        throw new ContestError(
          `${name}: the law of ${workload} over ${LAW_STEPS} steps is ${apart.toPrecision(3)} (total variation) from that of float64 on the host; chance alone makes ${floor.toPrecision(3)}`,
        );
      }
      distances.push({ contestant: name, workload, distance: apart, floor });
    }
  }
  return distances;
}

/**
 * Makes sure that every visit was counted.
 *
 * @throws {ContestError} where some are missing or too many.
 */
export function checkConservation(name: string, work: Work, counts: Float64Array): void {
  const got = counts.reduce((sum, count) => sum + count, 0);
  const due = visitsOf(work);
  if (got !== due) {
    throw new ContestError(
      `${name}: counted ${got} visits of ${due} in ${work.steps} steps of ${work.workload}`,
    );
  }
}

function hostLaw(sweep: Sweep): Law {
  const work: Work = { sweep, workload: 'density', steps: LAW_STEPS };
  const thinning = Math.max(1, Math.ceil((sweep.columns * sweep.orbits) / LAW_ORBITS));
  const lawOf = (first: number) =>
    overColumns(hostCounts(work, { first, every: 2 * thinning }), slotsOf(sweep));
  const [even, odd] = [lawOf(0), lawOf(thinning)];
  return {
    visits: even.map((visits, slot) => visits + (odd[slot] ?? 0)),
    // Squares of distances go as the sum of 1 / orbits: 4 / M between the halves of M, here 1 / M + 1 / N.
    floor: (distance(even, odd) * Math.sqrt(1 + 1 / thinning)) / 2,
  };
}

/**
 * Expected distance of `draws` independent draws to their law: half the sum of E|n - m| / draws, where
 * n is a Poisson number of mean m and E|n - m| about sqrt(2 m / pi); and the law has a distance of its own.
 */
function sampleDistance({ visits, floor }: Law, draws: number): number {
  const total = visits.reduce((sum, count) => sum + count, 0);
  const spread = (share: number) => Math.sqrt((2 * share) / (Math.PI * draws));
  return Math.hypot(visits.reduce((sum, count) => sum + spread(count / total), 0) / 2, floor);
}

/** Half the sum of |p - q| of two histograms, each normalised: 0 equal, 1 apart. */
function distance(a: Float64Array, b: Float64Array): number {
  const [sumA, sumB] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  if (!sumA || !sumB) return 1;
  return a.reduce((sum, count, i) => sum + Math.abs(count / sumA - (b[i] ?? 0) / sumB), 0) / 2;
}

function overColumns(counts: Float64Array, slots: number): Float64Array {
  const sums = new Float64Array(slots);
  for (const [at, count] of counts.entries()) sums[at % slots] = (sums[at % slots] ?? 0) + count;
  return sums;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
