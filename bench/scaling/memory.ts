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

/** How far the sizes go whose memory is looked at. */
interface MemoryMethod {
  /** Seconds that a run may take, at `speed` orbit-steps per second. */
  readonly most: number;
  readonly speed: number;
  /** Called before each size; may throw to end it. */
  readonly onPoint: (what: string) => void;
}

/**
 * The memory of processes that run one size each, for a process never gives back what it once held.
 *
 * @param program this program's file.
 * @throws {Error} where one of them fails.
 */
export async function measureMemory(
  program: string,
  lane: Pick<ScalingLane, 'engine' | 'precision'>,
  { most, speed, onPoint }: MemoryMethod,
): Promise<ScalingLane['memory']> {
  const pointsOf = async (over: keyof typeof memorySizes): Promise<readonly MemoryPoint[]> => {
    const points: MemoryPoint[] = [];
    for (const size of memorySizes[over]) {
      if (orbitStepsOf(size) / speed > most) continue;
      onPoint(`${lane.engine}, ${lane.precision}: memory of ${size[over]} ${over}`);
      const errand: Errand = { engine: lane.engine, precision: lane.precision, size };
      const words = [program, CHILD, JSON.stringify(errand)];
      const done = spawnSync(process.execPath, words, { encoding: 'utf8' });
      await new Promise((resolve) => setImmediate(resolve)); // a signal that came meanwhile is heard
      if (done.status !== 0) {
        onPoint('');
        const how = done.signal ?? `exit code ${done.status}`;
        throw new Error(`a process that was measured ended with ${how}:\n${done.stderr.trim()}`);
      }
      points.push({ ...size, bytes: Number(done.stdout) });
    }
    return points;
  };
  return { orbits: await pointsOf('orbits'), steps: await pointsOf('steps') };
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
