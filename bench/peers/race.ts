import { checkConservation } from './agreement.ts';
import type { Contestant } from './contestant.ts';
import {
  mostStepsOf,
  orbitStepsOf,
  type Sweep,
  type Work,
  type Workload,
  workloads,
} from './workload.ts';

/** How the race is run. */
export interface Method {
  readonly sweep: Sweep;
  readonly rounds: number;
  /** Seconds one round of each should take. */
  readonly target: number;
  /** Called before each piece of work. */
  readonly onWork: (what: string) => void;
}

/** What one contestant did of one workload, round by round. */
export interface Lane {
  readonly contestant: Contestant;
  readonly work: Work;
  /** Seconds on the wall of each round. */
  readonly seconds: number[];
  /** Seconds of processor time of each round. */
  readonly processorSeconds: number[];
  /** Seconds of its kernels of each round; empty where it does not say. */
  readonly kernelSeconds: number[];
}

/** Steps to begin with when the length of a round is sought. */
const FEW_STEPS = 128;

/**
 * Races the contestants: in every round each does each workload once, one after the other, so that
 * whatever else the machine does befalls all of them.
 *
 * Each gets as many steps as take it about the target of time; that search also warms it up.
 *
 * @throws {ContestError} where one breaks down or loses visits.
 */
export async function race(
  contestants: readonly Contestant[],
  { sweep, rounds, target, onWork }: Method,
): Promise<readonly Lane[]> {
  const lanes: Lane[] = [];
  for (const workload of workloads) {
    for (const contestant of contestants) {
      onWork(`${contestant.name}: how many steps of ${workload}`);
      const work = await findWork(contestant, { sweep, workload }, target);
      lanes.push({ contestant, work, seconds: [], processorSeconds: [], kernelSeconds: [] });
    }
  }
  for (let round = 1; round <= rounds; round++) {
    for (const { contestant, work, seconds, processorSeconds, kernelSeconds } of lanes) {
      onWork(`round ${round} of ${rounds}, ${work.workload}: ${contestant.name}`);
      const answer = await contestant.run(work);
      checkConservation(contestant.name, work, answer.counts);
      seconds.push(answer.seconds);
      processorSeconds.push(answer.processorSeconds);
      if (answer.kernelSeconds !== undefined) kernelSeconds.push(answer.kernelSeconds);
    }
  }
  return lanes;
}

/** Orbit-steps per second on the wall of each round of a lane. */
export function speedsOf({ work, seconds }: Lane): readonly number[] {
  return seconds.map((time) => orbitStepsOf(work) / time);
}

/** How many times as fast `lane` was as `other`, round by round. */
export function ratiosOf(lane: Lane, other: Lane): readonly number[] {
  const others = speedsOf(other);
  return speedsOf(lane).map((speed, round) => speed / (others[round] ?? Number.NaN));
}

/** The length of a round that takes about the target of time; a single hiccup must not shorten it. */
async function findWork(
  { run }: Contestant,
  { sweep, workload }: { readonly sweep: Sweep; readonly workload: Workload },
  target: number,
): Promise<Work> {
  const most = mostStepsOf(sweep);
  for (let steps = FEW_STEPS; ; ) {
    const work = { sweep, workload, steps };
    const once = await run(work);
    const isLong = once.seconds >= 0.7 * target;
    const seconds = isLong ? Math.min(once.seconds, (await run(work)).seconds) : once.seconds;
    if (seconds >= 0.7 * target || steps === most) return work;
    steps = Math.min(most, Math.ceil(steps * Math.min(16, target / seconds)));
  }
}
