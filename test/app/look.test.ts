import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { parseExplorable, presetRequest } from '../../src/app/explorable.ts';
import { defaultLook } from '../../src/app/look.ts';
import { defaultView, writeFragment } from '../../src/app/url-state.ts';
import { type Explored, explore, smallFragment } from './explored.ts';

// The picture is compared as a person across the room would: in blocks of 20 x 20 pixels. Text,
// fonts and anti-aliasing drown in them; a wrong colour, a flipped axis, a panel that is gone or a
// picture that is not drawn does not. To renew a reference, look at the new one first: a failing
// run leaves it in .vitest-attachments, under the same name.
const BLOCK = 20;
/** Mean difference of all blocks, and of one, in 8-bit steps: fonts differ from machine to machine. */
const MOST_MEAN = 2;
const MOST_BLOCK = 45;

const screens = [
  ['desk', 1440, 900],
  ['phone', 390, 844],
] as const;
const views = [
  ['map', smallFragment('period-doubling', { tone: 'linear', map: 'inferno' })],
  ['plane', planeFragment()],
  ['escape', smallFragment('double-well-escape', { tone: 'auto', map: 'auto' })],
] as const;
const looks = screens.flatMap(([screen, width, height]) =>
  views
    .filter(([view]) => view !== 'plane' || screen === 'phone') // a million points take too long
    .flatMap(([view, fragment]) =>
      themesOf(view).map((theme) => ({
        screen,
        width,
        height,
        view,
        fragment,
        theme,
      })),
    ),
);

/** Both of the map, and one of the others: the themes are the page's, not a view's. */
function themesOf(view: 'map' | 'plane' | 'escape'): readonly ('dark' | 'light')[] {
  return view === 'map' ? ['dark', 'light'] : view === 'plane' ? ['dark'] : ['light'];
}

let explored: Explored | undefined;
afterEach(async () => {
  await explored?.end();
  localStorage.clear();
  delete document.documentElement.dataset.theme;
});

test.each(looks)(
  'the $view on a $screen, $theme, looks as it did when somebody looked at it',
  async ({ screen, width, height, view, fragment, theme }) => {
    localStorage.setItem('etascope.theme', theme);
    explored = await explore(fragment, { engine: 'cpu' });
    await page.viewport(width, height);
    explored.root.style.height = `${height}px`;
    await new Promise((resolve) => setTimeout(resolve, 300)); // the new size is noticed
    await explored.settle();
    await quiet(explored.root); // what follows the run is drawn
    for (const changing of ['words', 'numbers', 'made']) {
      const text = explored.root.querySelector(`footer .${changing}`);
      if (text) text.textContent = 'Done'; // times and machines are no part of the look
    }
    const engine = explored.root.querySelector<HTMLSelectElement>('.tools select');
    if (engine?.selectedOptions[0]) engine.selectedOptions[0].textContent = 'CPU';
    const name = `${view}-${screen}-${theme}.png`;
    const path = `../../.vitest-attachments/${name}`;
    const now = await blocksOf((await page.screenshot({ path, base64: true })).base64);
    const reference = await blocksOf(new URL(`./golden/${name}`, import.meta.url).href);
    expect([now.columns, now.rows]).toEqual([reference.columns, reference.rows]);
    const differences = now.values.map((value, i) => Math.abs(value - (reference.values[i] ?? 0)));
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    expect(mean).toBeLessThan(MOST_MEAN);
    expect(Math.max(...differences)).toBeLessThan(MOST_BLOCK);
  },
);

/** Waits until nothing has changed on the page for half a second. */
async function quiet(root: HTMLElement): Promise<void> {
  let changed = performance.now();
  const observer = new MutationObserver(() => {
    changed = performance.now();
  });
  observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  await expect.poll(() => performance.now() - changed, { timeout: 20_000 }).toBeGreaterThan(500);
  observer.disconnect();
}

/** A map over two axes, at a hundredth of its work. */
function planeFragment(): string {
  const { spec } = presetRequest('regimes');
  const small = parseExplorable({ ...spec, steps: { skip: 30, keep: 30 } });
  return writeFragment({ request: small, look: defaultLook, view: defaultView });
}

interface Blocks {
  readonly columns: number;
  readonly rows: number;
  /** Mean red, green and blue of every block. */
  readonly values: readonly number[];
}

/** A PNG, given by its address or as base64, averaged in blocks. */
async function blocksOf(source: string): Promise<Blocks> {
  const address = /^(https?|data|blob):/.test(source) ? source : `data:image/png;base64,${source}`;
  const bitmap = await createImageBitmap(await (await fetch(address)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (!canvas) throw new Error('no 2d canvas');
  canvas.drawImage(bitmap, 0, 0);
  const columns = Math.floor(bitmap.width / BLOCK);
  const rows = Math.floor(bitmap.height / BLOCK);
  const values: number[] = [];
  for (let block = 0; block < columns * rows; block++) {
    const x = BLOCK * (block % columns);
    const y = BLOCK * Math.floor(block / columns);
    const { data } = canvas.getImageData(x, y, BLOCK, BLOCK);
    for (const channel of [0, 1, 2]) {
      let sum = 0;
      for (let i = channel; i < data.length; i += 4) sum += data[i] ?? 0;
      values.push(sum / (BLOCK * BLOCK));
    }
  }
  return { columns, rows, values };
}
