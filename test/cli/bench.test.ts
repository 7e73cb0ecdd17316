import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { workloadNames } from '../../src/bench/abouts.ts';
import type { BenchReport } from '../../src/bench/report.ts';
import { emptyFolder, inProcess } from './command-line.ts';

const folder = emptyFolder();
const small = ['axes[0].count=8', 'ensemble.orbits=8'].flatMap((set) => ['--set', set]);
const short = [...small, '--rounds', '2', '--seconds', '0.001'];

test('bench measures every workload, says that it is right, and two of its files are compared', async () => {
  const { exitCode, stdout, stderr } = await inProcess(
    ['bench', ...short, '--engine', 'cpu', '--json'],
    folder,
  );
  expect(exitCode, stderr).toBe(0);
  const report: BenchReport = JSON.parse(stdout);
  expect(report.surroundings).toMatchObject({ runtime: `Node ${process.version}` });
  const [lane] = report.lanes;
  expect(lane).toMatchObject({ engine: 'cpu', precision: 'float64' });
  expect(lane?.measurements.map(({ workload }) => workload)).toEqual(workloadNames);
  for (const { rounds, isRight } of lane?.measurements ?? []) {
    expect(isRight).toBe(true);
    expect(rounds).toHaveLength(2);
  }
  for (const name of ['a.json', 'b.json']) writeFileSync(path.join(folder, name), stdout);
  const shown = await inProcess(['bench', '--show', 'a.json'], folder);
  expect(shown.exitCode, shown.stderr).toBe(0);
  expect(shown.stdout.match(/ right\n/g)).toHaveLength(workloadNames.length);
  const compared = await inProcess(['bench', '--compare', 'a.json', 'b.json'], folder);
  expect(compared.exitCode, compared.stderr).toBe(0);
  expect(compared.stdout.match(/1\.000 .* within noise/g)).toHaveLength(workloadNames.length);
});

test('bench measures the engine that has the precision, says why not the other, and what a device can do', async () => {
  const words = ['bench', ...short, '--only', 'density', '--set', 'precision=float32'];
  const { exitCode, stdout, stderr } = await inProcess(words, folder);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toMatch(/^webgpu, float32, on .*\nwhich does at most .* increments per second\n/m);
  expect(stdout).toMatch(/density( +[\d.]+ [kMGT]){5} +[\d.]+ % +right\n/);
  expect(stdout).toMatch(/cpu: not measured: .*got float32\n/);
});

test('what would change the numbers a workload is held to is refused', async () => {
  for (const [words, told] of [
    [['--set', 'objective.epsilon=1e-2'], /objective\.epsilon: would make another workload/],
    [['--set', 'steps.keep=5'], /steps\.keep: would make another workload/],
    [['--only', 'densety'], /did you mean density/],
    [['--set', 'precision=float64', '--engine', 'webgpu'], /computes float32 and statistics, got/],
    [['--rounds', '0'], /got 0; give a whole number from 1 to 1000/],
    [['a.json', 'b.json'], /a\.json: an option is missing before it; .*--compare/],
    [['density'], /write --only density/],
    [['--show'], /A\.json: is missing/],
    [['--compare', 'a.json', 'b.json', '--only', 'density'], /--only: nothing is measured here/],
    [['--compare', 'a.json'], /two files are needed/],
    [['--compare', 'a.json', 'nowhere.json'], /nowhere\.json: no such file/],
  ] as const) {
    const { exitCode, stdout, stderr } = await inProcess(['bench', ...words], folder);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(told);
  }
});
