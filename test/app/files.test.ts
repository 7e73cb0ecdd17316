import { afterEach, describe, expect, test, vi } from 'vitest';
import { jsonOf } from '../../src/app/download.ts';
import { parseExplorable, viewportOf, withWindow } from '../../src/app/explorable.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { encodeNpz } from '../../src/export/npz.ts';
import { paintResult } from '../../src/export/paint-result.ts';
import { encodePng, provenanceText } from '../../src/export/png.ts';
import { axisValues } from '../../src/spec/axis.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { pixelsOf } from '../support/canvas-pixels.ts';
import { leastHeld } from '../support/long-tasks.ts';
import { type Explored, explore, smallFragment } from './explored.ts';

const logistic = smallFragment('logistic', { tone: 'rank', map: 'inferno' });
const other = parseSpec({
  etascope: 1,
  title: 'Another one',
  objective: { macro: 'x^4 / 4 - x^2 / 2' },
  axes: [{ parameter: 'eta', from: 0.5, to: 1.5, count: 37 }],
  ensemble: { orbits: 8, initial: { x: { uniform: [0.2, 0.9] } } },
  steps: { skip: 100, keep: 100 },
  measures: [{ measure: 'density', of: 'x', range: [-1.6, 1.6], bins: 41 }],
});

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

async function start(): Promise<Explored> {
  explored = await explore(logistic, { engine: 'cpu' });
  await explored.settle();
  return explored;
}

function drop(file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  document.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }));
  document.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
}

async function otherResult() {
  const engine = await createEngine({ engine: 'cpu' });
  const result = await engine.run(other);
  engine.dispose();
  return result;
}

describe('a file dropped on the page', () => {
  test('opens: a spec is computed', async () => {
    const explorer = await start();
    drop(new File([jsonOf(other).bytes], 'mine.json'));
    await vi.waitFor(() => expect(explorer.session.state.request.spec.title).toBe('Another one'));
    await explorer.settle();
    expect(explorer.session.state.request.axis).toMatchObject({ from: 0.5, to: 1.5 });
    expect(explorer.root.querySelector('h1')?.textContent).toBe('Another one');
  });

  test('opens: the counts of a result are shown as they are, without computing', async () => {
    const explorer = await start();
    const bytes = encodeNpz(await otherResult());
    drop(new File([bytes], 'result.npz'));
    await vi.waitFor(() => expect(explorer.root.textContent).toContain('Opened result.npz'), {
      timeout: 10_000,
    });
    expect(explorer.root.dataset.state).toBe('done');
    expect(explorer.session.state.request.spec).toEqual(other);
    const { columns: width, bins: height } = explorer.session.plot.cells;
    const columns = () => {
      const pixels = pixelsOf(explorer.canvas);
      return new Set(
        Array.from({ length: width }, (_, x) =>
          Array.from({ length: height }, (_, y) => pixels[3 * (y * width + x)]).join(),
        ),
      );
    };
    await vi.waitFor(() => {
      const { size } = columns(); // a worker draws: it may still be the picture before
      expect(size).toBeGreaterThan(10);
      expect(size).toBeLessThanOrEqual(37); // its own resolution
    });
  });

  test('opens without holding the page up for 50 ms, at the size of a screen', async () => {
    const explorer = await start();
    const small = await otherResult();
    const [columns, bins] = [1920, 1080];
    const request = parseExplorable(other);
    const { spec } = withWindow(request, viewportOf(request), { columns, bins });
    const [axis] = spec.axes;
    if (!axis) throw new Error('the spec has no axis');
    const density = new Uint32Array(columns * bins).map((_, i) => (i * i) >>> (i % 32));
    const bytes = encodeNpz({
      ...small,
      spec,
      arrays: {
        axis0: { type: 'float64', shape: [columns], data: axisValues(axis) },
        density: { type: 'uint32', shape: [columns, bins], data: density },
      },
    });
    let opened = 0;
    const held = await leastHeld(3, async () => {
      opened += 1;
      drop(new File([bytes], `${opened}.npz`));
      await vi.waitFor(() => expect(explorer.root.textContent).toContain(`Opened ${opened}.npz`), {
        timeout: 10_000,
      });
    });
    expect(held).toEqual([]);
  });

  test('opens: a picture gives its spec back', async () => {
    const explorer = await start();
    const result = await otherResult();
    const painting = paintResult(result, { tone: 'log', map: 'viridis' });
    drop(new File([encodePng(painting, provenanceText(result))], 'a picture.png'));
    await vi.waitFor(() => expect(explorer.session.state.request.spec.title).toBe('Another one'));
    await explorer.settle();
  });

  test('that is none of these is refused, and the picture stays', async () => {
    const explorer = await start();
    const { state } = explorer.session;
    drop(new File(['{ "etascope": 1, }'], 'broken.json'));
    await vi.waitFor(() =>
      expect(explorer.root.querySelector('.notices')?.textContent).toContain('broken.json'),
    );
    expect(explorer.root.querySelector('.notices pre')?.textContent).toContain('^');
    drop(new File([Uint8Array.of(0x50, 0x4b, 3, 4, 5)], 'broken.npz'));
    await vi.waitFor(() =>
      expect(explorer.root.querySelector('.notices')?.textContent).toContain('broken.npz'),
    );
    expect(explorer.session.state).toBe(state);
  });
});
