import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import { beforeEach, describe, expect, test } from 'vitest';
import { paintMap } from '../../src/export/map.ts';
import { mapArrays } from '../../src/export/map-arrays.ts';
import { resultFromNpz } from '../../src/export/npz.ts';
import { emptyFolder, inProcess, namesIn, spawned, tinySpec, writeSpec } from './command-line.ts';

let folder = '';
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = emptyFolder();
  writeSpec(folder, tinySpec, 'tiny.json');
});

const resultAt = (name: string) => resultFromNpz(readFileSync(at(name)), name);
const pictureAt = (name: string) => decode(readFileSync(at(name)));

/** The tiny spec over a plane, with these measures. */
function planeSpec(...measures: readonly unknown[]) {
  const { epsilon: _, ...objective } = tinySpec.objective;
  const second = { parameter: 'epsilon', from: 1e-3, to: 2e-3, count: 2 };
  return { ...tinySpec, objective, axes: [...tinySpec.axes, second], measures };
}

test('a density over two axes writes its arrays, and says why there is no picture', async () => {
  writeSpec(folder, planeSpec(...tinySpec.measures), 'plane.json');
  const { exitCode, stderr } = await inProcess(['run', 'plane.json'], folder);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toContain('no picture');
  expect(namesIn(folder)).toEqual(['plane.json', 'plane.npz', 'tiny.json']);
  expect(resultAt('plane.npz').arrays.density?.shape).toEqual([8, 2, 16]);
});

test('measures over two axes have a map, any array of theirs, and a report of its colours', async () => {
  const others = [{ measure: 'lyapunov' }, { measure: 'regime' }, { measure: 'moments', of: 'x' }];
  writeSpec(folder, planeSpec(...tinySpec.measures, ...others), 'plane.json');
  const run = await inProcess(['run', 'plane.json', '--json'], folder);
  expect(run.exitCode, run.stderr).toBe(0);
  const { picture } = JSON.parse(run.stdout);
  expect(picture).toMatchObject({ width: 8, height: 2, bits: 8 });
  expect(picture.legend).toMatchObject({ array: 'lyapunov[0]', map: 'frostfire', centre: 0 });
  const { lyapunov } = resultAt('plane.npz').arrays;
  const exponents = [...(lyapunov?.data ?? [])].map(Number);
  expect(picture.legend.values).toEqual([Math.min(...exponents), Math.max(...exponents)]);

  const render = ['render', 'plane.npz', '--png', 'p.png', '--measure'];
  for (const name of ['regime', 'density[3]', 'moments_variance', 'diverged', 'distinct']) {
    const { exitCode, stdout, stderr } = await inProcess([...render, name, '--json'], folder);
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ width: 8, height: 2, legend: { array: name } });
    expect([pictureAt('p.png').width, pictureAt('p.png').height]).toEqual([8, 2]);
  }
  const words = await inProcess([...render, 'lyapunov', '--range=-2:1', '--map', 'rdbu_r'], folder);
  expect(words.stderr).toContain('painted lyapunov[0], rdbu_r (linear) from -2 to 1 about 0');
});

test('every array that a map can be of is one that a run gives, and can be painted', async () => {
  const density = tinySpec.measures[0];
  const exits = { measure: 'escape', when: 'abs(x) > 2e-3', bins: 4, times: true };
  const kinds = ['lyapunov', 'period', 'final', 'regime'].map((measure) => ({ measure }));
  const spec = planeSpec(density, { measure: 'moments', of: 'f' }, exits, ...kinds);
  writeSpec(folder, spec, 'all.json');
  const run = await inProcess(['run', 'all.json', '--out', 'all.npz'], folder);
  expect(run.exitCode, run.stderr).toBe(0);
  const result = resultAt('all.npz');
  const arrays = mapArrays(result.spec);
  expect(arrays.length).toBeGreaterThan(25);
  for (const { name, rest } of arrays) {
    const measure = rest.length === 0 ? name : `${name}[${rest.map((length) => length - 1)}]`;
    expect(paintMap(result, { measure }).legend.array).toBe(measure);
  }
});

test.each([
  ['--measure lyapunov[1]', '--measure', 'beyond the axes'],
  ['--measure lyapunow', '--measure', 'did you mean lyapunov?'],
  ['--measure regime --map grey', '--map', 'one colour for each'],
  ['--range 2:1', '--range', 'lesser one first'],
  ['--range 0', '--range', '0:2.5'],
  ['--range=-1:1 --tone log', '--range', 'above 0'],
])('a map cannot be had with %s, which is said before the run', async (line, where, says) => {
  writeSpec(folder, planeSpec({ measure: 'lyapunov' }, { measure: 'regime' }), 'plane.json');
  const words = ['run', 'plane.json', '--json', '--png', 'p.png', ...line.split(' ')];
  const { exitCode, stdout, stderr } = await inProcess(words, folder);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout).error.where).toBe(where);
  expect(stderr).toContain(says);
  expect(namesIn(folder)).toEqual(['plane.json', 'tiny.json']);
});

test('over one axis escape times are drawn, exponents are not, which the note says', async () => {
  const exits = { measure: 'escape', when: 'abs(x) > 1e-3', bins: 6 };
  writeSpec(folder, { ...tinySpec, measures: [{ measure: 'lyapunov' }, exits] }, 'exit.json');
  const exit = await inProcess(['run', 'exit.json', '--json'], folder);
  expect(exit.exitCode, exit.stderr).toBe(0);
  const { picture } = JSON.parse(exit.stdout);
  expect(picture).toMatchObject({ width: 8, height: 6, legend: { array: 'escape_histogram' } });

  writeSpec(folder, { ...tinySpec, measures: [{ measure: 'lyapunov' }] }, 'exponents.json');
  const exponents = await inProcess(['run', 'exponents.json'], folder);
  expect(exponents.exitCode, exponents.stderr).toBe(0);
  expect(exponents.stderr).toMatch(/no picture: .*second axis/);
  expect(namesIn(folder)).not.toContain('exponents.png');
});

describe('render', () => {
  test('paints the very picture that run paints', async () => {
    const options = ['--map', 'viridis', '--tone', 'log', '--bits', '16', '--size', '24x32'];
    const run = ['run', 'tiny.json', '-o', 'r.npz', '--png', 'run.png', ...options];
    expect((await inProcess(run, folder)).exitCode).toBe(0);
    const render = ['render', 'r.npz', '--png', 'render.png', ...options, '--json'];
    const { exitCode, stdout, stderr } = await spawned(render, folder);
    expect(exitCode, stderr).toBe(0);
    expect(readFileSync(at('render.png')).equals(readFileSync(at('run.png')))).toBe(true);
    expect(JSON.parse(stdout)).toMatchObject({ width: 24, height: 32, bits: 16 });
    const { width, height, depth } = pictureAt('render.png');
    expect([width, height, depth]).toEqual([24, 32, 16]);
  });

  test('never writes over the result it reads, nor touches a picture when it fails', async () => {
    await inProcess(['run', 'tiny.json', '-o', 'r.npz'], folder);
    const before = readFileSync(at('r.npz'));
    const onto = await inProcess(['render', 'r.npz', '--png', './r.npz'], folder);
    expect(onto.exitCode).toBe(2);
    expect(readFileSync(at('r.npz')).equals(before)).toBe(true);

    writeFileSync(at('p.png'), 'former');
    writeFileSync(at('cut.npz'), before.subarray(0, before.length / 2));
    const cut = await inProcess(['render', 'cut.npz', '--png', 'p.png'], folder);
    expect(cut.exitCode).toBe(2);
    expect(cut.stderr).toContain('cut.npz');
    expect(readFileSync(at('p.png'), 'utf8')).toBe('former');
  });
});
