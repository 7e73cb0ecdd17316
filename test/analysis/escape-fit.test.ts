import { describe, expect, test } from 'vitest';
import { fitExponential, fitWeibull } from '../../src/analysis/escape-fit.ts';
import { logGamma, normalTails } from '../../src/analysis/gamma.ts';
import {
  EXPONENTIAL_GAP_95,
  exponentialProbability,
  goodnessOf,
  survivalOf,
} from '../../src/analysis/goodness.ts';
import { type Wait, waitsOf } from '../../src/analysis/waiting.ts';
import { philox, unitInterval } from '../../src/engine/random.ts';

const forever = Number.POSITIVE_INFINITY;

/** Waits of a Weibull law by inversion, those beyond the horizon censored there. */
function drawn(
  size: number,
  seed: number,
  scale: number,
  shape: number,
  horizon = forever,
): Wait[] {
  const words = new Uint32Array(4);
  return Array.from({ length: size }, (_, orbit) => {
    words.set([orbit, 1, 2, 3]);
    philox(words, seed, 9);
    const share = 1 - unitInterval(words[0] ?? 0, words[1] ?? 0);
    const time = scale * (-Math.log(share)) ** (1 / shape);
    return time > horizon
      ? { from: horizon, to: forever, count: 1 }
      : { from: time, to: time, count: 1 };
  });
}

/** Shares of seeds whose 95 % interval holds the true value. */
function coverage(of: (seed: number) => { value: number; error: number }, truth: number): number {
  const seeds = 200;
  const inside = Array.from({ length: seeds }, (_, seed) => of(seed)).filter(
    ({ value, error }) => Math.abs(value - truth) < 1.96 * error,
  );
  return inside.length / seeds;
}

describe('the functions of statistics', () => {
  test('log Γ has the values of factorials, and the recurrence between them', () => {
    expect(logGamma(1)).toBeCloseTo(0, 14);
    expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 13);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
    for (const x of [0.7, 1.9, 5.3]) {
      expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 13);
    }
  });

  // Abramowitz and Stegun, table 26.2 (doubled).
  test.each([
    [0, 1],
    [1, 0.31731050786291415],
    [1.96, 0.04999579029644087],
    [4, 6.334248366623996e-5],
    [6, 1.973175289e-9],
  ])('%f deviations leave a probability of %f', (deviations, probability) => {
    expect(Math.abs(normalTails(deviations) / probability - 1)).toBeLessThan(1e-9);
  });
});

describe('the exponential fit', () => {
  test('is the time observed over the escapes, with an error of one by the root of their number', () => {
    const waits = [
      { from: 2, to: 2, count: 3 },
      { from: 5, to: 5, count: 1 },
      { from: 9, to: forever, count: 2 },
    ];
    const { time, timeError, logLikelihood } = fitExponential(waits);
    expect(time).toBeCloseTo(29 / 4, 12);
    expect(timeError).toBeCloseTo(29 / 4 / 2, 6);
    expect(logLikelihood).toBeCloseTo(-4 * Math.log(29 / 4) - 4, 12);
  });

  test.each([
    { name: 'all escapes seen', horizon: forever },
    { name: 'half of them censored', horizon: 5 * Math.LN2 },
  ])('covers the truth, $name', ({ horizon }) => {
    const share = coverage((seed) => {
      const { time, timeError } = fitExponential(drawn(200, seed, 5, 1, horizon));
      return { value: time, error: timeError };
    }, 5);
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(0.99);
  });

  test('is no worse off with a histogram of fine bins', () => {
    const waits = drawn(2000, 1, 300, 1, 900);
    const edges = Float64Array.from({ length: 101 }, (_, i) => 10 ** ((3 * i) / 100) - 1);
    const counts = new Float64Array(100);
    for (const { from, to } of waits) {
      if (to === forever) continue;
      const bin = Math.floor((Math.log10(1 + from) / 3) * 100);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const censored = waits.filter(({ to }) => to === forever).length;
    const [exact, binned] = [
      fitExponential(waits),
      fitExponential(waitsOf(counts, edges, censored, 900)),
    ];
    expect(Math.abs(binned.time - exact.time)).toBeLessThan(0.1 * exact.timeError);
    expect(Math.abs(binned.timeError / exact.timeError - 1)).toBeLessThan(0.01);
    const [shape, fine] = [fitWeibull(waits), fitWeibull(waitsOf(counts, edges, censored, 900))];
    expect(Math.abs(fine.shape - shape.shape)).toBeLessThan(0.3 * shape.shapeError);
  });
});

describe('the Weibull fit', () => {
  test.each([
    { shape: 0.6, horizon: forever },
    { shape: 1, horizon: 6 },
    { shape: 2.5, horizon: 6 },
  ])('covers a shape of $shape, observed for $horizon', ({ shape, horizon }) => {
    const share = coverage((seed) => {
      const fit = fitWeibull(drawn(200, seed, 5, shape, horizon));
      return { value: fit.shape, error: fit.shapeError };
    }, shape);
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(0.99);
  });

  test('has the mean of its law, with an error that covers', () => {
    const truth = 5 * Math.exp(logGamma(1 + 1 / 0.6));
    const share = coverage((seed) => {
      const { mean, meanError } = fitWeibull(drawn(300, seed, 5, 0.6));
      return { value: mean, error: meanError };
    }, truth);
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(0.99);
  });

  test('does not change with the unit of time', () => {
    const waits = drawn(50, 3, 5, 1.4, 7);
    const scaled = waits.map((wait) => ({ ...wait, from: 1e6 * wait.from, to: 1e6 * wait.to }));
    const [one, other] = [fitWeibull(waits), fitWeibull(scaled)];
    expect(other.shape).toBeCloseTo(one.shape, 9);
    expect(other.scale / one.scale / 1e6).toBeCloseTo(1, 9);
    expect(other.meanError / one.meanError / 1e6).toBeCloseTo(1, 6);
  });
});

describe('goodness', () => {
  test('rejects one in twenty true exponential laws, by the gap and by the Weibull alternative', () => {
    const seeds = 400;
    let [byGap, byShape] = [0, 0];
    for (let seed = 0; seed < seeds; seed++) {
      const waits = drawn(200, seed, 5, 1);
      const fit = fitExponential(waits);
      if (goodnessOf(waits, survivalOf(fit)).scaledGap > EXPONENTIAL_GAP_95) byGap++;
      if (exponentialProbability(fit, fitWeibull(waits)) < 0.05) byShape++;
    }
    // Binomial with mean 20 and deviation 4.4.
    for (const rejected of [byGap, byShape]) {
      expect(rejected).toBeGreaterThan(6);
      expect(rejected).toBeLessThan(36);
    }
  });

  test('rejects what is not exponential', () => {
    const waits = drawn(400, 5, 5, 1.5, 9);
    const [exponential, weibull] = [fitExponential(waits), fitWeibull(waits)];
    expect(exponentialProbability(exponential, weibull)).toBeLessThan(1e-6);
    expect(goodnessOf(waits, survivalOf(exponential)).scaledGap).toBeGreaterThan(2);
    expect(goodnessOf(waits, survivalOf(weibull)).scaledGap).toBeLessThan(EXPONENTIAL_GAP_95);
  });

  test('knows the product-limit estimate by hand', () => {
    // 4 wait: one escapes at 1 (3/4 stay), one is censored at 2, one escapes at 3 (3/8), one at 4 (0).
    const waits = [1, 3, 4].map((at) => ({ from: at, to: at, count: 1 }));
    const all = [...waits, { from: 2, to: forever, count: 1 }];
    const steps = (time: number) => (time < 1 ? 1 : time < 3 ? 0.75 : time < 4 ? 0.375 : 0);
    expect(goodnessOf(all, steps).gap).toBeCloseTo(0.375, 15); // just before a step it is the step
    expect(goodnessOf(all, () => 0.375).gap).toBeCloseTo(0.625, 15);
  });
});

test('what is no set of waits is refused', () => {
  const good = { from: 1, to: 1, count: 2 };
  expect(() => fitExponential([])).toThrow(/^waits: must hold one wait that ended, got 0/);
  expect(() => fitExponential([{ from: 3, to: forever, count: 9 }])).toThrow(/^waits: /);
  expect(() => fitWeibull([good])).toThrow(/^waits: must hold 2 different waits/);
  expect(() => fitExponential([good, { from: 2, to: 1, count: 1 }])).toThrow(
    /^waits\[1\]: must not/,
  );
  expect(() => fitExponential([{ from: 0, to: 0, count: 1 }])).toThrow(/^waits\[0\]: times/);
  expect(() => fitExponential([{ ...good, count: -1 }])).toThrow(/^waits\[0\]\.count: /);
  expect(() => waitsOf([1, 2], [0, 1], 0, 1)).toThrow(/^counts\.length: /);
});
