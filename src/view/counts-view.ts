import type { ToneName } from '../export/tone.ts';
import type { DensityView } from './density-view.ts';
import type { FromPainter, ToPainter } from './painter-messages.ts';
import { createTurns } from './turns.ts';

/** Milliseconds that the page's thread copies counts before it sees to anything else. */
const SLICE = 4;
/** Counts that are copied between two looks at the clock: 1 MB and more. */
const PORTION = 2 ** 18;
/** A picture is not worth drawing while a column is known by a smaller share of steps than this. */
const LEAST_KNOWN = 1 / 4;

/** Counts of a sweep as an engine holds them: columns apart by `stride`, from `start` on. */
export interface CountsSource {
  readonly columns: number;
  readonly bins: number;
  readonly stride: number;
  readonly start: number;
  readonly counts: Uint32Array | BigUint64Array;
  /** Steps that each column's counts hold so far, f64 [columns]; absent where all hold the same. */
  readonly observed?: Float64Array | undefined;
}

/**
 * Draws counts that are in memory, on a 2D canvas and thus in every browser.
 *
 * A worker tone-maps and draws: the page's thread copies counts for it, in slices, and is never held
 * up, whatever the size of the picture.
 */
export interface CountsView extends DensityView {
  /**
   * Takes counts in as they are now; the next `render` then draws them, in the very colours that
   * `paintDensity` gives them. Until then what was shown stays.
   *
   * Columns that have been observed for fewer steps than others are drawn as bright as those.
   *
   * @returns whether it is shown: not while some column is hardly known yet.
   * @throws the reason of `signal`; {Error} where the browser lacks the memory or refuses the worker.
   */
  show(source: CountsSource, tone: ToneName, signal: AbortSignal): Promise<boolean>;
}

/** @throws {Error} where the browser is too old to let workers draw. */
export function createCountsView(): CountsView {
  const canvas = document.createElement('canvas');
  if (!('transferControlToOffscreen' in canvas)) {
    throw new Error('this browser lets no worker draw: use one of 2023 or later');
  }
  const offscreen = canvas.transferControlToOffscreen();
  const worker = new Worker(new URL('./painter.ts', import.meta.url), {
    type: 'module',
    name: 'etascope painter',
  });
  const turns = createTurns();
  let spare: ArrayBuffer | undefined; // for copies; it goes to the painter and comes back
  let last: Promise<unknown> = Promise.resolve();
  let end: (reason: unknown) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = reject;
  });
  ended.catch(() => {}); // told to whoever shows something
  const tell = (message: ToPainter, transfer: Transferable[] = []) =>
    worker.postMessage(message, transfer);
  worker.onerror = (event) => {
    event.preventDefault();
    end(new Error(`the picture cannot be drawn: ${event.message || 'its worker does not begin'}`));
  };
  tell({ kind: 'canvas', canvas: offscreen }, [offscreen]);

  /** Copies all counts, column by column, for the painter to keep. */
  const copy = async (source: CountsSource, signal: AbortSignal) => {
    const { columns, bins, stride, start, counts } = source;
    const observed = new Float64Array(columns);
    const size = counts.BYTES_PER_ELEMENT;
    const from = new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength);
    const length = columns * bins * size;
    const buffer = spare?.byteLength === length ? spare : new ArrayBuffer(length);
    const to = new Uint8Array(buffer);
    const portion = Math.max(1, Math.floor(PORTION / bins));
    let began = performance.now();
    for (let column = 0; column < columns; column++) {
      const at = start + column * stride;
      to.set(from.subarray(at * size, (at + bins) * size), column * bins * size);
      observed[column] = source.observed?.[column] ?? 1;
      if (column % portion !== 0 || performance.now() - began < SLICE) continue;
      await turns.next();
      signal.throwIfAborted();
      began = performance.now();
    }
    return { buffer, observed };
  };

  const take = async (source: CountsSource, tone: ToneName, signal: AbortSignal) => {
    signal.throwIfAborted();
    const { columns, bins, counts } = source;
    const { buffer, observed } = await copy(source, signal);
    spare = buffer;
    const [least, most] = endsOf(observed);
    if (!(least >= LEAST_KNOWN * most && most > 0)) return false;
    spare = undefined;
    const answered = new Promise<FromPainter>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<FromPainter>) => resolve(data);
    });
    const isWide = counts instanceof BigUint64Array;
    const uneven = least === most ? {} : { observed };
    tell({ kind: 'counts', buffer, isWide, columns, bins, tone, ...uneven }, [buffer]);
    const answer = await Promise.race([answered, ended]);
    if (answer.kind === 'failed') throw new Error(`the picture cannot be drawn: ${answer.message}`);
    spare = answer.buffer;
    signal.throwIfAborted();
    tell({ kind: 'show' });
    return true;
  };

  return {
    canvas,
    show(source, tone, signal) {
      const taken = last.then(() => take(source, tone, signal));
      last = taken.catch(() => {});
      return taken;
    },
    place: (across, up) => tell({ kind: 'place', across, up }),
    paint: (colours) => tell({ kind: 'paint', colours }),
    resize: (width, height) => tell({ kind: 'resize', width, height }),
    render: () => tell({ kind: 'render' }),
    async dispose() {
      worker.terminate();
      turns.dispose();
      end(new DOMException('the view is gone', 'AbortError'));
    },
  };
}

function endsOf(values: Float64Array): readonly [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return [least, most];
}
