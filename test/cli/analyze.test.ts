import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeNpz } from '../../src/export/npz.ts';
import { analyze, analyzed, folder, point, save, sectionOf, sine } from './analyzed.ts';
import { inProcess, namesIn, tinySpec, writeSpec } from './command-line.ts';
import { hostResult } from './host-result.ts';

describe('a point of global chaos', () => {
  save('point.npz', hostResult(point));

  test('is told beside the exact law, and beside that of Gibbs', async () => {
    const analysis = await analyzed('point.npz');
    const [moments] = sectionOf(analysis, 'moments').columns;
    // Of the linear stochastic map: eta / (2 (2 - eta)), kurtosis -(3/2)(1 - a^2)/(1 + a^2).
    expect(moments.exact.variance).toBeCloseTo(0.02631578947368421, 14);
    expect(moments.exact.kurtosis).toBeCloseTo(-0.15745856353591, 12);
    expect(moments.gibbs.variance).toBeCloseTo(0.025, 14);
    for (const statistic of ['mean', 'variance', 'skewness', 'kurtosis']) {
      const off = Math.abs(moments.measured[statistic] - moments.exact[statistic]);
      expect(off).toBeLessThan(4.5 * moments.stderr[statistic]); // 32 orbits: Student's tails
    }
    const [exponent] = sectionOf(analysis, 'lyapunov').columns;
    expect(exponent.theory).toBeCloseTo(Math.log(1e4 / 2), 12); // log(K / 2)
    expect(Math.abs(exponent.measured[0] - exponent.theory)).toBeLessThan(4.5 * exponent.stderr[0]);
    expect(sectionOf(analysis, 'regime').columns['globally chaotic']).toBe(1);
  });

  test('has a density as far from its exact law as noise is, and twice as far from Gibbs', async () => {
    const [column] = sectionOf(await analyzed('point.npz'), 'density').columns;
    const { exact, gibbs } = column;
    expect(column.effectiveSamples).toBeLessThan(column.visits);
    expect(column.effectiveSamples).toBeGreaterThan(column.visits / 100); // (1 - a)/(1 + a) = 1/19
    expect(exact.distances.totalVariation).toBeLessThan(exact.cautiousFloor.totalVariation);
    expect(exact.distances.totalVariation).toBeGreaterThan(0.5 * exact.floor.totalVariation);
    expect(exact.cautiousFloor.kolmogorov).toBeGreaterThan(2 * exact.floor.kolmogorov);
    // The exact law and Gibbs' are 0.0202 apart in total variation.
    expect(gibbs.distances.totalVariation).toBeGreaterThan(
      0.0202 - exact.cautiousFloor.totalVariation,
    );
  });

  test('is told to people in a table', async () => {
    const text = await analyze('point.npz');
    expect(text).toContain('a point of global chaos');
    expect(text).toContain('by cpu, float64');
    expect(text).toMatch(/variance\s+0\.0\d+ ± 0\.00\d+\s+0\.02631579\s+[+-]\d/);
    expect(text).toMatch(/λ\s+8\.\d+ ± 0\.0\d+\s+8\.51719/);
    expect(text).not.toContain('NaN');
    expect(text).not.toContain('warning');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(140);
  });

  test('is told alike every time, and quietly not at all', async () => {
    expect(await analyze('point.npz')).toBe(await analyze('point.npz'));
    expect(await analyze('point.npz', '--quiet')).toBe('');
  });
});

describe('what the theory does not cover', () => {
  test('is left out with a reason', async () => {
    const objective = { macro: 'x^4/4 - x^2/2', ...sine };
    const measures = [{ measure: 'moments', of: 'x^2' }];
    save(
      'quartic.npz',
      hostResult({ ...point, objective, measures, steps: { skip: 0, keep: 64 } }),
    );
    const text = await analyze('quartic.npz');
    expect(text).toContain('no exact law: the macro part is not of second degree');
    const [column] = sectionOf(await analyzed('quartic.npz'), 'moments').columns;
    expect(column.exact).toBeNull();
    expect(column.gibbs.mean).toBeGreaterThan(0.8); // of x^2, in wells at +-1 with a temperature of 0.025
    expect(column.gibbs.mean).toBeLessThan(1);
  });

  test('is warned of where eta^2 / epsilon is small, and where K lies in a ballistic window', async () => {
    // K = eta / epsilon = 6.4 lies between 2 pi and sqrt(4 pi^2 + 4) = 6.594.
    const objective = { ...point.objective, epsilon: 0.1 / 6.4 };
    const measures = [{ measure: 'moments', of: 'x' }];
    const spec = { ...point, objective, measures, steps: { skip: 0, keep: 64 } };
    save('ballistic.npz', hostResult(spec));
    const { warnings } = await analyzed('ballistic.npz');
    expect(warnings.join()).toMatch(/eta\^2 \/ epsilon is below 30 \(0\.64\)/);
    expect(warnings.join()).toMatch(/lies in a ballistic window/);
  });

  test('is warned of where orbits are one orbit', async () => {
    const ensemble = { ...point.ensemble, initial: { x: 0.3 } };
    const measures = [{ measure: 'lyapunov' }];
    save('one.npz', hostResult({ ...point, ensemble, measures, steps: { skip: 0, keep: 256 } }));
    const { warnings } = await analyzed('one.npz');
    expect(warnings.join()).toContain('start at one place');
    expect(warnings.join()).not.toContain('distinct last states'); // their errors count one
  });
});

describe('a plane of two parameters', () => {
  const plane = {
    ...point,
    objective: { macro: 'x^2/2', micro: '-cos(x)' },
    optimizer: { rule: 'gd' },
    axes: [
      { parameter: 'eta', from: 1e-3, to: 1, count: 6, scale: 'log' },
      { parameter: 'epsilon', from: 1e-6, to: 1e-2, count: 5, scale: 'log' },
    ],
    ensemble: { ...point.ensemble, orbits: 4 },
    steps: { skip: 100, keep: 128 },
    measures: [{ measure: 'lyapunov' }, { measure: 'regime' }, { measure: 'moments', of: 'x' }],
  };
  save('plane.npz', hostResult(plane));

  test('is summed up, and told in full where asked', async () => {
    const text = await analyze('plane.npz');
    expect(text).toMatch(/the first is positive in \d+ of 30 columns/);
    expect(text).toMatch(/variance: least/);
    expect(text.split('\n').length).toBeLessThan(40);
    const { chosen, sections } = await analyzed('plane.npz', '--at', '0.2,1e-5');
    expect(chosen).toHaveLength(1);
    expect(sections[0].columns[0].eta).toBeCloseTo(10 ** -0.75, 12);
    expect(sections[0].columns[0].epsilon).toBeCloseTo(10 ** -4.8, 12);
    const counts: number[] = Object.values(sections[1].columns);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30);
  });
});

describe('choosing columns', () => {
  const axes = [{ parameter: 'eta', from: 3e-3, to: 4.7e-3, count: 170 }];
  const measures = [{ measure: 'moments', of: 'x' }];
  const steps = { skip: 0, keep: 32 };
  save('row.npz', hostResult({ ...point, optimizer: { rule: 'gd' }, axes, measures, steps }));

  test('takes the nearest, or so many, in order and once', async () => {
    const { chosen } = await analyzed(
      'row.npz',
      '--at',
      '4e-3',
      '--at',
      '3.0001e-3',
      '--at',
      '4e-3',
    );
    expect(chosen).toEqual([0, 99]); // 4e-3 lies between two columns: the first
    expect((await analyzed('row.npz', '--columns', '3')).chosen).toEqual([28, 85, 141]);
    expect((await analyzed('row.npz')).chosen).toHaveLength(5);
    expect((await analyzed('row.npz', '--columns', '999')).chosen).toHaveLength(170);
  });

  test.each([
    ['row.npz --at five', '--at', 'one number for each axis, eta'],
    ['row.npz --at 1,2', '--at', 'one number for each axis'],
    ['row.npz --at 5', '--at', 'eta goes from 0.003 to 0.0047'],
    ['row.npz --columns 0', '--columns', 'whole number'],
    ['row.npz --columns many', '--columns', '--columns 8'],
    ['point.npz --at 0.1', '--at', 'no axis'],
    ['point.npz --columns 3', '--columns', 'no axis'],
    ['plane.npz --at 0.1', '--at', 'eta,epsilon'],
    ['row.npz --set steps.keep=1', '--set', 'run its spec again'],
    ['nothing.npz', 'nothing.npz', 'no such file'],
    ['text.npz', 'text.npz', ''],
    ['hollow.npz', 'moments_mean', 'no such array'],
  ])('is refused: etascope analyze %s', async (line, where, says) => {
    writeFileSync(path.join(folder, 'text.npz'), 'not a zip');
    const result = hostResult({ ...point, steps: { skip: 0, keep: 32 } });
    const { moments_mean: _, ...arrays } = result.arrays;
    save('hollow.npz', { ...result, arrays });
    const before = namesIn(folder);
    const { exitCode, stdout, stderr } = await inProcess(['analyze', ...line.split(' ')], folder);
    expect(exitCode, stderr).toBe(2);
    expect(stderr).toContain(where);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(namesIn(folder)).toEqual(before);
  });
});

test('a run of two variables is told mode by mode, with the sum of its exponents', async () => {
  const spec = {
    ...point,
    title: 'Matyas',
    objective: {
      variables: ['x', 'y'],
      macro: '0.26 * (x^2 + y^2) - 0.48 * x * y',
      micro: '-cos(x) - cos(y)',
      epsilon: 1e-5,
    },
    optimizer: { rule: 'gd', eta: 0.5 },
    ensemble: {
      orbits: 64,
      initial: { x: { normal: [0, 1.3] }, y: { normal: [0, 1.3] } },
      seed: 2,
    },
    steps: { skip: 500, keep: 2000 },
    measures: [
      { measure: 'moments', of: '(x + y) / sqrt(2)', name: 'slow' },
      { measure: 'moments', of: '(x - y) / sqrt(2)', name: 'fast' },
      { measure: 'density', of: 'x - y', range: [-2, 2], bins: 40 },
      { measure: 'lyapunov', exponents: 2 },
    ],
  };
  writeSpec(folder, spec, 'matyas.json');
  const words = ['run', 'matyas.json', '-o', 'matyas.npz', '-q', '--engine', 'cpu'];
  expect((await inProcess(words, folder)).exitCode).toBe(0);
  const { sections } = await analyzed('matyas.npz');
  const [slow, fast, density, exponents] = sections.map(
    ({ columns }: { columns: readonly unknown[] }) => columns[0],
  );
  expect(slow.exact.variance).toBeCloseTo(3.156566, 6);
  expect(fast.exact.variance).toBeCloseTo(1 / 6, 12);
  expect(fast.gibbs.variance).toBeCloseTo(0.125, 12); // the temperature eta / 4, curvature 1
  for (const { measured, exact, stderr } of [slow, fast]) {
    expect(Math.abs(measured.variance - exact.variance)).toBeLessThan(4.5 * stderr.variance);
  }
  // The sum of the exponents is the mean of log|det|, 2 log(K / 2).
  expect(exponents.theory).toBeCloseTo(2 * Math.log(0.5e5 / 2), 12);
  const [first, second] = exponents.measured;
  const error = Math.hypot(...exponents.stderr);
  expect(Math.abs(first + second - exponents.theory)).toBeLessThan(4.5 * error + 2e-3);
  expect(density.exact.distances.kolmogorov).toBeLessThan(4 * density.exact.floor.kolmogorov);
  expect(density.gibbs.distances.kolmogorov).toBeGreaterThan(0.02); // variances 4/3 apart
  expect(await analyze('matyas.npz')).toMatch(/sum\s+20\.\d+ ± 0\.00\d+\s+20\.2533/);
});

test('what the command itself has run is analyzed as well, also from a pipe', async () => {
  writeSpec(folder, tinySpec, 'tiny.json');
  expect((await inProcess(['run', 'tiny.json', '-o', 'tiny.npz', '-q'], folder)).exitCode).toBe(0);
  const text = await analyze('tiny.npz');
  expect(text).toMatch(/period 1 to 2\s+0\.001998001998\s+1\.998002/);
  const bytes = encodeNpz(hostResult(tinySpec));
  const piped = await inProcess(['analyze', '-'], folder, { input: bytes });
  expect(piped.exitCode).toBe(0);
  expect(piped.stdout).toContain('0.001998001998');
});
