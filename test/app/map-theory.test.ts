import { afterEach, describe, expect, test, vi } from 'vitest';
import { presetRequest, viewportOf, withWindow } from '../../src/app/explorable.ts';
import { unresolvedOf } from '../../src/app/map/resolution.ts';
import { writeFragment } from '../../src/app/url-state.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { placeMarks } from '../../src/view/marks.ts';
import { type Explored, explore } from './explored.ts';

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

/** Descent among the wells of -cos alone, where the axis in K ends at `to`. */
function cosine(unit: 'eta' | 'K', thresholds: boolean, [from, to] = [0, 4.8]): string {
  const epsilon = 0.01;
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: '0', micro: '-cos(x)', epsilon },
    optimizer: { rule: 'gd' },
    axes: [{ parameter: 'eta', from: from * epsilon, to: to * epsilon, count: 100 }],
    ensemble: { orbits: 2, initial: { x: { uniform: [-0.02, 0.02] } }, seed: 1 },
    steps: { skip: 50, keep: 50 },
    measures: [{ measure: 'density', of: 'x', range: [-0.04, 0.04], bins: 100 }],
  });
  const request = presetRequest('period-doubling');
  if (request.kind !== 'density') throw new Error('it is a density');
  const [axis] = spec.axes;
  const [density] = spec.measures;
  if (!axis || density?.measure !== 'density') throw new Error('it has both');
  return writeFragment({
    request: { ...request, spec, axis, density },
    look: { tone: 'rank', map: 'inferno' },
    view: { unit, thresholds, folded: [] },
  });
}

describe('thresholds over the map', () => {
  test('stand at the pixels that theory says, with names that do not overlap', async () => {
    explored = await explore(cosine('K', true), { engine: 'cpu' });
    const { root, session } = explored;
    await vi.waitFor(() => expect(root.querySelectorAll('.marks line').length).toBeGreaterThan(4), {
      timeout: 10_000,
    });
    const { left, width } = session.plot.frame.getBoundingClientRect();
    const lines = [...root.querySelectorAll('.marks line')].map(
      (line) => line.getBoundingClientRect().left - left,
    );
    // Of -cos: the first doubling, the symmetry, two more doublings and the crisis; see the
    // oracles of test/analysis.
    for (const K of [2, Math.PI, 3.445229, 3.531522, 4.6033388]) {
      const nearest = Math.min(...lines.map((x) => Math.abs(x - (K / 4.8) * width)));
      expect(nearest).toBeLessThan(1);
    }
    const labels = [...root.querySelectorAll('.marks text')];
    const names = labels.map(({ textContent }) => textContent);
    for (const name of ['period 2', 'symmetry breaks', 'chaos begins', 'orbits leave the cell']) {
      expect(names).toContain(name);
    }
    const boxes = labels.map((label) => label.getBoundingClientRect());
    for (const [i, one] of boxes.entries()) {
      for (const other of boxes.slice(i + 1)) {
        const isBeside = one.right <= other.left || other.right <= one.left;
        expect(isBeside || one.bottom <= other.top + 1 || other.bottom <= one.top + 1).toBe(true);
      }
    }
    const button = [...root.querySelectorAll<HTMLButtonElement>('.tools button')].find(
      ({ textContent }) => textContent === 'thresholds',
    );
    button?.click();
    expect(session.state.view.thresholds).toBe(false);
    await vi.waitFor(() => expect(root.querySelectorAll('.marks line')).toHaveLength(0));
  });

  test('names that have no room are left out, the first named first', () => {
    const mark = (x: number, name: string) => ({ x, across: x, name });
    const many = Array.from({ length: 30 }, (_, i) => mark(100 + 3 * i, `threshold ${i}`));
    const placed = placeMarks(many, 300, (name) => 6 * name.length);
    const labels = placed.flatMap(({ label, name }) =>
      label ? [{ ...label, to: label.x + 6 * name.length }] : [],
    );
    expect(placed[0]?.label).toBeDefined();
    expect(labels.length).toBeGreaterThan(3);
    expect(labels.length).toBeLessThan(30);
    for (const [i, one] of labels.entries()) {
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.to).toBeLessThanOrEqual(300);
      for (const other of labels.slice(i + 1)) {
        expect(one.row !== other.row || one.to < other.x || other.to < one.x).toBe(true);
      }
    }
  });
});

test('the axis counts in K where that is asked for, at round numbers', async () => {
  explored = await explore(cosine('K', false), { engine: 'cpu' });
  const { root, session } = explored;
  const ticks = () =>
    [...root.querySelectorAll<SVGTextElement>('.axes text[text-anchor="middle"]')].map(
      ({ textContent }) => textContent ?? '',
    );
  await vi.waitFor(() => expect(ticks()).toContain('K = η / ε'), { timeout: 10_000 });
  const numbers = ticks().filter((text) => /^[\d.]+$/.test(text));
  expect(numbers.length).toBeGreaterThan(3);
  expect(numbers[0]).toBe('0');
  const steps = numbers.slice(1).map((text, at) => Number(text) - Number(numbers[at]));
  for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 9);
  expect([0.5, 1]).toContain(steps[0]);
  await explored.settle();
  const [button] = [...root.querySelectorAll<HTMLButtonElement>('.tools button')].filter(
    ({ textContent }) => textContent === 'K',
  );
  button?.click();
  expect(session.state.view.unit).toBe('eta');
  await vi.waitFor(() => expect(ticks()).toContain('η'));
});

describe('a window finer than its arithmetic', () => {
  const request = presetRequest('period-doubling');
  const cells = { columns: 1000, bins: 1000 };
  const window = (width: number, height: number) => ({
    across: { from: 4e-3, to: 4e-3 + width, scale: 'linear' as const },
    up: { from: 1e-3, to: 1e-3 + height, scale: 'linear' as const },
  });
  const unresolved = (
    width: number,
    height: number,
    engine: 'cpu' | 'webgpu',
    precision: 'statistics' | 'float32' | 'float64',
  ) => {
    const viewport = window(width, height);
    const { spec } = withWindow(request, viewport, cells);
    return unresolvedOf(spec, viewport, cells, { engine, precision }, ['up'], 1);
  };

  test('is one whose cells are narrower than two numbers that it tells apart', () => {
    // f32 between 2^-8 and 2^-7 lie 2^-31 apart: columns and kicks of A = 1, eta = 4e-3.
    const ulp = 2 ** -31;
    expect(unresolved(1001 * ulp, 1e-3, 'webgpu', 'statistics')).toEqual([]);
    const [across] = unresolved(999 * ulp, 1e-3, 'webgpu', 'statistics');
    expect(across).toMatchObject({ direction: 'across', resolution: ulp });
    expect(unresolved(1e-3, 1001 * ulp, 'webgpu', 'statistics')).toEqual([]);
    const [up] = unresolved(1e-3, 999 * ulp, 'webgpu', 'statistics');
    expect(up).toMatchObject({ direction: 'up', resolution: ulp });
    // The processor goes far on from there.
    expect(unresolved(999 * ulp, 999 * ulp, 'cpu', 'float64')).toEqual([]);
    const spacings = unresolved(3.8e-15, 3.8e-15, 'cpu', 'float64').map(
      ({ direction }) => direction,
    );
    expect(spacings).toEqual(['across']); // 1e-3 has finer neighbours than 4e-3
  });

  test('says so over the map, with the cure, and no longer when it is left', async () => {
    const deep = withWindow(request, window(1e-15, 1e-3), { columns: 100, bins: 100 });
    const { spec } = deep;
    const small = {
      ...spec,
      ensemble: { ...spec.ensemble, orbits: 2 },
      steps: { skip: 50, keep: 50 },
    };
    const view = { unit: 'eta', thresholds: false, folded: [] } as const;
    const fragment = writeFragment({
      request: { ...deep, spec: small },
      look: { tone: 'rank', map: 'inferno' },
      view,
    });
    explored = await explore(fragment, { engine: 'cpu' });
    const { root, session } = explored;
    const notice = root.querySelector('.resolution');
    expect(notice?.getAttribute('role')).toBe('status');
    await vi.waitFor(() =>
      expect(notice?.textContent).toMatch(/η: a pixel is .*float64.*Zoom out/),
    );
    for (let time = 0; time < 12; time++) {
      session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '-' }));
    }
    await explored.settle();
    await vi.waitFor(() => {
      expect(viewportOf(session.state.request).across.to).toBeGreaterThan(4e-3 + 1e-14);
      expect(notice?.textContent).toBe('');
    }, 10_000);
  });
});
