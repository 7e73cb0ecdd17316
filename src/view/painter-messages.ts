import type { ToneName } from '../export/tone.ts';
import type { Placement } from './viewport.ts';

/** What a view asks of its painter. All is done in the order asked. */
export type ToPainter =
  /** The canvas to draw on; the first message. */
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas }
  /** Counts to make a picture of; `ready` or `failed` answers. */
  | {
      readonly kind: 'counts';
      /** [columns, bins], u64 or u32; lent until the answer gives it back. */
      readonly buffer: ArrayBuffer;
      readonly isWide: boolean;
      readonly columns: number;
      readonly bins: number;
      readonly tone: ToneName;
      /** Steps that each column's counts hold, f64 [columns], where they differ. */
      readonly observed?: Float64Array;
    }
  /** Draw the picture made last from now on. */
  | { readonly kind: 'show' }
  | { readonly kind: 'place'; readonly across: Placement; readonly up: Placement }
  | { readonly kind: 'paint'; readonly colours: Uint8Array }
  | { readonly kind: 'resize'; readonly width: number; readonly height: number }
  | { readonly kind: 'render' };

/** What a painter answers to counts. */
export type FromPainter =
  | { readonly kind: 'ready'; readonly buffer: ArrayBuffer }
  | { readonly kind: 'failed'; readonly message: string };
