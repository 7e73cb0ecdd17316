import { type Contestant, ContestError } from './contestant.ts';
import { hostCounts } from './host.ts';
import { SLOTS, visitsOf, type Work, workloads } from './workload.ts';

/** Steps of the replays; from the third on, chaos has made float32's error as large as a bin. */
const REPLAYS = [1, 2] as const;

/**
 * Visits that may fall into another slot than the host's, as a share.
 *
 * A step multiplies an error by up to eta / epsilon = 110, and an error e moves a share e / (bin width =
 * 1.1e-3) of the visits. float64 begins with 1e-14 (the argument x / epsilon ~ 500 of the cosine): 1e-9 of
 * the visits after two steps, so none, but one on an edge. `statistics` begins with two units in the last
 * place of a kick of 24 turns, 2.4e-8: two in a thousand after two steps. A relative error of eta of 1e-5
 * moves a tenth of the visits.
 */
const MISPLACED = { float64: 1e-4, statistics: 5e-3 } as const;

/** Steps after which the law is compared; the ensemble forgets its start in some ten. */
const LAW_STEPS = 1000;

/** Distances are allowed 1.5 times their expectation: many bins, so they hardly scatter. */
const LEEWAY = 1.5;

/** The law of the sweep, from the host's float64 orbits. */
interface Law {
  /** Visits of all columns, [SLOTS]. */
  readonly visits: Float64Array;
  /** Expected distance between two such laws of different orbits. */
  readonly floor: number;
}

/**
 * Makes sure that all compute the same: the first steps orbit by orbit, then the law of many steps.
 *
 * @throws {ContestError} naming who does not, in what, and by how much.
 */
export async function checkAgreement(
  contestants: readonly Contestant[],
  onCheck: (name: string) => void,
): Promise<void> {
  const replays = workloads.flatMap((workload) =>
    REPLAYS.map((steps) => ({
      work: { workload, steps },
      expected: hostCounts({ workload, steps }),
    })),
  );
  const law = hostLaw();
  for (const { name, precision, run } of contestants) {
    onCheck(name);
    for (const { work, expected } of replays) {
      const { counts } = await run(work);
      checkConservation(name, work, counts);
      const misplaced = distance(expected, counts);
      if (!(misplaced <= MISPLACED[precision])) {
        throw new ContestError(
          `${name}: after step ${work.steps} of ${work.workload}, ${percent(misplaced)} of the visits are elsewhere than in float64 on the host; at most ${percent(MISPLACED[precision])} may be`,
        );
      }
    }
    for (const workload of workloads) {
      const work = { workload, steps: LAW_STEPS };
      const { counts } = await run(work);
      checkConservation(name, work, counts);
      const apart = distance(law.visits, overColumns(counts));
      const expected = workload === 'density' ? law.floor : sampleDistance(law, visitsOf(work));
      if (!(apart <= LEEWAY * expected)) {
        throw new ContestError(
          `${name}: the law of ${workload} over ${LAW_STEPS} steps is ${apart.toPrecision(3)} (total variation) from that of float64 on the host; chance alone makes ${expected.toPrecision(3)}`,
        );
      }
    }
  }
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

function hostLaw(): Law {
  const work: Work = { workload: 'density', steps: LAW_STEPS };
  const even = overColumns(hostCounts(work, { first: 0, every: 2 }));
  const odd = overColumns(hostCounts(work, { first: 1, every: 2 }));
  return {
    visits: even.map((visits, slot) => visits + (odd[slot] ?? 0)),
    // Two halves are sqrt(2) times as far apart as two wholes.
    floor: distance(even, odd) / Math.SQRT2,
  };
}

/**
 * Expected distance of `draws` independent draws to their law: half the sum of E|n - m| / draws, where
 * n is a Poisson number of mean m and E|n - m| about sqrt(2 m / pi).
 */
function sampleDistance({ visits }: Law, draws: number): number {
  const total = visits.reduce((sum, count) => sum + count, 0);
  const spread = (share: number) => Math.sqrt((2 * share) / (Math.PI * draws));
  return visits.reduce((sum, count) => sum + spread(count / total), 0) / 2;
}

/** Half the sum of |p - q| of two histograms, each normalised: 0 equal, 1 apart. */
function distance(a: Float64Array, b: Float64Array): number {
  const [sumA, sumB] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  if (!sumA || !sumB) return 1;
  return a.reduce((sum, count, i) => sum + Math.abs(count / sumA - (b[i] ?? 0) / sumB), 0) / 2;
}

function overColumns(counts: Float64Array): Float64Array {
  const sums = new Float64Array(SLOTS);
  for (const [at, count] of counts.entries()) sums[at % SLOTS] = (sums[at % SLOTS] ?? 0) + count;
  return sums;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
