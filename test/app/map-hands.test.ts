import { afterEach, expect, test, vi } from 'vitest';
import { viewportOf } from '../../src/app/explorable.ts';
import { shareAt, valueAt } from '../../src/view/viewport.ts';
import { type Explored, explore, smallFragment } from './explored.ts';

const small = smallFragment('period-doubling', { tone: 'rank', map: 'inferno' });

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

async function start(): Promise<Explored> {
  explored = await explore(small, { engine: 'cpu' });
  await explored.settle();
  return explored;
}

const windowOf = ({ session }: Explored) => viewportOf(session.state.request);

/** Sends pointer events along a path of shares of the picture, from its lower left. */
function drag(
  { session }: Explored,
  path: readonly (readonly [across: number, up: number])[],
  init: PointerEventInit = {},
): void {
  const { frame } = session.plot;
  path.forEach(([across, up], index) => {
    const { left, bottom, width, height } = frame.getBoundingClientRect();
    const kind = index === 0 ? 'pointerdown' : 'pointermove';
    frame.dispatchEvent(
      new PointerEvent(kind, {
        ...init,
        clientX: left + across * width,
        clientY: bottom - up * height,
        bubbles: true,
      }),
    );
  });
}

function release({ session }: Explored, [across, up]: readonly [number, number], init = {}): void {
  const { left, bottom, width, height } = session.plot.frame.getBoundingClientRect();
  const place = { clientX: left + across * width, clientY: bottom - up * height };
  session.plot.frame.dispatchEvent(new PointerEvent('pointerup', { ...init, ...place }));
}

function press({ session }: Explored, key: string, init: KeyboardEventInit = {}): void {
  session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key, ...init }));
}

const readout = ({ root }: Explored) => root.querySelector('.readout')?.textContent ?? '';

/** The numbers of the readout, by name. */
function valuesOf(explorer: Explored): { eta: number; x: number } {
  const [, eta, x] = /η = (\S+)(?: × \S+)? {3}x = (\S+)/.exec(readout(explorer)) ?? [];
  return { eta: Number(eta), x: Number(x?.replace('−', '-')) };
}

test('a box that is drawn with Shift fills the map; Escape gives it up', async () => {
  const explorer = await start();
  const { root } = explorer;
  const before = windowOf(explorer);
  const box = root.querySelector<HTMLElement>('.crosshair .box');
  drag(
    explorer,
    [
      [0.25, 0.2],
      [0.5, 0.5],
      [0.75, 0.6],
    ],
    { shiftKey: true },
  );
  expect(box?.hidden).toBe(false);
  const width = Number.parseFloat(box?.style.width ?? '');
  expect(width).toBeCloseTo(50, 0);
  press(explorer, 'Escape');
  release(explorer, [0.75, 0.6], { shiftKey: true });
  expect(box?.hidden).toBe(true);
  expect(root.dataset.state).toBe('done'); // nothing has moved

  drag(
    explorer,
    [
      [0.75, 0.6],
      [0.25, 0.2],
    ],
    { shiftKey: true },
  );
  release(explorer, [0.25, 0.2], { shiftKey: true });
  expect(box?.hidden).toBe(true);
  await explorer.settle();
  const { across, up } = windowOf(explorer);
  const { columns, bins } = explorer.session.plot.cells;
  // Pointers come to a pixel, windows are tidied within a hundredth of a cell.
  const cells = (share: number, expected: number, count: number) =>
    expect(Math.abs(share - expected) * count).toBeLessThan(1.5);
  cells(shareAt(before.across, across.from), 0.25, columns);
  cells(shareAt(before.across, across.to), 0.75, columns);
  cells(shareAt(before.up, up.from), 0.2, bins);
  cells(shareAt(before.up, up.to), 0.6, bins);
});

test('the tool for boxes needs no Shift, shows that it is armed, and serves once', async () => {
  const explorer = await start();
  const tools = [...explorer.root.querySelectorAll<HTMLButtonElement>('.tools button')];
  const tool = tools.find(({ textContent }) => textContent === 'box zoom');
  if (!tool) throw new Error('there is no tool for boxes');
  const before = windowOf(explorer);
  tool.click();
  expect(tool.getAttribute('aria-pressed')).toBe('true');
  press(explorer, 'Escape');
  expect(tool.getAttribute('aria-pressed')).toBe('false');
  tool.click();
  drag(explorer, [
    [0.1, 0.1],
    [0.6, 0.6],
  ]);
  release(explorer, [0.6, 0.6]);
  expect(tool.getAttribute('aria-pressed')).toBe('false');
  await explorer.settle();
  const half = windowOf(explorer);
  expect(placeLength(before, half)).toBeCloseTo(0.5, 1);
  drag(explorer, [
    [0.5, 0.5],
    [0.4, 0.5],
  ]);
  release(explorer, [0.4, 0.5]);
  await explorer.settle();
  expect(placeLength(half, windowOf(explorer))).toBeCloseTo(1, 3); // it was dragged
});

function placeLength(before: ReturnType<typeof windowOf>, after: ReturnType<typeof windowOf>) {
  return shareAt(before.across, after.across.to) - shareAt(before.across, after.across.from);
}

test('two fingers pinch: the window widens about the one that rests', async () => {
  const explorer = await start();
  const before = windowOf(explorer);
  const touch = (pointerId: number) => ({ pointerId, pointerType: 'touch' });
  drag(explorer, [[0.3, 0.5]], touch(1));
  drag(
    explorer,
    [
      [0.5, 0.5],
      [0.6, 0.5],
      [0.7, 0.5],
    ],
    touch(2),
  );
  release(explorer, [0.7, 0.5], touch(2));
  release(explorer, [0.3, 0.5], touch(1));
  expect(explorer.session.plot.element.querySelector('.is-pinned')).toBeNull(); // none has pressed
  await explorer.settle();
  const after = windowOf(explorer);
  expect(placeLength(before, after)).toBeCloseTo(0.5, 1); // fingers twice as far apart
  expect(valueAt(after.across, 0.3)).toBeCloseTo(valueAt(before.across, 0.3), 4);
});

test('a press pins the crosshair, another at the same place lets it go, two zoom in', async () => {
  const explorer = await start();
  const { root } = explorer;
  const before = windowOf(explorer);
  const lines = () => root.querySelector('.crosshair');
  const tap = (place: readonly [number, number]) => {
    drag(explorer, [place]);
    release(explorer, place);
  };
  tap([0.5, 0.25]);
  expect(lines()?.classList.contains('is-pinned')).toBe(true);
  const { eta, x } = valuesOf(explorer);
  const { columns, bins } = explorer.session.plot.cells;
  expect(Math.abs(shareAt(before.across, eta) - 0.5) * columns).toBeLessThan(1.5);
  expect(Math.abs(shareAt(before.up, x) - 0.25) * bins).toBeLessThan(1.5);
  drag(explorer, [[0.2, 0.2]], { button: 2 });
  expect(valuesOf(explorer)).toEqual({ eta, x });
  await new Promise((resolve) => setTimeout(resolve, 400)); // longer than two presses take
  tap([0.5, 0.25]);
  expect(lines()?.classList.contains('is-pinned')).toBe(false);
  expect(root.dataset.state).toBe('done');
  await new Promise((resolve) => setTimeout(resolve, 400));
  tap([0.5, 0.5]);
  tap([0.5, 0.5]);
  await explorer.settle();
  expect(placeLength(before, windowOf(explorer))).toBeCloseTo(0.5, 3);
  expect(lines()?.classList.contains('is-pinned')).toBe(false);
});

test('keys move the crosshair by cells and pin it, and go back and forward', async () => {
  const explorer = await start();
  const { root, session } = explorer;
  const before = windowOf(explorer);
  const { columns } = session.plot.cells;
  press(explorer, 'ArrowRight', { shiftKey: true });
  const first = valuesOf(explorer).eta;
  press(explorer, 'ArrowRight', { shiftKey: true, ctrlKey: true });
  const cell = (before.across.to - before.across.from) / columns;
  // The readout is written to a power of ten below a cell.
  expect(Math.abs((valuesOf(explorer).eta - first) / cell - 10)).toBeLessThan(0.5);
  expect(root.dataset.state).toBe('done');
  press(explorer, 'Enter');
  expect(root.querySelector('.crosshair.is-pinned')).not.toBeNull();
  press(explorer, 'Escape');
  expect(root.querySelector('.crosshair.is-pinned')).toBeNull();
  expect(readout(explorer)).toBe('');

  press(explorer, '+');
  await explorer.settle();
  const zoomed = windowOf(explorer);
  press(explorer, '[');
  await vi.waitFor(() => expect(windowOf(explorer)).toEqual(before));
  await explorer.settle();
  press(explorer, ']');
  await vi.waitFor(() => expect(windowOf(explorer)).toEqual(zoomed));
});
