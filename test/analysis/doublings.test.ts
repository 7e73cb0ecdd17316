import { describe, expect, test } from 'vitest';
import { doublingCascade, FEIGENBAUM } from '../../src/analysis/doublings.ts';
import { RequestError } from '../../src/spec/errors.ts';

const formula = (macro: string, micro = '', epsilon?: number) => ({
  variables: ['x'],
  macro,
  micro,
  ...(epsilon === undefined ? {} : { epsilon }),
  parameters: {},
});

describe('the doublings of', () => {
  // Newton at 50 digits; of the logistic map also May 1976: 1 + eta = 3, 1 + sqrt(6), 3.5440904.
  test.each([
    {
      name: '-cos(u), eps -> 0',
      objective: formula('0', '-cos(x)', 1),
      start: 0.3,
      unit: 1,
      doublings: [
        2, 3.445229223301312, 3.512892464751566, 3.527525371240749, 3.530665378814835,
        3.531338163415977, 3.531482266324667,
      ],
      accumulation: 3.531521541,
    },
    {
      name: 'x^2/2 - eps cos(x/eps), eps = 1e-3',
      objective: formula('x^2 / 2', '-cos(x)', 1e-3),
      start: 2e-4,
      unit: 1e-3,
      doublings: [
        1.998001998001998, 3.442116659012413, 3.509742690959562, 3.524367692117295,
        3.52750600989745, 3.528178432739212, 3.528322458176899,
      ],
      accumulation: 3.528361712,
    },
    {
      name: 'x^3/3 - x^2/2, the logistic map',
      objective: formula('x^3 / 3 - x^2 / 2'),
      start: 0.7,
      unit: 1,
      doublings: [2, 2.4494897427832, 2.5440903595519, 2.5644072660954, 2.5687594195438],
      accumulation: 2.56994567186,
    },
    {
      name: '(x^2 - 1)^2 / 4 in one well',
      objective: formula('(x^2 - 1)^2 / 4'),
      start: 0.7,
      unit: 1,
      doublings: [1, 1.2360679774998],
      accumulation: undefined,
    },
  ])('$name are at the known rates', ({ objective, start, unit, doublings, accumulation }) => {
    const found = doublingCascade(objective, start, 8);
    expect(found.isComplete).toBe(true);
    doublings.forEach((known, at) => {
      const relative = (found.doublings[at] ?? 0) / unit / known - 1;
      expect(Math.abs(relative)).toBeLessThan(1e-12); // the shorter numbers have 13 digits
    });
    if (accumulation) {
      const eta = (found.accumulation?.eta ?? 0) / unit;
      expect(Math.abs(eta - accumulation)).toBeLessThan(1e-9);
    }
    expect(found.accumulation?.error).toBeLessThan(1e-8 * unit);
    // Seven ratios by eight doublings: the last is at Feigenbaum's constant to 1e-4.
    expect(found.ratios).toHaveLength(6);
    expect(Math.abs((found.ratios.at(-1) ?? 0) - FEIGENBAUM)).toBeLessThan(2e-4);
  });

  test('-cos(u) have the known ratios from the second on', () => {
    const { ratios } = doublingCascade(formula('0', '-cos(x)', 1), 0.1, 7);
    [4.624, 4.66015, 4.66718, 4.66878].forEach((known, at) => {
      expect(Math.abs((ratios[at + 1] ?? 0) - known)).toBeLessThan(5.1e-5);
    });
  });

  test('the logistic map accumulate at r = 3.569945671870944901842, by twelve of them', () => {
    const { accumulation } = doublingCascade(formula('x^3 / 3 - x^2 / 2'), 0.7, 12); // OEIS A098587
    expect(Math.abs((accumulation?.eta ?? 0) - 2.569945671870945)).toBeLessThan(1e-13);
  });

  test('a map without symmetry come without a breaking of it', () => {
    const { thresholds } = doublingCascade(formula('exp(x) - 2 * x'), 0, 5);
    expect(thresholds.map(({ kind }) => kind)).toEqual(Array(5).fill('doubling'));
    expect(thresholds.map(({ period }) => period)).toEqual([1, 2, 4, 8, 16]);
    expect(thresholds[0]?.x).toBeCloseTo(Math.LN2, 14);
    expect(thresholds[0]?.eta).toBeCloseTo(1, 14); // 2 / exp(ln 2)
  });

  test('formulas of the user follow its parameters', () => {
    // a (x^3/3 - x^2/2) at eta is x^3/3 - x^2/2 at a eta.
    const objective = { ...formula('a * (x^3 / 3 - x^2 / 2)'), parameters: { a: 4 } };
    expect(doublingCascade(objective, 0.7, 2).doublings[1]).toBeCloseTo(Math.sqrt(6) / 4, 13);
  });
});

describe('the symmetry of a cycle', () => {
  test('breaks at K = pi, between the first doubling and the second', () => {
    const { thresholds } = doublingCascade(formula('0', '-cos(x)', 1), 0.3, 2);
    expect(thresholds.map(({ kind, period }) => [kind, period])).toEqual([
      ['doubling', 1],
      ['symmetry-breaking', 2],
      ['doubling', 2],
    ]);
    expect(thresholds[1]?.eta).toBeCloseTo(Math.PI, 13);
    expect(Math.abs(thresholds[1]?.x ?? 0)).toBeCloseTo(Math.PI / 2, 12);
    expect(thresholds[2]?.eta).toBeCloseTo(Math.sqrt(Math.PI ** 2 + 2), 13);
  });

  test('breaks about a centre that is not 0 alike', () => {
    const moved = doublingCascade(formula('0', '-cos(x - 5)', 1), 5.2, 2);
    expect(moved.thresholds[1]?.kind).toBe('symmetry-breaking');
    expect(moved.thresholds[1]?.eta).toBeCloseTo(Math.PI, 12);
  });
});

describe('what has no cascade', () => {
  test('is refused', () => {
    const of =
      (macro: string, start = 0.5) =>
      () =>
        doublingCascade(formula(macro), start, 2);
    expect(of('x')).toThrow(/^start: descent from here finds no minimum/);
    expect(of('x^3 / 3 - x^2 / 2', -1)).toThrow(/^start: descent/);
    expect(of('x^4')).toThrow(/^start: descent/); // its curvature is 0: no finite threshold
    expect(of('x^2', Number.NaN)).toThrow(RequestError);
    expect(of('x +')).toThrow(/^objective\.macro: /);
    expect(() => doublingCascade(formula('x^2', 'cos(x)'), 0, 2)).toThrow(/^objective\.epsilon: /);
    expect(() => doublingCascade(formula('x^2'), 0.5, 0)).toThrow(/^doublings: /);
    expect(() => doublingCascade(formula('x^2'), 0.5, 15)).toThrow(/^doublings: are told apart/);
    const two = { ...formula('x^2 + y^2'), variables: ['x', 'y'] };
    expect(() => doublingCascade(two, 0.5, 2)).toThrow(/^objective\.variables: /);
  });

  test('ends where it loses its branch: a quadratic objective diverges beyond its one threshold', () => {
    const { doublings, isComplete, accumulation } = doublingCascade(formula('x^2'), 0.5, 3);
    expect([...doublings]).toEqual([1]);
    expect(isComplete).toBe(false);
    expect(accumulation).toBeUndefined();
  });
});
