// The worker of a counts view: it turns counts into pixels, so that the page's own thread need not.
import { largestPicture } from './largest-picture.ts';
import { drawLayer } from './layer.ts';
import type { FromPainter, ToPainter } from './painter-messages.ts';
import { type Shades, shadesOf } from './shades.ts';
import type { Placement } from './viewport.ts';

const ENTRIES = 256; // of a colormap

let target: OffscreenCanvasRenderingContext2D | undefined;
const source = contextOf(new OffscreenCanvas(1, 1)); // one pixel a cell
let prepared: Shades | undefined;
let picture: Shades | undefined;
let isFilled = false; // the source holds the picture in its present colours
const table = new Uint32Array(ENTRIES); // pixels, in the byte order of this machine
let across: Placement = { offset: 0, length: 1 };
let up: Placement = { offset: 0, length: 1 };

addEventListener('message', ({ data }: MessageEvent<ToPainter>) => {
  switch (data.kind) {
    case 'canvas':
      target = contextOf(data.canvas);
      break;
    case 'counts':
      prepare(data);
      break;
    case 'show':
      picture = prepared;
      isFilled = false;
      break;
    case 'place':
      ({ across, up } = data);
      break;
    case 'paint':
      colour(data.colours);
      isFilled = false;
      break;
    case 'resize':
      if (target) Object.assign(target.canvas, { width: data.width, height: data.height });
      break;
    case 'render':
      draw();
  }
});

function prepare({ buffer, isWide, ...sweep }: ToPainter & { readonly kind: 'counts' }): void {
  try {
    const counts = isWide ? new BigUint64Array(buffer) : new Uint32Array(buffer);
    prepared = shadesOf({ ...sweep, counts }, sweep.tone, largestPicture);
    answer({ kind: 'ready', buffer }, [buffer]);
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

function answer(message: FromPainter, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false });
  if (context) return context;
  throw new Error('this browser gives a worker no canvas to draw on');
}

function colour(colours: Uint8Array): void {
  const bytes = new Uint8Array(table.buffer);
  for (let entry = 0; entry < ENTRIES; entry++) {
    bytes.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * entry);
    bytes[4 * entry + 3] = 255;
  }
}

/** Paints the picture, one pixel a cell. */
function fill({ width, height, shades }: Shades): void {
  const { canvas } = source;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let cell = 0; cell < pixels.length; cell++) pixels[cell] = table[shades[cell] ?? 0] ?? 0;
  source.putImageData(image, 0, 0);
  isFilled = true;
}

/** Draws the picture where it now lies, and no visits beyond it. */
function draw(): void {
  if (!target) return;
  const { width, height } = target.canvas;
  const [red, green, blue] = new Uint8Array(table.buffer);
  target.fillStyle = `rgb(${red} ${green} ${blue})`;
  target.fillRect(0, 0, width, height);
  if (!picture) return;
  if (!isFilled) fill(picture);
  drawLayer(target, source.canvas, across, up);
}
