import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisValues } from '../../src/spec/axis.ts';
import { columnCount, columnIndices, columnSetting, columnValues } from '../../src/spec/columns.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { changed } from './bad-spec.ts';

const eta = { parameter: 'eta', from: 0, to: 3, count: 3 };
const start = { parameter: 'initial.x', from: -1, to: 1, count: 2 };
const grid = parseSpec(changed({ axes: [eta, start], ensemble: {} }));
const point = parseSpec(changed({ axes: [], optimizer: { eta: 0.25 } }));

describe('axisValues', () => {
  test('are the centres of equal cells', () => {
    const axis = { parameter: 'eta', from: -2, to: 2, count: 4, scale: 'linear' } as const;
    expect([...axisValues(axis)]).toEqual([-1.5, -0.5, 0.5, 1.5]);
    expect([...axisValues({ ...axis, count: 1 })]).toEqual([0]);
  });

  test('on a log scale are the geometric centres of cells of equal ratio', () => {
    const axis = { parameter: 'eta', from: 1e-4, to: 1, count: 4, scale: 'log' } as const;
    const decades = [-3.5, -2.5, -1.5, -0.5];
    [...axisValues(axis)].forEach((value, i) => {
      expect(value / 10 ** (decades[i] ?? 0)).toBeCloseTo(1, 13);
    });
  });

  test('lie inside the axis and grow, on both scales', () => {
    // A count up to 2000 over a span of at least 1e-6: cells of 1e-9, a million times wider than
    // the rounding of a power (some 1e-15 relative).
    const positive = fc.double({ noNaN: true, min: 1e-6, max: 1e6 });
    const count = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(positive, positive, count, (from, width, cells) => {
        for (const scale of ['linear', 'log'] as const) {
          const axis = { parameter: 'eta', from, to: from * (1 + width), count: cells, scale };
          const values = axisValues(axis);
          expect(values).toHaveLength(cells);
          expect(values[0]).toBeGreaterThan(axis.from);
          expect(values.at(-1)).toBeLessThan(axis.to);
          expect(values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0))).toBe(true);
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  test('span the whole range of float64 on a log scale', () => {
    const axis = { parameter: 'eta', from: 1e-300, to: 1e300, count: 3, scale: 'log' } as const;
    const [low = 0, middle = 0, high = 0] = axisValues(axis);
    expect(low / 1e-200).toBeCloseTo(1, 12);
    expect(middle).toBeCloseTo(1, 12);
    expect(high / 1e200).toBeCloseTo(1, 12);
  });
});

describe('columns', () => {
  test('are counted over all axes; without axes there is one', () => {
    expect(columnCount(grid)).toBe(6);
    expect(columnCount(point)).toBe(1);
    expect(columnIndices(point, 0)).toEqual([]);
  });

  test('run row-major: the first axis is the slowest', () => {
    const indices = Array.from({ length: 6 }, (_, column) => columnIndices(grid, column));
    expect(indices).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ]);
  });

  test('have the values of the axes and the fixed ones of the spec', () => {
    const fixed = { epsilon: 1e-3, parameters: { a: 1 } };
    expect(columnSetting(grid, 3)).toEqual({ ...fixed, eta: 1.5, initial: { x: 0.5 } });
    expect(columnSetting(point, 0)).toEqual({ ...fixed, eta: 0.25, initial: {} });
  });

  test('replace a declared parameter by the axis', () => {
    const axes = [{ parameter: 'parameters.a', from: 0, to: 8, count: 4 }];
    const spec = parseSpec(changed({ axes, optimizer: { eta: 0 } }));
    expect(columnSetting(spec, 3).parameters).toEqual({ a: 7 });
    expect(spec.objective.parameters).toEqual({ a: 1 });
  });

  test('give the same numbers as tables and one by one', () => {
    const names = ['eta', 'epsilon', 'parameters.a', 'initial.x'];
    for (const spec of [grid, point]) {
      for (const [first, end] of [
        [0, columnCount(spec)],
        [1, columnCount(spec)],
        [2, 5],
      ] as const) {
        if (end > columnCount(spec)) continue;
        const columns = Array.from({ length: end - first }, (_, i) => first + i);
        const settings = columns.map((column) => columnSetting(spec, column));
        const [etas, epsilons, as, xs] = names.map((name) => columnValues(spec, name, first, end));
        expect([...(etas ?? [])]).toEqual(settings.map((setting) => setting.eta));
        expect([...(epsilons ?? [])]).toEqual(settings.map(({ epsilon }) => epsilon));
        expect([...(as ?? [])]).toEqual(settings.map(({ parameters }) => parameters.a));
        if (spec === grid)
          expect([...(xs ?? [])]).toEqual(settings.map(({ initial }) => initial.x));
        else expect(xs).toBeUndefined();
      }
    }
  });

  test('have no table of what the spec gives no number', () => {
    expect(columnValues(point, 'parameters.b')).toBeUndefined();
    expect(columnValues(point, 'parameters.toString')).toBeUndefined();
    expect(columnValues(point, 'initial.x')).toBeUndefined();
  });
});
