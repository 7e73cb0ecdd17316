// The worker of a pixels view: it paints as the command does, so that the page's own thread need not.
import { chooseHistogram } from '../export/find-density.ts';
import type { Legend } from '../export/legend.ts';
import { paintPlane } from '../export/map.ts';
import { type Painting, paintDensity } from '../export/picture.ts';
import { largestPicture } from './largest-picture.ts';
import { drawLayer } from './layer.ts';
import type { FromPixelsPainter, Paintable, ToPixelsPainter } from './pixels-messages.ts';
import type { Placement } from './viewport.ts';

/** Beyond a map: no value has its colour. */
const GROUND = '#0d0c12';

let target: OffscreenCanvasRenderingContext2D | undefined;
const source = contextOf(new OffscreenCanvas(1, 1)); // one pixel a cell
let filled: ImageData | undefined; // what the source holds
const blank: Painted = { paintable: { kind: 'blank' } };
let prepared = blank;
let shown = blank;
let across: Placement = { offset: 0, length: 1 };
let up: Placement = { offset: 0, length: 1 };

interface Painted {
  readonly paintable: Paintable;
  readonly image?: ImageData;
  readonly legend?: Legend;
}

addEventListener('message', ({ data }: MessageEvent<ToPixelsPainter>) => {
  switch (data.kind) {
    case 'canvas':
      target = contextOf(data.canvas);
      break;
    case 'paint':
      prepare(data.paintable);
      break;
    case 'show':
      shown = prepared;
      break;
    case 'place':
      ({ across, up } = data);
      break;
    case 'resize':
      if (target) Object.assign(target.canvas, { width: data.width, height: data.height });
      if (shown.paintable.kind === 'curve') shown = paint(shown.paintable);
      break;
    case 'render':
      draw();
  }
});

function prepare(paintable: Paintable): void {
  try {
    prepared = paint(paintable);
    answer({ kind: 'ready', legend: prepared.legend });
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

function answer(message: FromPixelsPainter): void {
  postMessage(message);
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false });
  if (context) return context;
  throw new Error('this browser gives a worker no canvas to draw on');
}

function paint(paintable: Paintable): Painted {
  if (paintable.kind === 'blank') return blank;
  const painting = paintable.kind === 'plane' ? planeOf(paintable) : curveOf(paintable);
  return { paintable, image: imageOf(painting), legend: painting.legend };
}

/** One pixel a cell, or coarser. */
function planeOf({ plane, choice, options }: Paintable & { readonly kind: 'plane' }): Painting {
  const { width, height } = plane.values;
  const size = {
    width: Math.min(width, largestPicture.width),
    height: Math.min(height, largestPicture.height),
  };
  return paintPlane(plane, choice, { ...options, size });
}

/** As high as the canvas. */
function curveOf({ result, options }: Paintable & { readonly kind: 'curve' }): Painting {
  const { bins } = chooseHistogram(result.spec);
  const size = {
    width: Math.min(bins, largestPicture.width),
    height: target?.canvas.height ?? 1,
  };
  return paintDensity(result, { ...options, size });
}

function imageOf({ width, height, channels, data }: Painting): ImageData {
  const image = new ImageData(width, height);
  const pixels = image.data;
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = channels * pixel;
    pixels[4 * pixel] = data[from] ?? 0;
    pixels[4 * pixel + 1] = data[from + green] ?? 0;
    pixels[4 * pixel + 2] = data[from + blue] ?? 0;
    pixels[4 * pixel + 3] = 255;
  }
  return image;
}

/** Draws the picture where it now lies. */
function draw(): void {
  if (!target) return;
  target.fillStyle = GROUND;
  target.fillRect(0, 0, target.canvas.width, target.canvas.height);
  const { image } = shown;
  if (!image) return;
  if (image !== filled) {
    Object.assign(source.canvas, { width: image.width, height: image.height });
    source.putImageData(image, 0, 0);
    filled = image;
  }
  drawLayer(target, source.canvas, across, up);
}
