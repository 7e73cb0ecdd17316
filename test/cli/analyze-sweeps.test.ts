import { describe, expect, test } from 'vitest';
import { analyze, analyzed, point, save, sectionOf } from './analyzed.ts';
import { hostResult } from './host-result.ts';

describe('a sweep through period doublings of a formula that a user typed', () => {
  const sweep = {
    etascope: 1,
    objective: { variables: ['w'], macro: 'w^2/2', micro: 'sin(w)', epsilon: 1e-3 },
    optimizer: { rule: 'gd' },
    axes: [{ parameter: 'eta', from: 3e-3, to: 4.7e-3, count: 170 }],
    ensemble: { orbits: 3, initial: { w: { uniform: [-0.003, 0] } }, seed: 1 },
    steps: { skip: 2000, keep: 64 },
    measures: [{ measure: 'period' }],
    precision: 'float64',
  };
  save('sweep.npz', hostResult(sweep));

  test('has its doublings to 1e-9 and the ratio of Feigenbaum, cascade and orbits agreeing', async () => {
    const cosine = { ...sweep.objective, micro: '-cos(w)' };
    const whole = [{ ...sweep.axes[0], from: 0 }];
    const initial = { w: { uniform: [-0.004, 0.004] } };
    const ensemble = { ...sweep.ensemble, initial };
    save('cosine.npz', hostResult({ ...sweep, objective: cosine, axes: whole, ensemble }));
    const found = sectionOf(await analyzed('cosine.npz'), 'thresholds');
    // Newton at 50 digits, in units of epsilon.
    const known = [1.998001998001998, 3.442116659012413, 3.509742690959562, 3.524367692117295];
    known.forEach((K, at) => {
      expect(Math.abs(found.doublings[at] / 1e-3 / K - 1)).toBeLessThan(1e-9);
    });
    expect(Math.abs(found.ratios.at(-1) / 4.66920160910299 - 1)).toBeLessThan(1e-3 / 4.669);
    expect(found.thresholds[1].kind).toBe('symmetry-breaking'); // and no doubling
    // Where cos u = -epsilon on the symmetric cycle, eta (epsilon u + sin u) = 2 epsilon u: pi as epsilon -> 0.
    const u = Math.acos(-1e-3);
    expect(found.thresholds[1].K).toBeCloseTo((2 * u) / (1e-3 * u + Math.sin(u)), 9);
    for (const { period, between, refined } of found.seen.slice(0, 2)) {
      const at = [1, 2].indexOf(period);
      expect(refined / 1e-3 / (known[at] ?? 0)).toBeCloseTo(1, 9);
      expect(between[0]).toBeLessThan(refined * 1.01);
      expect(between[1]).toBeGreaterThan(refined * (1 - 1e-4)); // an orbit can look doubled so near
    }
    expect(found.seen.length).toBeGreaterThanOrEqual(2);
    const [crisis] = [found.crisis.eta / 1e-3];
    expect(crisis).toBeGreaterThan(4.59); // 4.6033388 for epsilon -> 0
    expect(crisis).toBeLessThan(4.6033388);
  });

  test('shows a window with its edges', async () => {
    const objective = { ...sweep.objective, micro: '-cos(w)' };
    const axes = [{ parameter: 'eta', from: 4.02e-3, to: 4.05e-3, count: 12 }];
    const ensemble = { ...sweep.ensemble, initial: { w: { uniform: [-0.003, 0.003] } } };
    save('window.npz', hostResult({ ...sweep, objective, axes, ensemble }));
    const [window] = sectionOf(await analyzed('window.npz'), 'thresholds').windows;
    // 4.0302863 to 4.0346116 for epsilon -> 0; K shrinks by some epsilon.
    expect(window.period).toBe(3);
    expect(Math.abs(window.from / 4.0302863e-3 - 1)).toBeLessThan(1.5e-3);
    expect(Math.abs(window.to / 4.0346116e-3 - 1)).toBeLessThan(1.5e-3);
  });

  test('names the minimum whose cycle it followed, in a tilted well', async () => {
    const text = await analyze('sweep.npz');
    expect(text).toMatch(/thresholds of the cycle about the minimum at -0\.00156/); // -pi/2 epsilon
    expect(text).toMatch(/period 2 to 4\s+0\.0034/);
    expect(text).not.toContain('period 1 to 2'); // it lies off the axis
  });
});

describe('escapes from a well', () => {
  const leaving = {
    ...point,
    objective: { macro: 'x^4/4 - x^2/2', micro: '-cos(x)', epsilon: 1e-6 },
    optimizer: { rule: 'gd' },
    axes: [{ parameter: 'eta', from: 0.25, to: 0.55, count: 3 }],
    ensemble: { orbits: 400, initial: { x: { normal: [-1, 1e-3] } }, seed: 3 },
    steps: { skip: 0, keep: 10 },
    measures: [{ measure: 'escape', when: 'x > 0', horizon: 1500 }],
  };
  save('escape.npz', hostResult(leaving));

  test('are fitted with those that stayed, beside exact times and the exponent', async () => {
    const found = sectionOf(await analyzed('escape.npz'), 'escape');
    const [slow, , fast] = found.columns;
    expect(slow.eta).toBeCloseTo(0.3, 12);
    expect(slow.exact / 353.465).toBeCloseTo(1, 3); // starts about -1: the stochastic map's time
    expect(fast.eta).toBeCloseTo(0.5, 12);
    expect(fast.exact / 29.7073).toBeCloseTo(1, 3);
    for (const { exponential, mean, stderr, exact, exponent, stayed, kramers } of found.columns) {
      // Where some stayed, the mean of those that escaped is too short.
      const [time, error] = stayed > 0 ? [exponential.time, exponential.timeError] : [mean, stderr];
      expect(Math.abs(time - exact)).toBeLessThan(4 * error);
      expect(exponent).toBeCloseTo(1.1171045, 6);
      expect(kramers).toBeGreaterThan(exact);
    }
    expect(slow.kramers / 415.1).toBeCloseTo(1, 3);
    const { slope, slopeError, exact } = found.slope;
    expect(Math.abs(slope - exact)).toBeLessThan(4 * slopeError + 0.02); // a line through three points
    expect(exact).toBeGreaterThan(1.1171045); // the exponent is that of eta -> 0
  });

  test('are told from the times of all orbits as from their histogram', async () => {
    const [request] = leaving.measures;
    const { axes: _, ...rest } = leaving;
    const spec = { ...rest, optimizer: { rule: 'gd', eta: 0.4 } };
    save('binned.npz', hostResult(spec));
    save('exact.npz', hostResult({ ...spec, measures: [{ ...request, times: true }] }));
    const [binned] = sectionOf(await analyzed('binned.npz'), 'escape').columns;
    const [exact] = sectionOf(await analyzed('exact.npz'), 'escape').columns;
    expect(exact.exponential.time).toBeCloseTo(exact.mean, 6);
    expect(Math.abs(binned.exponential.time / exact.exponential.time - 1)).toBeLessThan(0.01);
    expect(Math.abs(binned.weibull.shape / exact.weibull.shape - 1)).toBeLessThan(0.03);
  });

  test('are warned of where the way up is too steep for the noise', async () => {
    const objective = { ...leaving.objective, micro: '-cos(x) / 3' };
    const axes = [{ parameter: 'eta', from: 0.25, to: 0.55, count: 1 }];
    save(
      'steep.npz',
      hostResult({ ...leaving, objective, axes, ensemble: { ...leaving.ensemble, orbits: 4 } }),
    );
    const { warnings, sections } = await analyzed('steep.npz');
    expect(warnings.join()).toMatch(/1\.15 times the largest force/); // 3 * 2 / sqrt(27)
    expect(sections[0].columns[0].exponent).toBeNull(); // infinite
  });
});
