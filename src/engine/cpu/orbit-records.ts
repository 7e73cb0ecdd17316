import { fates, MOMENTS_WIDTH } from '../../measure/layout.ts';
import type { Tile } from '../plan.ts';
import type { Kept } from './lanes.ts';
import type { RunPlan } from './protocol.ts';
import type { Segment } from './segments.ts';

type Fate = (typeof fates)[keyof typeof fates];

/** The records of the orbits of a tile while they are made. A place is one in what is kept of orbits. */
export interface OrbitRecords {
  /** f64 [columns, orbits, width] of the tile. */
  readonly data: Float64Array<ArrayBuffer>;
  /** Whether `enter` and `leave` do anything. */
  readonly hasSums: boolean;
  /** Makes the first places ready for so many orbits, but for their states. */
  begin(count: number): void;
  /** Makes it ready for a segment. */
  enter(place: number, segment: Segment): void;
  /** Writes what an orbit gave in a segment of which it took some steps. */
  leave(orbit: number, place: number, segment: Segment, steps: number): void;
  /** Says that orbits stayed to the end, after so many steps; that of place 0 is `first`. */
  stay(first: number, places: readonly number[], steps: number): void;
  /** Says how an orbit ended, after so many steps. */
  end(orbit: number, place: number, fate: Fate, steps: number): void;
  /** Sets the period of an orbit. */
  setPeriod(orbit: number, period: number): void;
}

/** @param unitOf length of a turn along a variable in a column of the tile, in the unit of x. */
export function createOrbitRecords(
  { record, slots, places }: RunPlan,
  tile: Tile,
  { data: kept }: Kept,
  unitOf: (column: number, at: number) => number,
): OrbitRecords {
  const { variables } = places;
  const { width, moments, tangents, period, extent, final } = record;
  const { fate: fateAt, steps: stepsAt } = record;
  const exponents = tangents?.exponents ?? 0;
  const hasSums = moments.length > 0 || exponents > 0;
  const data = new Float64Array(tile.columns * tile.orbits * width);
  const noSums = Float64Array.of(0, Number.NaN, 0, 0, 0, 0);
  const tangentAt = (tangent: number) => slots.tangents + tangent * (1 + slots.dimension);
  /** Logarithms of the sizes of tangent vectors at the start of a segment, [places, exponents]. */
  const sizes = new Float64Array((kept.length / places.slots) * exponents);
  const sizeOf = (from: number): number => {
    let squares = 0;
    for (let at = 1; at <= slots.dimension; at++) squares += (kept[from + at] ?? 0) ** 2;
    return (kept[from] ?? 0) * Math.LN2 + Math.log(squares) / 2;
  };
  const wandered = (from: number): number => {
    const widths = slots.extents.map(
      ({ start }) => (kept[from + start + 1] ?? 0) - (kept[from + start] ?? 0),
    );
    return widths.length > 0 ? Math.max(0, ...widths) : Number.NaN;
  };
  /** Values of a place besides its positions, at the start of an orbit. */
  const fresh = new Float64Array(places.slots - variables);
  for (let tangent = 0; tangent < exponents; tangent++) {
    fresh[tangentAt(tangent) + 1 + tangent - variables] = 1;
  }
  for (const { start } of slots.extents) {
    fresh[start - variables] = Number.POSITIVE_INFINITY;
    fresh[start + 1 - variables] = Number.NEGATIVE_INFINITY;
  }
  const end = (orbit: number, place: number, fate: Fate, steps: number) => {
    const to = orbit * width;
    const from = place * places.slots;
    const column = Math.floor(orbit / tile.orbits);
    data[to + fateAt] = fate;
    data[to + stepsAt] = steps;
    const isKnown = fate !== fates.diverged;
    for (let at = 0; at < variables; at++) {
      data[to + final + at] = isKnown ? (kept[from + at] ?? 0) * unitOf(column, at) : Number.NaN;
    }
    if (extent !== undefined) data[to + extent] = wandered(from);
  };

  return {
    data,
    end,
    stay(first, places, steps) {
      for (const place of places) end(first + place, place, fates.stayed, steps);
    },
    hasSums,
    begin(count) {
      if (fresh.length === 0) return;
      for (let place = 0; place < count; place++) kept.set(fresh, place * places.slots + variables);
    },
    enter(place, { isObserved, isBatchStart }) {
      if (!isObserved || !hasSums) return;
      const from = place * places.slots;
      if (isBatchStart) for (const start of slots.moments) kept.set(noSums, from + start);
      for (let tangent = 0; tangent < exponents; tangent++) {
        const at = from + tangentAt(tangent);
        kept[at] = 0;
        sizes[place * exponents + tangent] = sizeOf(at);
      }
    },
    leave(orbit, place, { isObserved, isWarmUp, batch }, steps) {
      if (!isObserved || !hasSums) return;
      const from = place * places.slots;
      const to = orbit * width;
      for (const [index, { start }] of moments.entries()) {
        const sums = from + (slots.moments[index] ?? 0);
        if (!((kept[sums] ?? 0) > 0)) continue; // a batch of no values has no shift either
        const values = kept.subarray(sums, sums + MOMENTS_WIDTH);
        data.set(values, to + start + batch * MOMENTS_WIDTH);
      }
      if (!tangents || isWarmUp) return;
      const batchAt = to + tangents.start + batch * (1 + exponents);
      data[batchAt] = (data[batchAt] ?? 0) + steps;
      for (let tangent = 0; tangent < exponents; tangent++) {
        const grown = sizeOf(from + tangentAt(tangent)) - (sizes[place * exponents + tangent] ?? 0);
        data[batchAt + 1 + tangent] = (data[batchAt + 1 + tangent] ?? 0) + grown;
      }
    },
    setPeriod(orbit, found) {
      if (period) data[orbit * width + period.start] = found;
    },
  };
}
