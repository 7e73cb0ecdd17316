import { afterEach, expect, test } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { explorablePresets } from '../../src/app/explorable.ts';
import { readFragment, writeFragment } from '../../src/app/url-state.ts';
import { type Explored, explore, smallFragment, type } from './explored.ts';
import { watchGpu } from './watched-gpu.ts';

/** How long the monkey plays, seconds; `VITE_MONKEY_SECONDS=1200` lets it play for 20 minutes. */
const SECONDS = Number(import.meta.env.VITE_MONKEY_SECONDS ?? 8);
const SEED = Number(import.meta.env.VITE_MONKEY_SEED ?? 20201206);
/** Bytes of JavaScript that it may leave behind: results and pictures of what is shown, and caches. */
const MOST_LEFT = 96 * 2 ** 20;

/** GPU buffers that may be kept of the run before; one lost a run would be dozens. */
const MOST_KEPT = 4;

const start = smallFragment('logistic', { tone: 'rank', map: 'inferno' });

let explored: Explored | undefined;
afterEach(async () => {
  await explored?.end();
  explored = undefined;
});

/** Random numbers in [0, 1) from a seed: mulberry32. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const texts = ['0.3', '1e308', '-1', 'NaN', '', 'x^4', '((', '-cos(x)', '0', '7', 'x; y', '1e-3'];
const keys = ['+', '-', '0', 'ArrowLeft', 'ArrowUp', 'Enter', 'Escape', '[', ']', ' '];

test(
  `a monkey of seed ${SEED} breaks nothing and leaves nothing behind`,
  async () => {
    const watched = watchGpu();
    const explorer = await explore(start, { engine: 'webgpu', gpu: watched.gpu });
    explored = explorer;
    await explorer.settle();
    const { root, session } = explorer;
    const stray: unknown[] = [];
    const onStray = (event: ErrorEvent | PromiseRejectionEvent) =>
      stray.push('reason' in event ? event.reason : event.message);
    window.addEventListener('error', onStray);
    window.addEventListener('unhandledrejection', onStray);

    const random = chance(SEED);
    const pick = <T>(all: ArrayLike<T>): T | undefined => all[Math.floor(random() * all.length)];
    const pointer = (kind: string, x: number, y: number, buttons: number) => {
      const { frame } = session.plot;
      const box = frame.getBoundingClientRect();
      const [clientX, clientY] = [box.left + x * box.width, box.top + y * box.height];
      const init = { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true };
      frame.dispatchEvent(new PointerEvent(kind, { ...init, clientX, clientY, buttons }));
    };
    const wheel = () => {
      const { frame } = session.plot;
      const box = frame.getBoundingClientRect();
      const clientX = box.left + random() * box.width;
      const clientY = box.top + random() * box.height;
      const deltaY = 400 * (random() - 0.6);
      const init = { bubbles: true, cancelable: true, clientX, clientY, deltaY };
      frame.dispatchEvent(new WheelEvent('wheel', init));
    };
    const drag = () => {
      pointer('pointerdown', random(), random(), 1);
      for (let i = 0; i < 5; i++) pointer('pointermove', random(), random(), 1);
      pointer(random() < 0.9 ? 'pointerup' : 'pointercancel', random(), random(), 0);
    };
    const press = () => {
      const init = { key: pick(keys) ?? '0', shiftKey: random() < 0.2, bubbles: true };
      session.plot.element.dispatchEvent(new KeyboardEvent('keydown', init));
    };
    const field = () => {
      const inputs = root.querySelectorAll<HTMLInputElement>('.panel input:not([type=checkbox])');
      const input = pick(inputs);
      if (input?.checkVisibility()) type(input, pick(texts) ?? '');
    };
    const choose = () => {
      const select = pick(root.querySelectorAll<HTMLSelectElement>('.panel .lil-option select'));
      const option = select && pick(select.options);
      if (!select || !option || explorablePresets.includes(option.value)) return;
      select.value = option.value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    };
    // Presets at a hundredth of their work: what is played with is the page.
    const follow = () => {
      const name = pick(explorablePresets) ?? 'logistic';
      location.hash = smallFragment(name, { tone: 'auto', map: 'auto' });
    };
    const tool = () => {
      const words = /^(tour|K|thresholds|box zoom|dark|light|×|›|‹)$/;
      const tools = [...root.querySelectorAll<HTMLElement>('.tool')];
      const chosen = pick(tools.filter(({ textContent }) => words.test(textContent ?? '')));
      if (chosen?.checkVisibility() && chosen.textContent !== 'tour') chosen.click();
    };
    const resize = () => page.viewport(340 + random() * 600, 320 + random() * 300);
    const travel = () => history.go(random() < 0.6 ? -1 : 1);
    const acts = [
      wheel,
      wheel,
      wheel,
      drag,
      drag,
      press,
      press,
      field,
      choose,
      follow,
      tool,
      travel,
    ];

    const play = async (seconds: number) => {
      const end = performance.now() + 1000 * seconds;
      let played = 0;
      while (performance.now() < end) {
        const act = random() < 0.03 ? resize : pick(acts);
        await act?.();
        played += 1;
        await new Promise((resolve) => setTimeout(resolve, 200 * random() ** 2));
        if (played % 10 === 0) {
          // What is shown can be linked to, and what is linked to is what is shown.
          expect(readFragment(writeFragment(session.state))).toEqual(session.state);
        }
        expect(stray).toEqual([]);
      }
      return played;
    };
    /** Goes back to where it began, and says what lives then. */
    const rest = async () => {
      await page.viewport(900, 460);
      location.hash = '';
      await new Promise((resolve) => setTimeout(resolve, 300));
      location.hash = start;
      await expect.poll(() => session.state.request.spec.title).toMatch(/logistic/i);
      await new Promise((resolve) => setTimeout(resolve, 500));
      await explorer.settle();
      expect(writeFragment(session.state)).toBe(location.hash);
      return { gpu: watched.alive(), heap: await heapSize() };
    };
    await play(SECONDS / 3); // caches fill
    const before = await rest();
    const played = await play((2 * SECONDS) / 3);
    const after = await rest();
    const mebibytes = ({ heap }: typeof after) => (heap / 2 ** 20).toFixed(1);
    const kept = `heap ${mebibytes(before)} MiB, then ${mebibytes(after)}`;
    const alive = `on the device ${before.gpu.length} buffers and textures, then ${after.gpu.length}`;
    console.info(`${played} acts; ${kept}; ${alive}`);
    expect(played).toBeGreaterThan(SECONDS); // some acts a second
    expect(after.gpu.length, after.gpu.join()).toBeLessThanOrEqual(before.gpu.length + MOST_KEPT);
    expect(after.heap - before.heap).toBeLessThan(MOST_LEFT);
    expect(explorer.complaints).toEqual([]);
    window.removeEventListener('error', onStray);
    window.removeEventListener('unhandledrejection', onStray);
  },
  1000 * (2 * SECONDS + 120),
);

/** Bytes of JavaScript and its arrays that live. `performance.memory` says the same number for minutes. */
async function heapSize(): Promise<number> {
  const browser = cdp();
  await browser.send('HeapProfiler.collectGarbage');
  const usage: object = await browser.send('Runtime.getHeapUsage');
  const bytes = ['usedSize', 'backingStorageSize'].map((name) => Number(Reflect.get(usage, name)));
  return bytes.reduce((sum, each) => sum + each, 0);
}
