import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median } from '../../src/cli/bench/median.ts';
import { workloads } from '../../src/cli/bench/workloads.ts';
import { orbitStepCount } from '../../src/spec/columns.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { emptyFolder, inProcess } from './command-line.ts';

const folder = emptyFolder();
const small = ['axes[0].count=8', 'ensemble.orbits=8'].flatMap((set) => ['--set', set]);

test('bench measures two workloads of each engine, round by round', async () => {
  const words = ['bench', ...small, '--rounds', '3', '--seconds', '0.05'];
  const { exitCode, stdout, stderr } = await inProcess([...words, '--json'], folder);
  expect(exitCode, stderr).toBe(0);
  const { engines, missing } = JSON.parse(stdout);
  expect(engines.map(({ engine }: { engine: string }) => engine)).toEqual(['webgpu', 'cpu']);
  expect(missing).toEqual([]);
  const measured = engines.flatMap(({ workloads }: { workloads: unknown[] }) => workloads);
  expect(measured.map(({ workload }: { workload: string }) => workload)).toEqual([
    'iteration',
    'density',
    'iteration',
    'density',
  ]);
  for (const { orbitSteps, seconds, orbitStepsPerSecond } of measured) {
    expect(seconds).toHaveLength(3);
    expect(orbitSteps % 64).toBe(0); // 8 columns x 8 orbits, whole steps
    const middle = [...seconds].sort((a: number, b: number) => a - b)[1] ?? 0;
    expect(orbitStepsPerSecond).toBeCloseTo(orbitSteps / middle, 3);
  }
});

test('steps fixed by the user are the steps that are measured, and the table shows both', async () => {
  const sets = [...small, '--set', 'steps.skip=50', '--set', 'steps.keep=50'];
  const json = await inProcess(['bench', ...sets, '--rounds', '1', '--json'], folder);
  for (const { workloads } of JSON.parse(json.stdout).engines) {
    for (const { orbitSteps } of workloads) expect(orbitSteps).toBe(64 * 100);
  }
  const { exitCode, stdout } = await inProcess(['bench', ...sets, '--rounds', '1'], folder);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/iteration +[\d.]+ [kMGT]? ?orbit-steps\/s/);
  expect(stdout).toMatch(/density +[\d.]+ [kMGT]? ?orbit-steps\/s/);
});

test('bench measures the engine that has the precision, and says why not the other', async () => {
  const words = ['bench', ...small, '--rounds', '1', '--seconds', '0.01', '--json'];
  for (const [precision, has, lacks] of [
    ['float64', 'cpu', 'webgpu'],
    ['float32', 'webgpu', 'cpu'],
  ]) {
    const { exitCode, stdout } = await inProcess(
      [...words, '--set', `precision=${precision}`],
      folder,
    );
    expect(exitCode).toBe(0);
    const { engines, missing } = JSON.parse(stdout);
    expect(engines.map(({ engine }: { engine: string }) => engine)).toEqual([has]);
    expect(missing).toMatchObject([
      { engine: lacks, reason: expect.stringContaining(`got ${precision}`) },
    ]);
  }
});

test('every workload is as much work as asked for, on few columns and then on long orbits', () => {
  for (const { specFor } of workloads) {
    for (let work = 2 ** 20; work <= 2 ** 50; work *= 3) {
      const spec = parseSpec(specFor(work));
      // columns are rounded to whole ones of at least 16, steps to whole ones of at least 64: 1/32
      expect(Math.abs(orbitStepCount(spec) / work - 1)).toBeLessThan(1 / 32);
    }
    const { axes, steps } = parseSpec(specFor(2 ** 40));
    expect([axes[0]?.count, steps.skip + steps.keep]).toEqual([1024, 2 ** 22]);
  }
});

test('half of the numbers lie at or below the median, half at or above', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }),
      (all) => {
        const middle = median(all);
        expect(2 * all.filter((n) => n <= middle).length).toBeGreaterThanOrEqual(all.length);
        expect(2 * all.filter((n) => n >= middle).length).toBeGreaterThanOrEqual(all.length);
      },
    ),
    { seed: 1 },
  );
});
