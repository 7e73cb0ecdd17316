import { describe, expect, test } from 'vitest';
import { momentumThresholds } from '../../src/analysis/momentum.ts';
import { analyze, analyzed, folder, point, sectionOf } from './analyzed.ts';
import { inProcess, writeSpec } from './command-line.ts';

/** Runs a spec on the processor and says what its analysis is called. */
async function run(name: string, spec: unknown): Promise<string> {
  writeSpec(folder, spec, `${name}.json`);
  const words = ['run', `${name}.json`, '-o', `${name}.npz`, '-q', '--engine', 'cpu'];
  const { exitCode, stderr } = await inProcess(words, folder);
  expect(exitCode, stderr).toBe(0);
  return `${name}.npz`;
}

const global = {
  ...point,
  ensemble: { ...point.ensemble, orbits: 64 },
  steps: { skip: 500, keep: 4000 },
};

describe('global chaos with momentum', () => {
  test.each([
    // Autoregressions of second order, by hand.
    { rule: 'heavy-ball', variance: 0.0517241379, first: Math.log(1e4 / 2), sum: Math.log(0.5) },
    {
      rule: 'nesterov',
      variance: 0.0470778805,
      first: Math.log((1.5 * 1e4) / 2),
      sum: Math.log(0.5) + Math.log(1e4 / 2),
    },
  ])('is told beside the exact law of $rule', async ({ rule, variance, first, sum }) => {
    const [moments, density] = point.measures;
    const file = await run(rule, {
      ...global,
      optimizer: { rule, eta: 0.1, momentum: 0.5 },
      measures: [moments, density, { measure: 'lyapunov', exponents: 2 }],
    });
    const analysis = await analyzed(file);
    const [told] = sectionOf(analysis, 'moments').columns;
    expect(told.exact.variance).toBeCloseTo(variance, 7);
    expect(told.gibbs.variance).toBeCloseTo(0.05, 12); // eta sigma^2 / (2 (1 - b))
    for (const statistic of ['mean', 'variance', 'skewness', 'kurtosis']) {
      const off = Math.abs(told.measured[statistic] - told.exact[statistic]);
      expect(off, statistic).toBeLessThan(4.5 * told.stderr[statistic]);
    }
    const [{ exact, gibbs }] = sectionOf(analysis, 'density').columns;
    expect(exact.distances.kolmogorov).toBeLessThan(2 * exact.cautiousFloor.kolmogorov);
    expect(gibbs.distances.totalVariation).toBeGreaterThan(exact.distances.totalVariation);
    const [exponents] = sectionOf(analysis, 'lyapunov').columns;
    expect(exponents.theories[0]).toBeCloseTo(first, 12);
    expect(exponents.theory).toBeCloseTo(sum, 12);
    const [one, two] = exponents.measured;
    expect(Math.abs(one - first)).toBeLessThan(4.5 * exponents.stderr[0] + 2e-3);
    expect(Math.abs(one + two - sum)).toBeLessThan(4.5 * Math.hypot(...exponents.stderr) + 2e-3);
    const text = await analyze(file);
    expect(text).toContain(`${rule}, eta = 0.1, momentum = 0.5\n`);
    expect(text).toContain('effective temperature');
    expect(text).not.toContain('known for gradient descent');
  });
});

describe('the stochastic map itself', () => {
  test('has its exact law at any epsilon, and the exponent of the linear map', async () => {
    const objective = { ...point.objective, epsilon: 0.5 };
    const optimizer = { rule: 'stochastic-map', eta: 0.1 };
    const file = await run('drawn', { ...global, objective, optimizer });
    const analysis = await analyzed(file);
    expect(analysis.warnings).toEqual([]);
    const [told] = sectionOf(analysis, 'moments').columns;
    expect(told.exact.variance).toBeCloseTo(0.02631578947368421, 14);
    const off = Math.abs(told.measured.variance - told.exact.variance);
    expect(off).toBeLessThan(4.5 * told.stderr.variance);
    const [exponents] = sectionOf(analysis, 'lyapunov').columns;
    expect(exponents.theory).toBeCloseTo(Math.log(0.9), 12);
    expect(exponents.measured[0]).toBeCloseTo(Math.log(0.9), 9);
    const text = await analyze(file);
    expect(text).toContain('of the stochastic map itself, at any epsilon');
    expect(text).not.toContain('as epsilon -> 0');
  });

  test('leaves a well after the exact time', async () => {
    const file = await run('leaving', {
      ...global,
      objective: { macro: 'x^4/4 - x^2/2', micro: '-cos(x)', epsilon: 0.1 },
      optimizer: { rule: 'stochastic-map', eta: 0.5 },
      ensemble: { orbits: 2000, initial: { x: -1 }, seed: 3 },
      steps: { skip: 0, keep: 10 },
      measures: [{ measure: 'escape', when: 'x > 0', horizon: 2000 }],
    });
    const [told] = sectionOf(await analyzed(file), 'escape').columns;
    expect(told.exact / 29.7073).toBeCloseTo(1, 4);
    expect(Math.abs(told.mean - told.exact)).toBeLessThan(4 * told.stderr);
  });

  test('has no cycles, and so no thresholds', async () => {
    const file = await run('drawn-sweep', {
      ...global,
      optimizer: { rule: 'stochastic-map' },
      axes: [{ parameter: 'eta', from: 0.1, to: 0.4, count: 3 }],
      steps: { skip: 10, keep: 64 },
      measures: [{ measure: 'moments', of: 'x' }],
    });
    expect(sectionOf(await analyzed(file), 'thresholds')).toBeUndefined();
  });
});

test('no law and no threshold of gradient descent is claimed for the flow', async () => {
  const [moments, density] = point.measures;
  writeSpec(
    folder,
    {
      ...global,
      optimizer: { rule: 'gradient-flow' },
      axes: [{ parameter: 'eta', from: 0.1, to: 0.4, count: 2 }],
      steps: { skip: 10, keep: 64 },
      measures: [moments, density, { measure: 'lyapunov' }, { measure: 'period' }],
    },
    'flow.json',
  );
  // Of no engine named, the processor's takes it.
  const ran = await inProcess(['run', 'flow.json', '-o', 'flow.npz', '-q'], folder);
  expect(ran.exitCode, ran.stderr).toBe(0);
  const analysis = await analyzed('flow.npz');
  expect(sectionOf(analysis, 'thresholds')).toBeUndefined();
  expect(sectionOf(analysis, 'moments').columns[0]).toMatchObject({ exact: null, gibbs: null });
  expect(sectionOf(analysis, 'lyapunov').columns[0].theories).toBeNull();
  expect(await analyze('flow.npz')).toContain('the flow takes no kicks');
});

describe('the thresholds of a sweep with momentum', () => {
  test.each(
    (['heavy-ball', 'nesterov'] as const).flatMap((rule) =>
      [-0.3, 0.2, 0.5].map((momentum) => ({ rule, momentum })),
    ),
  )('$rule, b = $momentum: K1, the breaking of symmetry and K2', async ({ rule, momentum }) => {
    const known = momentumThresholds(rule, momentum);
    const all = [known.doubling, known.symmetryBreaking, known.secondDoubling];
    const [least, , most] = all.map((K) => K * 1e-3) as [number, number, number];
    const file = await run(`sweep-${rule}-${momentum}`, {
      ...point,
      objective: { macro: '0', micro: '-cos(x)', epsilon: 1e-3 },
      optimizer: { rule, momentum },
      axes: [{ parameter: 'eta', from: 0.97 * least, to: 1.005 * most, count: 60 }],
      ensemble: { orbits: 3, initial: { x: { uniform: [1e-4, 5e-4] } }, seed: 1 },
      steps: { skip: 4000, keep: 64 },
      measures: [{ measure: 'period' }],
    });
    const found = sectionOf(await analyzed(file), 'thresholds');
    found.thresholds.slice(0, 3).forEach(({ K, isOnAxis }: Record<string, number>, at: number) => {
      expect(Math.abs((K ?? 0) / (all[at] ?? 0) - 1)).toBeLessThan(1e-6);
      expect(isOnAxis).toBe(true);
    });
    expect(found.thresholds[1].kind).toBe('symmetry-breaking');
    // The first doubling, as the orbits show it.
    const [first] = found.seen.filter(({ period }: { period: number }) => period === 1);
    expect(first.between[0]).toBeLessThan(least * 1.001);
    expect(first.between[1]).toBeGreaterThan(least * 0.999);
    if (momentum === 0.5) {
      const text = await analyze(file);
      expect(text).toMatch(/period 2 loses its symmetry/);
      expect(text).toContain('without momentum alone');
    }
  });
});
