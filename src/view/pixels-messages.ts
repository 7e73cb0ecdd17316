import type { Result } from '../engine/result.ts';
import type { Legend } from '../export/legend.ts';
import type { MapOptions, MapPlane } from '../export/map.ts';
import type { MapChoice } from '../export/map-arrays.ts';
import type { PaintOptions } from '../export/picture.ts';
import type { Placement } from './viewport.ts';

/** What can be painted as one picture. */
export type Paintable =
  /** Values over a plane, as `paintPlane` takes them. */
  | {
      readonly kind: 'plane';
      readonly plane: MapPlane;
      readonly choice: MapChoice;
      readonly options: MapOptions;
    }
  /** Counts without an axis, as `paintDensity` takes them; painted as high as the canvas. */
  | {
      readonly kind: 'curve';
      /** With the counts alone. */
      readonly result: Result;
      readonly options: PaintOptions;
    }
  /** Nothing. */
  | { readonly kind: 'blank' };

/** What a view asks of its painter. All is done in the order asked. */
export type ToPixelsPainter =
  /** The canvas to draw on; the first message. */
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas }
  /** Something to make a picture of; `ready` or `failed` answers. */
  | { readonly kind: 'paint'; readonly paintable: Paintable }
  /** Draw the picture made last from now on. */
  | { readonly kind: 'show' }
  | { readonly kind: 'place'; readonly across: Placement; readonly up: Placement }
  | { readonly kind: 'resize'; readonly width: number; readonly height: number }
  | { readonly kind: 'render' };

/** What a painter answers. */
export type FromPixelsPainter =
  | { readonly kind: 'ready'; readonly legend: Legend | undefined }
  | { readonly kind: 'failed'; readonly message: string };
