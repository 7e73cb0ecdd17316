import type { Placement } from './viewport.ts';

/** A canvas that draws the tones of a density in the colours of a table; it is the view's own. */
export interface DensityView {
  readonly canvas: HTMLCanvasElement;
  /** Puts the picture at these shares of the canvas; `up` counts from the bottom. */
  place(across: Placement, up: Placement): void;
  /** Draws in these colours from now on: 256 sRGB entries, [256, 3] uint8, shown unchanged. */
  paint(colours: Uint8Array): void;
  /** Sets the size of the canvas, in device pixels. */
  resize(width: number, height: number): void;
  /** Draws all that was asked for before. */
  render(): void;
  dispose(): Promise<void>;
}
