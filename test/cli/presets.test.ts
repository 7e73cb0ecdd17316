import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/spec/canonical.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { presets } from '../../src/spec/presets.ts';
import { emptyFolder, inProcess } from './command-line.ts';

const folder = emptyFolder();

test('the list names every preset, for people and for scripts', async () => {
  const human = await inProcess(['presets'], folder);
  const { stdout } = await inProcess(['presets', '--json'], folder);
  const names = JSON.parse(stdout).map(({ name }: { name: string }) => name);
  expect(human.exitCode).toBe(0);
  expect(names).toEqual(Object.keys(presets));
  for (const name of names) expect(human.stdout).toContain(name);
});

test.each(Object.keys(presets))('%s is printed as the spec it is', async (name) => {
  const { exitCode, stdout, stderr } = await inProcess(['presets', name], folder);
  expect([exitCode, stderr]).toEqual([0, '']);
  const printed = parseSpec(JSON.parse(stdout));
  expect(canonicalJson(printed)).toBe(canonicalJson(parseSpec(presets[name]?.spec)));
});

test('a printed preset with changes runs from stdin', async () => {
  const sets = ['axes[0].count=4', 'steps.skip=0', 'steps.keep=4', 'measures[0].bins=8'];
  const words = ['presets', 'period-doubling', ...sets.flatMap((set) => ['--set', set])];
  const { stdout } = await inProcess(words, folder);
  const run = await inProcess(['run', '-', '-o', 'r.npz', '--json'], folder, { input: stdout });
  expect(run.exitCode, run.stderr).toBe(0);
  const { orbits } = parseSpec(JSON.parse(stdout)).ensemble;
  expect(JSON.parse(run.stdout).orbitSteps).toBe(4 * orbits * 4);
});
