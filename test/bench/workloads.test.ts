import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { meanExitTime } from '../../src/analysis/exit-time.ts';
import { abouts } from '../../src/bench/abouts.ts';
import { measure } from '../../src/bench/measure.ts';
import { median } from '../../src/bench/median.ts';
import { isRight } from '../../src/bench/workload.ts';
import { MEAN_EXIT, workloads } from '../../src/bench/workloads.ts';
import { createCpuEngine } from '../../src/engine/cpu/create-cpu-engine.ts';
import { orbitStepCount } from '../../src/spec/columns.ts';
import { applyOverrides } from '../../src/spec/overrides.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { startWorker } from '../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(() => engine.dispose());

const once = { rounds: 1, target: 1e-6 };

/** What each workload's spec becomes where a kernel computes another thing than was asked. */
const wrong = {
  iterate: ['objective.micro=-1.2*cos(x)'],
  density: ['objective.macro=x^2/1.8'],
  lyapunov: ['objective.epsilon=1.1e-4'],
  escape: ['objective.micro=-1.02*cos(x)'],
  quasiperiodic: ['objective.micro=sin(x)+sin(2*x)/2.2'],
  'dim-8': ['axes[0].to=0.15'],
} as const;

test.each(workloads)(
  '$name: its numbers are right, and those of a slightly other map are not',
  async (workload) => {
    const textFor = (sets: readonly string[]) => (orbitSteps: number) =>
      JSON.stringify({
        ...Object(applyOverrides(workload.specFor(4 * orbitSteps), sets)),
        precision: 'float64',
      });
    const right = await measure(engine, workload, textFor([]), once);
    expect(right.findings.filter((finding) => !isRight(finding))).toEqual([]);
    expect(right.isRight).toBe(true);
    const [round] = right.rounds;
    expect(round?.orbitSteps).toBeGreaterThan(2 ** 21);
    expect(round?.kernelSeconds).toBeLessThan(round?.wallSeconds ?? 0);
    expect(round?.wallSeconds).toBeLessThan(round?.endToEndSeconds ?? 0);

    const other = await measure(engine, workload, textFor(wrong[workload.name]), once);
    expect(other.isRight).toBe(false);
    expect(other.findings.some((finding) => !isRight(finding))).toBe(true);
  },
);

test('every workload is as much work as asked for, on few columns and then on long orbits', () => {
  expect(workloads.map(({ name }) => name)).toEqual(Object.keys(abouts));
  for (const { name, specFor } of workloads) {
    if (name === 'escape') continue; // as much as its orbits take
    for (let work = 2 ** 20; work <= 2 ** 50; work *= 3) {
      const spec = parseSpec(specFor(work));
      // columns are rounded to whole ones of at least 16, steps to whole ones of at least 64: 1/32
      expect(Math.abs(orbitStepCount(spec) / work - 1)).toBeLessThan(1 / 32);
    }
    const { axes, steps } = parseSpec(specFor(2 ** 40));
    expect([axes[0]?.count, steps.skip + steps.keep]).toEqual([4096, 2 ** 20]);
  }
});

test('the exit time that `escape` is held to is that of the stochastic map', () => {
  const formula = { variables: ['x'], macro: 'x^4 / 4 - x^2 / 2', parameters: {} };
  const { mean, error } = meanExitTime({ formula, eta: 0.3, noise: 1 }, -1, 0);
  expect(Math.abs(mean - MEAN_EXIT)).toBeLessThan(1e-3 * MEAN_EXIT + error);
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
