import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createEngine } from '../../src/node/index.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import type { MemoryPoint, ScalingLane } from './scaling.ts';
import { memorySizes, orbitStepsOf, type Size, specOf } from './sizes.ts';

/** The word that makes this program run one size and print its memory. */
export const CHILD = '--child';

interface Errand extends Pick<ScalingLane, 'engine' | 'precision'> {
  readonly size: Size;
}

/**
 * The memory of processes that run one size each, for a process never gives back what it once held.
 *
 * @param program this program's file.
 */
export function measureMemory(
  program: string,
  lane: Pick<ScalingLane, 'engine' | 'precision'>,
  { most, speed }: { readonly most: number; readonly speed: number },
): ScalingLane['memory'] {
  const pointsOf = (sizes: readonly Size[]): readonly MemoryPoint[] =>
    sizes
      .filter((size) => orbitStepsOf(size) / speed <= most)
      .map((size) => {
        const errand: Errand = { engine: lane.engine, precision: lane.precision, size };
        const words = [program, CHILD, JSON.stringify(errand)];
        const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
        if (status !== 0) throw new Error(`a process that was to be measured failed: ${stderr}`);
        return { ...size, bytes: Number(stdout) };
      });
  return { orbits: pointsOf(memorySizes.orbits), steps: pointsOf(memorySizes.steps) };
}

/** Runs the size of an errand and prints the most bytes that this process held. */
export async function runErrand(text: string): Promise<void> {
  const { engine: name, precision, size }: Errand = JSON.parse(text); // our own
  const engine = await createEngine({ engine: name });
  await engine.run(parseSpec(specOf(size, precision)));
  engine.dispose();
  process.stdout.write(`${1024 * mostKibibytes()}`);
}

/** The most that this process held. Linux counts in `maxRSS` what its parent held when it was forked, too. */
function mostKibibytes(): number {
  const status = '/proc/self/status';
  const told = existsSync(status) && /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(status, 'utf8'));
  return told ? Number(told[1]) : process.resourceUsage().maxRSS;
}
