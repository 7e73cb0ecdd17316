import { availableParallelism } from 'node:os';
import { type Answer, type Contestant, ContestError } from './contestant.ts';
import { startLineProcess } from './line-process.ts';
import { SLOTS, sweep } from './workload.ts';

/** Threads of every peer: one per core, as of etascope's own engine. */
export const threads = availableParallelism();

/** Where the peers' sources are. The bench runs as the built file dist/peers/main.js. */
export const sources = new URL('../../bench/peers/', import.meta.url);

/**
 * Starts a peer: a process that answers `WORKLOAD STEPS` with `SECONDS PROCESSOR_SECONDS COUNT...`.
 *
 * @throws {ContestError} where it does not start.
 */
export async function startPeer(
  { name, about }: Pick<Contestant, 'name' | 'about'>,
  command: string,
  words: readonly string[],
): Promise<Contestant> {
  const { ask, dispose } = await startLineProcess(name, command, words);
  return {
    name,
    about,
    precision: 'float64',
    isOurs: false,
    run: async ({ workload, steps }) => readAnswer(name, await ask(`${workload} ${steps}`)),
    dispose,
  };
}

function readAnswer(name: string, line: string): Answer {
  const [seconds = Number.NaN, processorSeconds = Number.NaN, ...counts] = line
    .split(' ')
    .map(Number);
  if (!(seconds > 0 && processorSeconds >= 0) || counts.length !== sweep.columns * SLOTS) {
    throw new ContestError(
      `${name}: answered with ${counts.length} counts in ${seconds} s: ${line.slice(0, 80)}`,
    );
  }
  return { seconds, processorSeconds, counts: Float64Array.from(counts) };
}
