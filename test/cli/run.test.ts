import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import { beforeEach, describe, expect, test } from 'vitest';
import { resultFromNpz } from '../../src/export/npz.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { presets } from '../../src/spec/presets.ts';
import { emptyFolder, inProcess, namesIn, spawned, tinySpec, writeSpec } from './command-line.ts';

let folder = '';
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = emptyFolder();
  writeSpec(folder, tinySpec, 'tiny.json');
});

const resultAt = (name: string) => resultFromNpz(readFileSync(at(name)), name);
const pictureAt = (name: string) => decode(readFileSync(at(name)));

test('run writes both files under the name of the spec, and they hold what was asked', async () => {
  const { exitCode, stdout, stderr } = await spawned(['run', 'tiny.json'], folder);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain('wrote tiny.npz');
  expect(stderr).toContain('wrote tiny.png');
  expect(namesIn(folder)).toEqual(['tiny.json', 'tiny.npz', 'tiny.png']);

  const { spec, arrays } = resultAt('tiny.npz');
  expect(spec).toEqual(parseSpec(tinySpec));
  const { density, density_outside, diverged } = arrays;
  let counted = 0;
  for (const array of [density, density_outside]) {
    for (const count of array?.data ?? []) counted += Number(count);
  }
  expect([...(diverged?.data ?? [])].map(Number)).toEqual(Array(8).fill(0));
  expect(counted).toBe(8 * 4 * 16); // columns x orbits x keep: nothing diverged
  const { width, height } = pictureAt('tiny.png');
  expect([width, height]).toEqual([8, 16]);
});

test.each(['webgpu', 'cpu'])(
  'equal requests give equal files on %s, byte for byte, in process and spawned',
  async (engine) => {
    const run = ['run', 'tiny.json', '--engine', engine];
    await inProcess([...run, '-o', 'a.npz', '--png', 'a.png'], folder);
    await spawned([...run, '-o', 'b.npz', '--png', 'b.png'], folder);
    expect(readFileSync(at('a.npz')).equals(readFileSync(at('b.npz')))).toBe(true);
    expect(readFileSync(at('a.png')).equals(readFileSync(at('b.png')))).toBe(true);
  },
);

test.each([
  [['--out', 'r.npz'], ['r.npz']],
  [['--png', 'r.png'], ['r.png']],
  [
    ['--out', 'r.npz', '--png', 'p.png'],
    ['p.png', 'r.npz'],
  ],
])('with %j only those files are written', async (options, names) => {
  const { exitCode, stderr } = await inProcess(['run', 'tiny.json', ...options], folder);
  expect(exitCode, stderr).toBe(0);
  expect(namesIn(folder)).toEqual([...names, 'tiny.json'].sort());
});

test('a spec on stdin writes files called etascope', async () => {
  const { exitCode, stderr } = await spawned(['run', '-'], folder, {
    input: JSON.stringify(tinySpec),
  });
  expect(exitCode, stderr).toBe(0);
  expect(namesIn(folder)).toEqual(['etascope.npz', 'etascope.png', 'tiny.json']);
});

test('a spec file may begin with a byte order mark', async () => {
  writeFileSync(at('bom.json'), `\ufeff${JSON.stringify(tinySpec)}`);
  const { exitCode, stderr } = await inProcess(['run', 'bom.json'], folder);
  expect(exitCode, stderr).toBe(0);
});

test('without --engine, the precision of a spec chooses the engine that computes it', async () => {
  for (const [precision, engine] of [
    ['float64', 'cpu'],
    ['float32', 'webgpu'],
  ]) {
    const words = ['run', 'tiny.json', '--set', `precision=${precision}`, '-o', 'r.npz', '--json'];
    const { exitCode, stdout, stderr } = await inProcess(words, folder);
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ engine, precision });
    expect(resultAt('r.npz').provenance).toMatchObject({ engine, precision });
  }
});

test('--set changes the spec that runs and that stands in the result', async () => {
  const sets = ['--set', 'steps.keep=8', '--set', 'axes[0].count=3', '--set', 'title=mine'];
  const { exitCode, stderr } = await inProcess(['run', 'tiny.json', ...sets], folder);
  expect(exitCode, stderr).toBe(0);
  const { spec, arrays } = resultAt('tiny.npz');
  expect([spec.steps.keep, spec.axes[0]?.count, spec.title]).toEqual([8, 3, 'mine']);
  expect(arrays.density?.shape).toEqual([3, 16]);
});

test('--json prints one report: files, orbit-steps, seconds, engine, warnings', async () => {
  const { exitCode, stdout, stderr } = await spawned(['run', 'tiny.json', '--json'], folder);
  expect(exitCode, stderr).toBe(0);
  const report = JSON.parse(stdout);
  expect(report.orbitSteps).toBe(8 * 4 * 32);
  expect(report.seconds).toBeGreaterThan(0);
  expect(report.orbitStepsPerSecond).toBeCloseTo(report.orbitSteps / report.seconds, 6);
  const { engine, precision, warnings } = resultAt('tiny.npz').provenance;
  expect(report).toMatchObject({ engine, precision, warnings });
  for (const { path: file, bytes } of report.files) {
    expect(readFileSync(at(file)).length).toBe(bytes);
  }
  expect(report.files.map(({ kind }: { kind: string }) => kind)).toEqual(['npz', 'png']);
});

test('--quiet says nothing when all goes well', async () => {
  const { exitCode, stdout, stderr } = await inProcess(['run', 'tiny.json', '-q'], folder);
  expect([exitCode, stdout, stderr]).toEqual([0, '', '']);
});

test('a run without an axis gives a histogram of one dimension and its curve', async () => {
  const { axes: _, ...point } = { ...tinySpec, optimizer: { rule: 'gd', eta: 0.003 } };
  writeSpec(folder, point, 'point.json');
  const { exitCode, stderr } = await inProcess(['run', 'point.json'], folder);
  expect(exitCode, stderr).toBe(0);
  expect(resultAt('point.npz').arrays.density?.shape).toEqual([16]);
  expect(pictureAt('point.png').width).toBe(16);
});

test('a preset runs by its name where there is no such file, and a file of that name wins', async () => {
  const sets = ['--set', 'axes[0].count=4', '--set', 'steps.skip=0', '--set', 'steps.keep=8'];
  const words = ['run', 'period-doubling', ...sets];
  const preset = await inProcess(words, folder);
  expect(preset.exitCode, preset.stderr).toBe(0);
  expect(preset.stderr).toContain('preset');
  expect(resultAt('period-doubling.npz').spec.title).toBe(
    parseSpec(presets['period-doubling']?.spec).title,
  );
  writeSpec(folder, tinySpec, 'period-doubling');
  await inProcess(words, folder);
  expect(resultAt('period-doubling.npz').spec.title).toBe('tiny');
});

test.each(Object.keys(presets))(
  'the preset %s runs, here with few columns and steps, and has the picture that is to be had',
  async (name) => {
    const { axes, measures } = parseSpec(presets[name]?.spec);
    const sets = [
      ...axes.map((_, place) => `axes[${place}].count=4`),
      ...measures.flatMap(({ measure }, place) =>
        measure === 'escape' ? [`measures[${place}].horizon=16`] : [],
      ),
      ...['steps.skip=0', 'steps.keep=16', 'ensemble.orbits=2'],
    ];
    const words = ['run', name, ...sets.flatMap((set) => ['--set', set]), '--json'];
    const { exitCode, stdout, stderr } = await inProcess(words, folder);
    expect(exitCode, stderr).toBe(0);
    const { orbitSteps, picture, files } = JSON.parse(stdout);
    expect(orbitSteps).toBe(4 ** axes.length * 2 * 16);
    // Curves of numbers and clouds of last states are drawn by plot, with axes.
    const planes = measures.flatMap((each) => (each.measure === 'joint-density' ? [each] : []));
    const isPainted = measures.some(({ measure }) => measure === 'density' || measure === 'escape');
    const width = planes[0]?.bins[0] ?? (isPainted || axes.length === 2 ? 4 : undefined);
    expect(files).toHaveLength(width === undefined ? 1 : 2);
    expect(picture?.width).toBe(width);
  },
);

test('progress is drawn on a terminal, taken away again, and nowhere else', async () => {
  const watched = await inProcess(['run', 'tiny.json'], folder, { isTerminal: true });
  expect(watched.stderr).toMatch(/\d+ % .*orbit-steps\/s/);
  const lastErased = watched.stderr.lastIndexOf('\r\x1b[2K');
  expect(watched.stderr.slice(lastErased)).not.toContain('%');
  const piped = await inProcess(['run', 'tiny.json'], folder);
  for (const sign of ['\r', '\x1b', '%']) expect(piped.stderr).not.toContain(sign);
  const quiet = await inProcess(['run', 'tiny.json', '-q'], folder, { isTerminal: true });
  expect(quiet.stderr).toBe('');
});

describe('a run that fails at the end', () => {
  // The folder of the picture vanishes while the run is under way: a real failure of the disk.
  const failing = async () => {
    const sub = emptyFolder();
    const words = ['run', 'tiny.json', '--out', 'tiny.npz', '--png', path.join(sub, 'p.png')];
    return await inProcess(words, folder, {
      isTerminal: true,
      stderr: () => rmSync(sub, { recursive: true, force: true }),
    });
  };

  test('exits with 1, says so without a stack, and leaves no file', async () => {
    const { exitCode, stderr } = await failing();
    expect(exitCode).toBe(1);
    expect(stderr).toContain('etascope run: failed');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(namesIn(folder)).toEqual(['tiny.json']);
  });

  test('leaves an existing result as it was', async () => {
    writeFileSync(at('tiny.npz'), 'former');
    expect((await failing()).exitCode).toBe(1);
    expect(readFileSync(at('tiny.npz'), 'utf8')).toBe('former');
    expect(namesIn(folder)).toEqual(['tiny.json', 'tiny.npz']);
  });
});
