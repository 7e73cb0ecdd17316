import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { type Explored, explore, smallFragment } from './explored.ts';

// The picture is compared as a person across the room would: in blocks of 20 x 20 pixels. Text,
// fonts and anti-aliasing drown in them; a wrong colour, a flipped axis, a panel that is gone or a
// picture that is not drawn does not. To renew the reference, look at the new one first: a failing
// run leaves it at .vitest-attachments/explorer.png.
const BLOCK = 20;
/** Mean difference of all blocks, and of one, in 8-bit steps: fonts differ from machine to machine. */
const MOST_MEAN = 2;
const MOST_BLOCK = 45;

let explored: Explored | undefined;
afterEach(async () => {
  await explored?.end();
});

test('the page looks as it did when somebody looked at it', async () => {
  explored = await explore(smallFragment('logistic', { tone: 'rank', map: 'inferno' }));
  await explored.settle();
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const status = explored.root.querySelector('footer .words');
  if (status) status.textContent = 'Done'; // the time it took is no part of the look
  const path = '../../.vitest-attachments/explorer.png';
  const now = await blocksOf((await page.screenshot({ path, base64: true })).base64);
  const reference = await blocksOf(new URL('./golden/explorer.png', import.meta.url).href);
  expect([now.columns, now.rows]).toEqual([reference.columns, reference.rows]);
  const differences = now.values.map((value, i) => Math.abs(value - (reference.values[i] ?? 0)));
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  expect(mean).toBeLessThan(MOST_MEAN);
  expect(Math.max(...differences)).toBeLessThan(MOST_BLOCK);
});

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
