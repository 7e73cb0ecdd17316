import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import { readPngText } from '../../src/export/png.ts';
import { emptyFolder, inProcess, namesIn, tinySpec, writeSpec } from './command-line.ts';

const folder = emptyFolder();
const at = (name: string) => path.join(folder, name);

const { axes: _, objective, ...single } = tinySpec;
const { epsilon: __, ...anyEpsilon } = objective;
const second = { parameter: 'epsilon', from: 1e-3, to: 1e-2, count: 3, scale: 'log' };
const measures = [
  ...tinySpec.measures,
  { measure: 'moments', of: 'x' },
  { measure: 'lyapunov' },
  { measure: 'period' },
  { measure: 'escape', when: 'abs(x) > 0.001' },
  { measure: 'final' },
  { measure: 'regime' },
];
const plane = {
  measure: 'joint-density',
  of: ['y', 'x'],
  range: [
    [-0.01, 0.01],
    [-0.004, 0.004],
  ],
  bins: [20, 10],
};
const specs = {
  plane: {
    ...single,
    objective: { ...objective, variables: ['x', 'y'], macro: 'x^2 / 2 + y^2 / 8' },
    optimizer: { eta: 0.004 },
    ensemble: { ...single.ensemble, initial: { x: { uniform: [0, 1e-3] }, y: 0.008 } },
    measures: [plane, { ...plane, name: 'inner', of: ['x', 'x + y'] }],
  },
  law: { ...single, objective, optimizer: { rule: 'gd', eta: 0.01 }, measures },
  sweep: { ...tinySpec, measures },
  map: { ...tinySpec, objective: anyEpsilon, axes: [...tinySpec.axes, second], measures },
};

beforeAll(async () => {
  for (const [name, spec] of Object.entries(specs)) {
    writeSpec(folder, spec, `${name}.json`);
    const words = ['run', `${name}.json`, '--engine', 'cpu', '-o', `${name}.npz`, '-q'];
    const { exitCode, stderr } = await inProcess(words, folder);
    expect(exitCode, stderr).toBe(0);
  }
});

async function plotted(...words: string[]) {
  const { exitCode, stdout, stderr } = await inProcess(['plot', ...words, '--json'], folder);
  expect(exitCode, stderr).toBe(0);
  const labels: { readonly x: string; readonly y: string }[] = JSON.parse(stdout).panels;
  return labels.map(({ y }) => y);
}

/** The words of an SVG file. */
const wordsIn = (name: string) =>
  [...readFileSync(at(name), 'utf8').matchAll(/>([^<>]+)<\/text>/g)].map(([, word]) => word);

test('all measures of a sweep have panels over the axis they share', async () => {
  expect(await plotted('sweep.npz', '--out', 'sweep.svg')).toEqual([
    'x',
    ...['mean', 'variance', 'skewness', 'excess kurtosis'].map((moment) => `${moment} of x`),
    'Lyapunov exponent λ (per step)',
    'period',
    'mean steps to abs(x) > 0.001, of those that escaped',
    'last x',
    'share of the orbits',
  ]);
  const words = wordsIn('sweep.svg');
  expect(words.filter((word) => word === 'learning rate η')).toHaveLength(1);
  expect(words).toContain('tiny');
  expect(words).toContain('visits of a pixel');
});

test('a measure, or one array of it, has a panel of its own, as PNG with what made it', async () => {
  const words = ['--out', 'one.png', '--size', '300x200', '--title', 'Only η'];
  expect(await plotted('sweep.npz', '--measure', 'lyapunov', ...words)).toEqual([
    'Lyapunov exponent λ (per step)',
  ]);
  expect(
    await plotted('sweep.npz', '--measure', 'moments_variance', '--log', 'y', ...words),
  ).toEqual(['variance of x']);
  const bytes = readFileSync(at('one.png'));
  expect(decode(bytes).width).toBeGreaterThan(600);
  expect(JSON.parse(readPngText(bytes, 'one.png')['etascope-spec'] ?? '').title).toBe('tiny');
});

test('measures over two axes are maps with the colours of render, and names for regimes', async () => {
  const labels = await plotted('map.npz', '--out', 'map.svg');
  expect(labels).toEqual(labels.map(() => 'size of the micro-structure ε'));
  expect(labels).toHaveLength(measures.length - 1); // a density has a dimension too many
  const words = wordsIn('map.svg');
  expect(words).toEqual(
    expect.arrayContaining(['Lyapunov exponent λ (per step)', 'regime', 'converged']),
  );
  await plotted('map.npz', '--out', 'one.svg', '--measure', 'density[3]');
  expect(wordsIn('one.svg').join()).toContain('density[3]');
});

test('without an axis a density lies below its laws, and times have a survival', async () => {
  expect(await plotted('law.npz', '--out', 'law.svg')).toEqual([
    'probability density of x',
    'orbits',
    'share of the orbits still there',
  ]);
  expect(wordsIn('law.svg')).toEqual(
    expect.arrayContaining(['states of the orbits', 'law of the stochastic map', 'Gibbs’ law']),
  );
});

test('what cannot be drawn is refused with a cure, and nothing is written', async () => {
  const before = namesIn(folder);
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['sweep.npz'], '--out: is missing'],
    [['sweep.npz', '--out', 'x.pdf'], 'end its name in .svg or .png'],
    [['sweep.npz', '--out', 'x.svg', '--measure', 'lyapunv'], 'did you mean lyapunov'],
    [['sweep.npz', '--out', 'x.svg', '--log', 'z'], '--log: no such choice'],
    [['sweep.npz', '--out', 'x.svg', '--measure', 'density', '--log', 'x'], '--log: the cells'],
    [['map.npz', '--out', 'x.svg', '--measure', 'regime', '--map', 'grey'], '--map:'],
    [['law.npz', '--out', 'x.svg', '--measure', 'moments'], 'no such measure'],
    [['law.npz', '--out', 'law.svg/'], 'names a folder'],
    [['law.npz', '--out', 'x.svg', '--set', 'a=1'], '--set'],
  ];
  for (const [words, message] of cases) {
    const { exitCode, stderr } = await inProcess(['plot', ...words], folder);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  }
  expect(namesIn(folder)).toEqual(before);
});

test('a joint density has its picture, with level lines where it is over the plane of the variables', async () => {
  expect(await plotted('plane.npz', '--out', 'plane.svg')).toEqual(['x', 'x + y']);
  const words = wordsIn('plane.svg');
  expect(words.filter((word) => word === 'level lines of f₀')).toHaveLength(1);
  const { exitCode, stderr } = await inProcess(
    ['render', 'plane.npz', '--png', 'plane.png'],
    folder,
  );
  expect(exitCode, stderr).toBe(0);
  expect(decode(readFileSync(at('plane.png')))).toMatchObject({ width: 20, height: 10 });
});
