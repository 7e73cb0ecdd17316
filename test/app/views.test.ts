import { afterEach, describe, expect, test, vi } from 'vitest';
import { distances, massesOf } from '../../src/analysis/distance.ts';
import { linearLaw } from '../../src/analysis/linear-law.ts';
import { sineNoise } from '../../src/analysis/noise.ts';
import { parseExplorable } from '../../src/app/explorable.ts';
import { defaultLook } from '../../src/app/look.ts';
import { defaultView, readFragment, writeFragment } from '../../src/app/url-state.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Result } from '../../src/engine/result.ts';
import { axisValue } from '../../src/spec/axis.ts';
import { leastHeld } from '../support/long-tasks.ts';
import { type Explored, explore, fieldOf } from './explored.ts';

const wide = { width: 1440, height: 760 };
let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

const cosine = {
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
  optimizer: { rule: 'gd' },
  ensemble: { orbits: 4, initial: { x: { uniform: [-0.004, 0.004] } }, seed: 1 },
  steps: { skip: 500, keep: 100 },
};
const cascade = {
  ...cosine,
  axes: [{ parameter: 'eta', from: 0, to: 4.6e-3, count: 100 }],
  measures: [
    { measure: 'density', of: 'x', range: [-4e-3, 4e-3], bins: 100 },
    { measure: 'lyapunov' },
    { measure: 'period' },
  ],
};
const chaos = {
  ...cosine,
  objective: { ...cosine.objective, epsilon: 1e-5 },
  axes: [{ parameter: 'eta', from: 0.09, to: 0.11, count: 100 }],
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 100 }, { measure: 'lyapunov' }],
};
const doubleWell = {
  ...cosine,
  objective: { macro: 'x^4/4 - x^2/2', micro: '-cos(x)', epsilon: 1e-3 },
  axes: [{ parameter: 'eta', from: 0.3, to: 0.5, count: 40 }],
  ensemble: { orbits: 32, initial: { x: -1 }, seed: 1 },
  measures: [{ measure: 'escape', when: 'x > 0', horizon: 600, bins: 40 }],
};

async function start(spec: unknown, view = defaultView, size = wide): Promise<Explored> {
  const fragment = writeFragment({ request: parseExplorable(spec), look: defaultLook, view });
  explored = await explore(fragment, { engine: 'cpu' }, size);
  await explored.settle();
  return explored;
}

function viewOf({ root }: Explored, name: string): HTMLElement {
  const view = root.querySelector<HTMLElement>(`[data-view="${name}"]`);
  if (!view) throw new Error(`the page has no view ${name}`);
  return view;
}

/** What the library computes of the spec that is shown. */
async function libraryResult({ session }: Explored): Promise<Result> {
  const own = await createEngine({ engine: 'cpu' });
  const result = await own.run(session.state.request.spec);
  own.dispose();
  return result;
}

function numbersOf({ arrays }: Result, name: string): readonly number[] {
  return Array.from(arrays[name]?.data ?? [], Number);
}

/** Points the pointer at a share of the map. */
function pointAt({ session }: Explored, across: number, up: number): void {
  const { frame } = session.plot;
  const { left, top, width, height } = frame.getBoundingClientRect();
  const [clientX, clientY] = [left + across * width, top + (1 - up) * height];
  const given = { clientX, clientY, bubbles: true, pointerId: 1, pointerType: 'mouse' };
  frame.dispatchEvent(new PointerEvent('pointermove', given));
}

/** Waits until `read` gives something. */
async function eventually<Value>(read: () => Value | undefined | null | false): Promise<Value> {
  return vi.waitFor(
    () => {
      const found = read();
      if (!found) throw new Error('it is not there yet');
      return found;
    },
    { timeout: 10_000, interval: 30 },
  );
}

/** The corners of a path in px of its frame. */
function cornersOf(path: Element | null | undefined): readonly (readonly [number, number])[] {
  const text = path?.getAttribute('d') ?? '';
  return [...text.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

describe('strips under the map', () => {
  test('stand at the pixels of the map, and show the periods of theory with their names', async () => {
    const explorer = await start(cascade);
    const { frame } = explorer.session.plot;
    const strip = viewOf(explorer, 'periods');
    await eventually(() => strip.querySelector('rect[data-period="2"]'));
    const inside = strip.querySelector('.inside')?.getBoundingClientRect();
    const map = frame.getBoundingClientRect();
    expect(Math.abs((inside?.left ?? 0) - map.left)).toBeLessThan(1);
    expect(Math.abs((inside?.right ?? 0) - map.right)).toBeLessThan(1);
    // K = 2 / (1 + epsilon) and 3.442117: design numbers of this very objective, Newton at 50 digits.
    for (const [period, eta] of [
      [2, 1.998001998e-3],
      [4, 3.442116659e-3],
    ] as const) {
      const begins = strip.querySelector(`rect[data-period="${period}"]`)?.getBoundingClientRect();
      const expected = map.left + (eta / 4.6e-3) * map.width;
      // At a doubling itself orbits settle slowly: the period is seen a few columns later.
      expect(Math.abs((begins?.left ?? 0) - expected)).toBeLessThan(0.02 * map.width);
    }
    expect(strip.textContent).toContain('period 2');
    expect(strip.textContent).toContain('none up to 64');
  });

  test('the exponent is that of the result, and beside it stands ln(K / 2)', async () => {
    const explorer = await start(chaos);
    const { session } = explorer;
    const strip = viewOf(explorer, 'exponent');
    const theory = await eventually(() => {
      const path = strip.querySelector('.theory');
      return cornersOf(path).length > 100 && strip.querySelector('.measured')?.getAttribute('d')
        ? path
        : undefined;
    });
    // The two curves share their scale: what lies between them in px is so in the exponent.
    const { spec } = session.state.request;
    const [axis] = spec.axes;
    const ticks = [...strip.querySelectorAll('.chart text')]
      .filter((text) => text.getAttribute('text-anchor') === 'end')
      .map((text) => [
        Number((text.textContent ?? '').replace('−', '-')),
        Number(text.getAttribute('y')),
      ]);
    const [[low = 0, lowY = 0] = [], [high = 1, highY = 1] = []] = [ticks[0], ticks.at(-1)];
    const perPixel = (high - low) / (highY - lowY);
    const value = (y: number) => low + (y + 4 + 4 - lowY) * perPixel; // text 4 below, frame 4 down
    for (const [x, y] of cornersOf(theory)) {
      const width = session.plot.frame.clientWidth;
      const eta = (axis?.from ?? 0) + (x / width) * ((axis?.to ?? 0) - (axis?.from ?? 0));
      expect(Math.abs(value(y) - Math.log(eta / 1e-5 / 2))).toBeLessThan(2 * Math.abs(perPixel));
    }
    const exponents = numbersOf(await libraryResult(explorer), 'lyapunov');
    const measured = cornersOf(strip.querySelector('.measured'));
    expect(measured.length).toBe(exponents.length);
    measured.forEach(([, y], column) => {
      expect(Math.abs(value(y) - (exponents[column] ?? 0))).toBeLessThan(2 * Math.abs(perPixel));
    });
    expect(strip.textContent).toContain('theory');
  });

  test('are there when the panel measures them too, and folded by the link', async () => {
    const { measures, ...rest } = cascade;
    const explorer = await start({ ...rest, measures: measures.slice(0, 1) });
    const { root, session } = explorer;
    expect(viewOf(explorer, 'exponent').hidden).toBe(true);
    fieldOf(root, 'λ').click();
    await explorer.settle();
    const strip = viewOf(explorer, 'exponent');
    expect(session.state.request.spec.measures.map(({ measure }) => measure)).toEqual([
      'density',
      'lyapunov',
    ]);
    expect(strip.hidden).toBe(false);
    strip.querySelector('summary')?.click();
    await eventually(() => session.state.view.folded.includes('exponent'));
    expect(readFragment(location.hash)?.view.folded).toEqual(['exponent']);
    await explorer.settle();
  });
});

describe('exponents without another picture', () => {
  const alone = { ...chaos, measures: [{ measure: 'lyapunov' }] };

  test('have its place, over the axis of the plot, with the theory and the cursor', async () => {
    const explorer = await start(alone);
    const { root, session } = explorer;
    expect(viewOf(explorer, 'exponent').hidden).toBe(true);
    expect(root.querySelector<HTMLElement>('.unpictured')?.hidden).toBe(true);
    const chart = await eventually(() => {
      const found = root.querySelector('.plot .chart');
      return cornersOf(found?.querySelector('.theory')).length > 100 ? found : undefined;
    });
    const exponents = numbersOf(await libraryResult(explorer), 'lyapunov');
    const measured = cornersOf(chart.querySelector('.measured'));
    const { clientWidth: width } = session.plot.frame;
    expect(measured).toHaveLength(exponents.length);
    const theory = cornersOf(chart.querySelector('.theory'));
    measured.forEach(([x], column) => {
      expect(Math.abs(x - ((column + 0.5) / exponents.length) * width)).toBeLessThan(1);
    });
    // Both run over the axis alike: where they end the exponent has grown by ln(0.11 / 0.09).
    const growth = (points: typeof theory) => (points[0]?.[1] ?? 0) - (points.at(-1)?.[1] ?? 0);
    const share = ((exponents.at(-1) ?? 0) - (exponents[0] ?? 0)) / Math.log(0.11 / 0.09);
    expect(Math.abs(growth(measured) / growth(theory) / share - 1)).toBeLessThan(0.03);
    pointAt(explorer, 0.5, 0.5);
    await eventually(() =>
      /η = 0\.1\d*, λ = 8\.\d\d/.test(root.querySelector('.figure-note')?.textContent ?? ''),
    );
  });

  test('zoom along the axis alone, and give way to a density', async () => {
    const explorer = await start(alone);
    const { root, session } = explorer;
    const { left, bottom, width, height } = session.plot.frame.getBoundingClientRect();
    const place = { clientX: left + 0.5 * width, clientY: bottom - 0.5 * height, bubbles: true };
    session.plot.frame.dispatchEvent(new WheelEvent('wheel', { ...place, deltaY: -200 }));
    await explorer.settle();
    const [axis] = session.state.request.spec.axes;
    // The wheel scales by exp(-0.0016 delta).
    expect((axis?.to ?? 0) - (axis?.from ?? 0)).toBeCloseTo(0.02 * Math.exp(-0.32), 3);
    expect(root.querySelector('.plot')?.getAttribute('aria-label')).toMatch(
      /^Curve over η from 0\.09/,
    );
    const ticks = [...root.querySelectorAll('.axes text[text-anchor="end"]')];
    expect(ticks).toEqual([]);
    const request = parseExplorable(chaos);
    location.hash = writeFragment({ request, look: defaultLook, view: defaultView });
    await eventually(
      () => root.querySelector<HTMLElement>('.plot .chart')?.style.display === 'none',
    );
    expect(viewOf(explorer, 'exponent').hidden).toBe(false);
  });
});

describe('views at the cursor', () => {
  test('the density is compared with its laws by the distances of the library', async () => {
    const explorer = await start(chaos);
    pointAt(explorer, 0.5, 0.5);
    const view = viewOf(explorer, 'density');
    const exact = await eventually(() => view.querySelector<HTMLElement>('.law.exact'));
    const gibbs = await eventually(() => view.querySelector<HTMLElement>('.law.gibbs'));
    const { spec } = explorer.session.state.request;
    const result = await libraryResult(explorer);
    const [axis] = spec.axes;
    const [density] = spec.measures;
    if (!axis || density?.measure !== 'density') throw new Error('it has both');
    const column = Math.floor(axis.count / 2); // the pointer is a pixel's half from the middle at most
    const edges = numbersOf(result, 'density_edges');
    const bins = numbersOf(result, 'density').slice(
      column * density.bins,
      (column + 1) * density.bins,
    );
    const law = linearLaw({ curvature: 1, eta: axisValue(axis, column), noise: sineNoise(1) });
    const expected = distances({ bins }, massesOf(law.distribution, edges), edges);
    // The view draws fewer bins: in each of them the greatest gap may hide, 1 / 128 of the law at most.
    expect(Math.abs(Number(exact.dataset.kolmogorov) - expected.kolmogorov)).toBeLessThan(1 / 64);
    expect(Number(exact.dataset.totalVariation)).toBeLessThan(expected.totalVariation);
    // 0.0202 and 0.0099 from one law to the other: design numbers at eta = 0.1.
    const apart = Math.abs(Number(exact.dataset.kolmogorov) - Number(gibbs.dataset.kolmogorov));
    expect(apart).toBeLessThan(0.0125);
    expect(gibbs.dataset.kolmogorov).not.toBe(exact.dataset.kolmogorov);
  });

  test('the orbit obeys x′ = x − η f′(x) from the cursor on, and is said in a sentence', async () => {
    const explorer = await start(cascade);
    pointAt(explorer, 0.86, 0.6);
    const cursor = 0.86 * 4.6e-3;
    const body = await eventually(() => {
      const found = viewOf(explorer, 'cobweb').querySelector<HTMLElement>('.body');
      return Math.abs(Number(found?.dataset.eta) - cursor) < 1e-5 ? found : undefined;
    });
    const eta = Number(body.dataset.eta);
    const orbit: readonly number[] = JSON.parse(body.dataset.orbit ?? '[]');
    expect(orbit.length).toBe(65);
    expect(Math.abs((orbit[0] ?? 0) - 0.2 * 4e-3)).toBeLessThan(2e-5);
    for (let n = 0; n + 1 < orbit.length; n++) {
      const x = orbit[n] ?? 0;
      const next = x - eta * (x + Math.sin(x / 1e-3));
      expect(Math.abs((orbit[n + 1] ?? 0) - next)).toBeLessThan(1e-15);
    }
    // Every second corner of a cobweb lies on the diagonal.
    const web = viewOf(explorer, 'cobweb').querySelector('.chart');
    const [[x0 = 0, y0 = 0] = [], [x1 = 0, y1 = 0] = []] = cornersOf(
      web?.querySelector('.diagonal'),
    );
    const corners = cornersOf(web?.querySelector('.path'));
    expect(corners.length).toBe(128);
    corners.forEach(([x, y], corner) => {
      const onDiagonal = y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
      if (corner % 2 === 1) expect(Math.abs(y - onDiagonal)).toBeLessThan(0.1);
    });
    const spoken = explorer.root.querySelector('.spoken');
    await eventually(() => /^η = 0\.0039\d*, .*λ = 0\.\d\d/.test(spoken?.textContent ?? ''));
  });

  test('escapes are counted as in the result, and the fit is near the mean', async () => {
    const explorer = await start(doubleWell);
    pointAt(explorer, 0.98, 0.5);
    const body = await eventually(() => {
      const found = viewOf(explorer, 'escape').querySelector<HTMLElement>('.body');
      return found?.dataset.time ? found : undefined;
    });
    const [escaped, censored] = [Number(body.dataset.escaped), Number(body.dataset.censored)];
    expect(escaped + censored).toBe(32);
    // The stochastic map takes 29.7 steps at eta = 0.5; 32 orbits tell it to 18 %.
    expect(Number(body.dataset.time)).toBeGreaterThan(29.7 / 2);
    expect(Number(body.dataset.time)).toBeLessThan(29.7 * 2);
  });

  test('cost nothing where they are folded or have no room', async () => {
    const explorer = await start(chaos, defaultView, { width: 900, height: 460 });
    pointAt(explorer, 0.5, 0.5);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const view = viewOf(explorer, 'density');
    expect(view.querySelector('.chart')?.childElementCount).toBe(0);
    explorer.root.querySelector<HTMLElement>('.side-switch')?.click();
    await eventually(() => view.querySelector('.chart path'));
    await explorer.settle();
  });

  test('follow the cursor without holding the page', async () => {
    const explorer = await start(chaos);
    const view = viewOf(explorer, 'density');
    pointAt(explorer, 0.3, 0.5);
    await eventually(() => view.querySelector('.law.exact'));
    const held = await leastHeld(3, async () => {
      for (let step = 0; step < 8; step++) {
        pointAt(explorer, 0.3 + 0.05 * step, 0.5);
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    });
    expect(held).toEqual([]);
  });
});
