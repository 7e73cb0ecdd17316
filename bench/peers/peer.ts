import { availableParallelism } from 'node:os';
import { type Answer, type Contestant, ContestError } from './contestant.ts';
import { startLineProcess } from './line-process.ts';
import { type Sweep, slotsOf } from './workload.ts';

/** Threads of every peer: one per core, as of etascope's own engine. */
export const threads = availableParallelism();

/** Where the peers' sources are. The bench runs as the built file dist/peers/main.js. */
export const sources = new URL('../../bench/peers/', import.meta.url);

/** What a peer is, before it is started. */
export interface Peer extends Pick<Contestant, 'name' | 'about' | 'precision'> {
  readonly sweep: Sweep;
  /** Whether its answers have, before the counts, the seconds of its kernels. */
  readonly timesKernels?: boolean;
}

/**
 * Starts a peer: a process that answers `WORKLOAD STEPS` with `SECONDS PROCESSOR_SECONDS COUNT...`, or
 * `SECONDS PROCESSOR_SECONDS KERNEL_SECONDS COUNT...`.
 *
 * @throws {ContestError} where it does not start.
 */
export async function startPeer(
  peer: Peer,
  command: string,
  words: readonly string[],
): Promise<Contestant> {
  const { name, precision } = peer;
  const { ask, about, dispose } = await startLineProcess(name, command, words);
  return {
    name,
    about: about === '' ? peer.about : `${peer.about}; on ${about}`,
    precision,
    isOurs: false,
    run: async ({ workload, steps }) => readAnswer(peer, await ask(`${workload} ${steps}`)),
    dispose,
  };
}

function readAnswer({ name, sweep, timesKernels = false }: Peer, line: string): Answer {
  const numbers = Float64Array.from(line.split(' '), Number);
  const [seconds = Number.NaN, processorSeconds = Number.NaN, kernelSeconds = Number.NaN] = numbers;
  const counts = numbers.subarray(timesKernels ? 3 : 2);
  const isRight = seconds > 0 && processorSeconds >= 0 && (!timesKernels || kernelSeconds > 0);
  if (!isRight || counts.length !== sweep.columns * slotsOf(sweep)) {
    throw new ContestError(
      `${name}: answered with ${counts.length} counts in ${seconds} s: ${line.slice(0, 80)}`,
    );
  }
  return { seconds, processorSeconds, ...(timesKernels ? { kernelSeconds } : {}), counts };
}
