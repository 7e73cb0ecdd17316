import { afterEach, describe, expect, test, vi } from 'vitest';
import { viewportOf } from '../../src/app/explorable.ts';
import type { StudioOptions } from '../../src/app/studios.ts';
import { readFragment } from '../../src/app/url-state.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { paintDensity } from '../../src/export/picture.ts';
import { canonicalJson } from '../../src/spec/canonical.ts';
import { requestsOf } from '../../src/spec/measures/registry.ts';
import { shareAt, valueAt } from '../../src/view/viewport.ts';
import { isEqual, pixelsOf, steadyPixels } from '../support/canvas-pixels.ts';
import { type Explored, explore, fieldOf, smallFragment, type } from './explored.ts';
import { watchGpu } from './watched-gpu.ts';

const logistic = smallFragment('logistic', { tone: 'linear', map: 'grey' });

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

async function start(
  fragment = logistic,
  options: StudioOptions = { engine: 'webgpu' },
): Promise<Explored> {
  explored = await explore(fragment, options);
  await explored.settle();
  return explored;
}

/** For what the page does whatever computes: a software GPU takes several times as long. */
const onProcessor = { engine: 'cpu' } as const;

/** Dispatches a mouse event at a place of the picture, in shares from its lower left. */
function at(explorer: Explored, across: number, up: number): MouseEventInit {
  const { left, bottom, width, height } = explorer.session.plot.frame.getBoundingClientRect();
  return { clientX: left + across * width, clientY: bottom - up * height, bubbles: true };
}

function windowOf({ session }: Explored) {
  return viewportOf(session.state.request);
}

describe('the explorer', () => {
  test('shows, pixel for pixel, the picture that the library paints', async () => {
    const { session, canvas } = await start();
    const { spec } = session.state.request;
    const { cells } = session.plot;
    expect([canvas.width, canvas.height]).toEqual([cells.columns, cells.bins]);
    expect([spec.axes[0]?.count, requestsOf(spec.measures, 'density')[0]?.request.bins]).toEqual([
      cells.columns,
      cells.bins,
    ]);
    session.plot.render();
    const drawn = pixelsOf(canvas);
    const engine = await createEngine({ engine: 'webgpu' });
    const picture = paintDensity(await engine.run(spec), session.state.look);
    engine.dispose();
    // Linear tone in grey: f32 against float64 moves a shade by one at most.
    let largest = 0;
    for (let pixel = 0; pixel < canvas.width * canvas.height; pixel++) {
      largest = Math.max(largest, Math.abs((drawn[3 * pixel] ?? 0) - (picture.data[pixel] ?? 0)));
    }
    expect(largest).toBeLessThanOrEqual(1);
    expect(drawn.includes(255)).toBe(true);
  });

  test('zooms by the wheel about the pointer, and computes the new window at full size', async () => {
    const explorer = await start(logistic, onProcessor);
    const { canvas } = explorer;
    const { cells } = explorer.session.plot;
    const before = windowOf(explorer);
    const held = valueAt(before.across, 0.75);
    const heldUp = valueAt(before.up, 0.6);
    canvas.dispatchEvent(new WheelEvent('wheel', { ...at(explorer, 0.75, 0.6), deltaY: -200 }));
    expect(explorer.root.dataset.state).toBe('computing');
    await explorer.settle();
    const after = windowOf(explorer);
    expect((after.across.to - after.across.from) / 1.2).toBeCloseTo(Math.exp(-0.32), 3);
    // Within the rounding of the pointer to pixels and of the window to a hundredth of a cell.
    expect(Math.abs(shareAt(after.across, held) - 0.75) * cells.columns).toBeLessThan(1);
    expect(Math.abs(shareAt(after.up, heldUp) - 0.6) * cells.bins).toBeLessThan(1);
    expect(explorer.session.state.request.axis?.count).toBe(cells.columns);
    expect(explorer.session.state.request.density?.bins).toBe(cells.bins);
  });

  test('pans as the pointer drags, and shows the old picture moved at once', async () => {
    const explorer = await start(smallFragment('logistic', { tone: 'rank', map: 'grey' }));
    const { canvas } = explorer;
    const { plot } = explorer.session;
    plot.render();
    const before = pixelsOf(canvas);
    const { across } = windowOf(explorer);
    const { width } = canvas.getBoundingClientRect();
    const shift = 40; // px
    const pointer = { pointerId: 1, button: 0 };
    const grab = at(explorer, 0.5, 0.5);
    canvas.dispatchEvent(new PointerEvent('pointerdown', { ...grab, ...pointer }));
    const moved = { ...grab, ...pointer, clientX: (grab.clientX ?? 0) - shift };
    canvas.dispatchEvent(new PointerEvent('pointermove', moved));
    plot.render();
    const during = pixelsOf(canvas);
    const row = Math.floor(canvas.height / 2) * canvas.width;
    const line = (pixels: Uint8Array, from: number) =>
      Array.from({ length: 300 }, (_, i) => pixels[3 * (row + from + i)]);
    const step = Math.round((shift * canvas.width) / width);
    expect(line(during, 150)).toEqual(line(before, 150 + step));
    expect(new Set(line(during, 150)).size).toBeGreaterThan(5); // there is something that moved
    canvas.dispatchEvent(new PointerEvent('pointerup', moved));
    await explorer.settle();
    const after = windowOf(explorer);
    const expected = (shift / width) * (across.to - across.from);
    expect(after.across.from - across.from).toBeCloseTo(expected, 4);
    expect(after.across.to - across.to).toBeCloseTo(expected, 4);
  });

  test('obeys the keyboard: arrows pan, + and - zoom, 0 goes back', async () => {
    const explorer = await start(logistic, onProcessor);
    const { element } = explorer.session.plot;
    const before = windowOf(explorer);
    const press = async (key: string) => {
      element.dispatchEvent(new KeyboardEvent('keydown', { key }));
      await explorer.settle();
      return windowOf(explorer);
    };
    const panned = await press('ArrowUp');
    expect(shareAt(before.up, panned.up.from)).toBeCloseTo(0.1, 4);
    const zoomed = await press('+');
    expect((zoomed.across.to - zoomed.across.from) / 1.2).toBeCloseTo(1 / 1.25, 4);
    expect(await press('0')).toEqual(before);
    expect(element.tabIndex).toBe(0);
    expect(element.getAttribute('aria-label')).toContain(
      'Density of x from 0 to 1.4, over η from 1.8',
    );
  });

  test('keeps the whole state in the address, and follows an address that is put there', async () => {
    const explorer = await start(logistic, onProcessor);
    explorer.session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
    await explorer.settle();
    const { state } = explorer.session;
    expect(readFragment(location.hash)).toEqual(state);
    const kept = location.hash;
    await explorer.end();

    const again = await start(kept, onProcessor);
    expect(canonicalJson(again.session.state.request.spec)).toBe(canonicalJson(state.request.spec));
    expect(again.session.state.look).toEqual({ tone: 'linear', map: 'grey' });
    location.hash = smallFragment('period-doubling', { tone: 'rank', map: 'magma' });
    await vi.waitFor(() => expect(again.root.dataset.state).toBe('computing'));
    await again.settle();
    expect(again.root.querySelector('h1')?.textContent).toMatch(/period doublings/);
    expect(again.session.state.look.map).toBe('magma');
  });

  test('says what is wrong with a formula beside it, keeps the picture, and recovers', async () => {
    const explorer = await start(logistic, onProcessor);
    const { root, session, canvas } = explorer;
    const { state } = session;
    const before = await steadyPixels(session.plot, canvas);
    type(fieldOf(root, 'macro'), 'x^3 / 3 - x^ / 2');
    const fault = root.querySelector('.panel .fault');
    expect(fault?.getAttribute('role')).toBe('alert');
    expect(fault?.previousElementSibling).toBe(fieldOf(root, 'macro').closest('.lil-controller'));
    const [line = '', caret = ''] = fault?.querySelector('pre')?.textContent?.split('\n') ?? [];
    expect(line[caret.indexOf('^')]).toBe('/'); // where an operand is missing
    expect(session.state).toBe(state);
    session.plot.render();
    expect(isEqual(pixelsOf(canvas), before)).toBe(true);

    type(fieldOf(root, 'macro'), 'x^3 / 3 - a * x^2 / 2');
    expect(root.querySelector('.panel .fault')?.textContent).toMatch(/unknown/);
    type(fieldOf(root, 'macro'), 'x^3 / 3 - x^2 / 2');
    expect(root.querySelector('.fault')).toBeNull();
    type(fieldOf(root, 'new parameter'), 'a = 0.5');
    await explorer.settle();
    type(fieldOf(root, 'macro'), 'x^3 / 3 - a * x^2');
    await explorer.settle();
    expect(session.state.request.spec.objective).toMatchObject({
      macro: 'x^3 / 3 - a * x^2',
      parameters: { a: 0.5 },
    });
    expect(fieldOf(root, 'a').value).toBe('0.5');
  });

  test('says what is wrong with a field at that field', async () => {
    const { root, session } = await start(logistic, onProcessor);
    const { state } = session;
    type(fieldOf(root, 'η from'), '5');
    expect(root.querySelector('.panel .fault')?.textContent).toContain(
      'to must be greater than from',
    );
    type(fieldOf(root, 'keep steps'), '0');
    expect(root.querySelectorAll('.fault')).toHaveLength(1);
    expect(session.state).toBe(state);
  });

  test('shows the warnings of a precision, and stays at the size it had', async () => {
    const { root, session, settle } = await start();
    const { cells } = session.plot;
    const select = fieldOf(root, 'precision');
    select.value = 'float32';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => expect(session.state.request.spec.precision).toBe('float32'));
    await settle();
    expect(root.querySelector('footer .warning')?.textContent).toMatch(/short cycles/);
    // A footer that grew would shrink the plot, which would be computed again, and so on.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(root.dataset.state).toBe('done');
    expect(session.plot.cells).toEqual(cells);
  });

  test('opens with a default picture where the link is broken, and says so', async () => {
    explored = await explore('#s=AAAA');
    const { root, session } = explored;
    expect(root.querySelector('.notices .fault')?.textContent).toContain('the link');
    expect(session.state.request.spec.title).toMatch(/period doublings/);
    root.querySelector<HTMLButtonElement>('.notices .close')?.click();
    expect(root.querySelector('.fault')).toBeNull();
  });

  test('changes tone and colours of the picture that is there', async () => {
    const { root, session, canvas } = await start();
    const drawn = () => {
      session.plot.render();
      return pixelsOf(canvas);
    };
    const linear = drawn();
    const select = fieldOf(root, 'tone');
    select.value = 'rank';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(root.dataset.state).toBe('done'); // nothing is computed again
    const rank = drawn();
    const brightness = (pixels: Uint8Array) => pixels.reduce((sum, byte) => sum + byte, 0);
    expect(brightness(rank)).toBeGreaterThan(2 * brightness(linear));
    expect(readFragment(location.hash)?.look).toEqual({ tone: 'rank', map: 'grey' });
  });

  test('holds one picture on the device however often the window moves, and none in the end', async () => {
    const watched = watchGpu();
    const explorer = await start(logistic, { engine: 'webgpu', gpu: watched.gpu });
    const once = watched.alive();
    expect(once.filter((label) => label === 'tones')).toHaveLength(1);
    expect(once.filter((label) => label === 'counts')).toHaveLength(1);
    const { element } = explorer.session.plot;
    for (const key of ['+', 'ArrowLeft', '+', '-', 'ArrowUp']) {
      element.dispatchEvent(new KeyboardEvent('keydown', { key }));
      await new Promise((resolve) => setTimeout(resolve, 150)); // long enough to begin, not to end
    }
    await explorer.settle();
    await vi.waitFor(() => expect(watched.alive()).toEqual(once));
    await explorer.session.dispose();
    expect(watched.alive()).toEqual([]);
  });
});
