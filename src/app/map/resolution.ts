import type { Provenance } from '../../engine/result.ts';
import { coordinatesOf, type Extent, fromCoordinate } from '../../export/extent.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Cells, Viewport } from '../../view/viewport.ts';

/** A direction of a window whose cells are finer than the numbers that are computed with. */
export interface Unresolved {
  readonly direction: keyof Viewport;
  /** Least length of a cell. */
  readonly cell: number;
  /** What can be told apart at the same place. */
  readonly resolution: number;
  /** Which numbers they are, for people. */
  readonly of: string;
}

/** What a picture was computed with. */
export type Arithmetic = Pick<Provenance, 'engine' | 'precision'>;

/** Bits of the fraction of float32 and of float64. */
const [FRACTION_32, FRACTION_64] = [23, 52];
/** Bits of the phase of a position, and of positions in fixed point, where there is no micro-structure. */
const [PHASE, FIXED] = [32, 42];
/** Spacings of float64 at which zooming ends, with some rounding on the way. */
const END = 4.5;
const TURN = 2 * Math.PI;

/**
 * The directions in which a window is finer than its picture can be; see docs/numerics.md.
 *
 * @param values the directions along which values lie, rather than parameters.
 * @param amplitude largest force of the micro-structure, where it is known.
 */
export function unresolvedOf(
  spec: Spec,
  { across, up }: Viewport,
  { columns, bins }: Cells,
  { engine, precision }: Arithmetic,
  values: readonly (keyof Viewport)[],
  amplitude: number | undefined,
): readonly Unresolved[] {
  const isProcessor = engine === 'cpu';
  const fraction = isProcessor ? FRACTION_64 : FRACTION_32;
  // Zooming ends at spacings in proportion to the value: a power of two does not move its end.
  const near = (value: number) =>
    isProcessor ? END * value * Number.EPSILON : spacing(value, fraction);
  const ofParameter = (direction: keyof Viewport, extent: Extent, count: number): Unresolved => {
    const resolution = near(farthest(extent));
    const of = isProcessor ? 'float64 numbers' : 'float32 numbers, in which kicks are computed,';
    return { direction, cell: cellOf(extent, count), resolution, of };
  };
  const ofValue = (direction: keyof Viewport, extent: Extent, count: number): Unresolved => {
    const { epsilon, micro } = spec.objective;
    const eta = spec.axes[0]?.parameter === 'eta' ? farthest(across) : (spec.optimizer.eta ?? 0);
    const kick = spacing(eta * (amplitude ?? 0), fraction);
    const cell = cellOf(extent, count);
    if (isProcessor || precision === 'float32') {
      const of = isProcessor ? 'float64 numbers' : 'float32 numbers';
      return { direction, cell, resolution: Math.max(near(farthest(extent)), kick), of };
    }
    const held = micro === '' ? 2 ** -FIXED : (TURN * (epsilon ?? 1)) / 2 ** PHASE;
    return kick > held
      ? { direction, cell, resolution: kick, of: 'kicks in float32, whose last place is noise,' }
      : { direction, cell, resolution: held, of: 'positions of 32-bit phase' };
  };
  const along = (direction: keyof Viewport, extent: Extent, count: number) =>
    (values.includes(direction) ? ofValue : ofParameter)(direction, extent, count);
  return [along('across', across, columns), along('up', up, bins)].filter(
    ({ cell, resolution }) => cell < resolution,
  );
}

/** Distance of a number to the next one of so many bits. */
function spacing(value: number, fraction: number): number {
  return value === 0 ? 0 : 2 ** (Math.floor(Math.log2(Math.abs(value))) - fraction);
}

function farthest({ from, to }: Extent): number {
  return Math.max(Math.abs(from), Math.abs(to));
}

/** Length of the first cell; on a log scale the least. */
function cellOf(extent: Extent, count: number): number {
  const [low, high] = coordinatesOf(extent);
  return fromCoordinate(extent.scale, low + (high - low) / count) - extent.from;
}
