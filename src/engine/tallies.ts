import type { DensityLayout } from '../measure/density.ts';
import { densityEdges } from '../measure/density.ts';
import { type PlaneLayout, planeEdges } from '../measure/joint-density.ts';
import type { ResultArray } from './result.ts';

/**
 * Counts of all columns, one row each: the slots of all densities (measure/density.ts) and joint
 * densities (measure/joint-density.ts), then observed steps lost to divergence, then diverged orbits.
 *
 * Rows are sums over orbits, so partial counts add up in any order to the same rows.
 */
export interface Tallies {
  readonly columns: number;
  /** Length of a row. */
  readonly stride: number;
  /** u64 where orbits x keep could pass 2^32 - 1, else u32: shape [columns, stride]. */
  readonly rows: Uint32Array | BigUint64Array;
}

export function createTallies(columns: number, stride: number, largest: number): Tallies {
  const length = columns * stride;
  const rows = largest > 0xffff_ffff ? new BigUint64Array(length) : new Uint32Array(length);
  return { columns, stride, rows };
}

/**
 * Adds `counts` to the rows from flat index `from` on.
 *
 * @param isFirst whether all are 0 there: then they are copied.
 */
export function addCounts(
  { rows }: Tallies,
  from: number,
  counts: Uint32Array,
  isFirst = false,
): void {
  if (rows instanceof Uint32Array) {
    if (isFirst) {
      rows.set(counts, from);
      return;
    }
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i] ?? 0;
      if (count > 0) rows[from + i] = (rows[from + i] ?? 0) + count; // most are 0
    }
    return;
  }
  for (let i = 0; i < counts.length; i++) addCount64(rows, from + i, counts[i] ?? 0);
}

/** Adds one whole number, of at most 2^53, to the rows at flat index `at`. */
export function addCount({ rows }: Tallies, at: number, count: number): void {
  if (rows instanceof Uint32Array) rows[at] = (rows[at] ?? 0) + count;
  else addCount64(rows, at, count);
}

function addCount64(rows: BigUint64Array, at: number, count: number): void {
  if (count > 0) rows[at] = (rows[at] ?? 0n) + BigInt(count);
}

/** An independent copy. */
export function copyTallies(tallies: Tallies): Tallies {
  return { ...tallies, rows: tallies.rows.slice() };
}

/**
 * The arrays of the densities, under their names.
 *
 * @param axes lengths of the axes: the leading dimensions.
 */
export function densityArrays(
  tallies: Tallies,
  densities: readonly DensityLayout[],
  axes: readonly number[],
): Record<string, ResultArray> {
  const { stride } = tallies;
  const arrays: Record<string, ResultArray> = {};
  for (const { request, start } of densities) {
    const { name, bins } = request;
    arrays[name] = cut(tallies, { from: start + 1, width: bins }, [...axes, bins]);
    const edges = densityEdges(request);
    arrays[`${name}_edges`] = { type: 'float64', shape: [bins + 1], data: edges };
    const outside = { from: start, width: 2, apart: bins + 1 };
    arrays[`${name}_outside`] = cut(tallies, outside, [...axes, 2]);
    arrays[`${name}_lost`] = cut(tallies, { from: stride - 2, width: 1 }, axes);
  }
  return arrays;
}

/** The arrays of the joint densities, under their names; `axes` as of `densityArrays`. */
export function planeArrays(
  tallies: Tallies,
  planes: readonly PlaneLayout[],
  axes: readonly number[],
): Record<string, ResultArray> {
  const arrays: Record<string, ResultArray> = {};
  for (const { request, start } of planes) {
    const { name, bins } = request;
    const [across, up] = bins;
    arrays[name] = cut(tallies, { from: start + 1, width: across * up }, [...axes, across, up]);
    planeEdges(request).forEach((data, at) => {
      arrays[`${name}_${at === 0 ? 'x' : 'y'}_edges`] = {
        type: 'float64',
        shape: [data.length],
        data,
      };
    });
    arrays[`${name}_outside`] = cut(tallies, { from: start, width: 1 }, axes);
    arrays[`${name}_lost`] = cut(tallies, { from: tallies.stride - 2, width: 1 }, axes);
  }
  return arrays;
}

/** Orbits that left the radius, or the domain of a formula: uint32, shape of the axes. */
export function divergedArray(tallies: Tallies, axes: readonly number[]): ResultArray {
  const { data } = cut(tallies, { from: tallies.stride - 1, width: 1 }, axes);
  return { type: 'uint32', shape: axes, data: Uint32Array.from(data, Number) };
}

/** Values from which on a copy is worth a view. */
const LONG = 32;

interface Slots {
  readonly from: number;
  readonly width: number;
  /** Distance from one slot to the next; default 1. */
  readonly apart?: number;
}

/** Some slots of every row: shape [columns, width]. */
function cut(
  { rows, columns, stride }: Tallies,
  { from, width, apart = 1 }: Slots,
  shape: readonly number[],
): ResultArray {
  if (rows instanceof Uint32Array) {
    const data = new Uint32Array(columns * width);
    for (let column = 0, to = 0; column < columns; column++) {
      const first = column * stride + from;
      if (width >= LONG && apart === 1) {
        data.set(rows.subarray(first, first + width), to);
        to += width;
        continue;
      }
      for (let slot = 0; slot < width; slot++) data[to++] = rows[first + slot * apart] ?? 0;
    }
    return { type: 'uint32', shape, data };
  }
  const data = new BigUint64Array(columns * width);
  for (let column = 0, to = 0; column < columns; column++) {
    const first = column * stride + from;
    for (let slot = 0; slot < width; slot++) data[to++] = rows[first + slot * apart] ?? 0n;
  }
  return { type: 'uint64', shape, data };
}
