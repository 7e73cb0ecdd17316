import { expect, vi } from 'vitest';

/** What a canvas of ours shows: [height, width, 3] uint8 from the top; to be called right after it was drawn. */
export function pixelsOf(canvas: HTMLCanvasElement): Uint8Array {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!copy) throw new Error('no 2d canvas');
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  const pixels = new Uint8Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[3 * pixel + channel] = data[4 * pixel + channel] ?? 0;
    }
  }
  return pixels;
}

/** Waits until a canvas that a worker draws shows exactly these bytes. */
export async function shows(canvas: HTMLCanvasElement, expected: ArrayLike<number>): Promise<void> {
  await vi.waitFor(
    () => {
      const drawn = pixelsOf(canvas);
      expect(drawn.length).toBe(expected.length);
      expect(drawn.filter((byte, i) => byte !== expected[i]).length).toBe(0);
    },
    { timeout: 10_000 },
  );
}

/** Whether two pictures are the same; a matcher that fails would spend minutes on telling a million bytes apart. */
export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

/** What a plot shows once nothing moves any more, drawn by `plot.render`. */
export async function steadyPixels(
  plot: { render(): void },
  canvas: HTMLCanvasElement,
): Promise<Uint8Array> {
  const drawn = () => {
    plot.render();
    return pixelsOf(canvas);
  };
  let last = drawn();
  let steady = 0;
  await vi.waitFor(
    () => {
      const now = drawn();
      steady = isEqual(now, last) ? steady + 1 : 0;
      last = now;
      expect(steady).toBe(2); // a painter on a busy machine may rest for a moment
    },
    { timeout: 10_000, interval: 200 },
  );
  return last;
}
