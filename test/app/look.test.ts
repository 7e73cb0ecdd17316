import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { parseExplorable, presetRequest } from '../../src/app/explorable.ts';
import { defaultLook } from '../../src/app/look.ts';
import { defaultView, writeFragment } from '../../src/app/url-state.ts';
import { type Explored, explore, smallFragment } from './explored.ts';
import { kindSpecs } from './kind-specs.ts';

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
const themes = ['dark', 'light'] as const;

/** A view of the explorer, and what is done to see it. */
interface View {
  readonly fragment: string;
  readonly open?: (explorer: Explored) => void;
}

const auto = { tone: 'auto', map: 'auto' } as const;
const views: Readonly<Record<string, View>> = {
  map: { fragment: smallFragment('period-doubling', { tone: 'linear', map: 'inferno' }) },
  laws: { fragment: fragmentOf(chaos()), open: pressMiddle },
  plane: { fragment: fragmentOf(order()) },
  escape: { fragment: smallFragment('double-well-escape', auto) },
  joint: { fragment: fragmentOf(kindSpecs.joint) },
  exponents: { fragment: smallFragment('lyapunov-eta', auto) },
  tour: { fragment: smallFragment('period-doubling', auto), open: pressTool('tour') },
  save: { fragment: smallFragment('period-doubling', auto), open: pressTool('save') },
};

/** What is looked at in every suite; `VITE_ALL_LOOKS=1` looks at every view, screen and theme. */
const few = new Set([
  'laws-desk-light',
  'plane-phone-dark',
  'escape-phone-light',
  'joint-desk-dark',
]);
const isAll = import.meta.env.VITE_ALL_LOOKS === '1';
const looks = Object.entries(views)
  .flatMap(([view, how]) =>
    screens.flatMap(([screen, width, height]) =>
      themes.map((theme) => {
        const name = `${view}-${screen}-${theme}`;
        return { name, ...how, width, height, theme };
      }),
    ),
  )
  .filter(({ name }) => isAll || few.has(name));

let explored: Explored | undefined;
afterEach(async () => {
  await explored?.end();
  localStorage.clear();
  delete document.documentElement.dataset.theme;
});

test.each(looks)(
  '$name looks as it did when somebody looked at it',
  async ({ name, fragment, open, width, height, theme }) => {
    localStorage.setItem('etascope.theme', theme);
    explored = await explore(fragment, { engine: 'cpu' }, { width, height });
    await new Promise((resolve) => setTimeout(resolve, 300)); // the new size is noticed
    await explored.settle();
    open?.(explored);
    await quiet(explored.root); // what follows the run is drawn
    for (const changing of ['words', 'numbers', 'made']) {
      const text = explored.root.querySelector(`footer .${changing}`);
      if (text) text.textContent = 'Done'; // times and machines are no part of the look
    }
    const engine = explored.root.querySelector<HTMLSelectElement>('.tools select');
    if (engine?.selectedOptions[0]) engine.selectedOptions[0].textContent = 'CPU';
    const path = `../../.vitest-attachments/${name}.png`;
    const now = await blocksOf((await page.screenshot({ path, base64: true })).base64);
    const reference = await blocksOf(new URL(`./golden/${name}.png`, import.meta.url).href);
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
function order(): unknown {
  return { ...presetRequest('regimes').spec, steps: { skip: 30, keep: 30 } };
}

/** Beyond the micro-wells, where laws and exponents are known. */
function chaos(): unknown {
  return {
    etascope: 1,
    title: 'Laws of global chaos',
    objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-5 },
    axes: [{ parameter: 'eta', from: 0.05, to: 0.3, count: 100 }],
    ensemble: { orbits: 8, initial: { x: { uniform: [-0.3, 0.3] } }, seed: 1 },
    steps: { skip: 300, keep: 500 },
    measures: [
      { measure: 'density', of: 'x', range: [-0.8, 0.8], bins: 100 },
      { measure: 'lyapunov' },
      { measure: 'period' },
    ],
  };
}

function fragmentOf(spec: unknown): string {
  return writeFragment({ request: parseExplorable(spec), look: defaultLook, view: defaultView });
}

/** Pins the crosshair at the middle of the picture. */
function pressMiddle({ session }: Explored): void {
  const { frame } = session.plot;
  const box = frame.getBoundingClientRect();
  const [clientX, clientY] = [box.left + box.width / 2, box.top + box.height / 2];
  for (const [kind, buttons] of [
    ['pointermove', 0],
    ['pointerdown', 1],
    ['pointerup', 0],
  ] as const) {
    const init = { bubbles: true, pointerId: 1, isPrimary: true, clientX, clientY, buttons };
    frame.dispatchEvent(new PointerEvent(kind, init));
  }
}

function pressTool(words: string): (explorer: Explored) => void {
  return ({ root }) => {
    const tools = [...root.querySelectorAll<HTMLElement>('.tool')];
    const tool = tools.find(({ textContent }) => textContent === words);
    if (!tool) throw new Error(`the page has no tool ${words}`);
    tool.click();
  };
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
