import { putRecords } from '../../measure/records.ts';
import type { Tile } from '../plan.ts';
import { addCount } from '../tallies.ts';
import { nextStation, type Station } from './stations.ts';
import type { SweepContext } from './sweep-context.ts';
import { beginRecords } from './tile-records.ts';
import { startTile } from './tile-states.ts';

/** What is kept of the orbits of a tile on the device, and how it becomes records. */
export interface TileMarks {
  /** Orbits that are followed from the start. */
  readonly followed: number;
  /** Where sums are to be taken next. */
  readonly station: Station;
  /** Observed states when they were last taken. */
  readonly pieceFrom: number;
  /** Takes the sums of the piece that ends after `observed` states. */
  take(observed: number): Promise<void>;
  /** Completes the records of the tile and puts them where they belong. */
  finish(): Promise<void>;
}

/** Starts the orbits of a tile: writes their states, and counts those that never are followed. */
export function startMarks(context: SweepContext, tile: Tile): TileMarks {
  const { device, program, buffers, counts, read } = context;
  const { spec, layout, marks, sums, tallyStride } = program;
  const { keep } = spec.steps;
  const stride = tile.columns * tile.orbits;
  const { queue } = device;

  /** Zeroes some words of all orbits. */
  const clear = (from: number, to: number): void => {
    if (from === to) return;
    const encoder = device.createCommandEncoder();
    encoder.clearBuffer(buffers.marks, 4 * from * stride, 4 * (to - from) * stride);
    queue.submit([encoder.finish()]);
  };

  const { words, ends, gone, followed } = startTile(program, context.ensemble, tile);
  queue.writeBuffer(buffers.states, 0, words);
  queue.writeBuffer(buffers.marks, 0, ends);
  clear(marks.from.tile, marks.width);
  const filled = new Uint32Array(stride);
  sums.all.forEach(({ initial = [] }, measure) => {
    for (const [word, value] of initial) {
      const at = (marks.places[measure]?.tile ?? 0) + word;
      queue.writeBuffer(buffers.marks, 4 * at * stride, filled.fill(value));
    }
  });
  gone.forEach((count, column) => {
    addCount(counts.tallies, (tile.columnFrom + column + 1) * tallyStride - 1, count);
  });

  const made = beginRecords(program, tile);
  const readMarks = () => read(buffers.marks, marks.width * stride);
  let station = nextStation(layout.record, keep, 0);
  let pieceFrom = 0;
  return {
    followed,
    get station() {
      return station;
    },
    get pieceFrom() {
      return pieceFrom;
    },
    async take(observed) {
      made.take(await readMarks(), station);
      clear(station.isBatchEnd ? marks.from.batch : marks.from.piece, marks.width);
      pieceFrom = observed;
      if (observed < keep) station = nextStation(layout.record, keep, observed);
    },
    async finish() {
      const states = await read(buffers.states, program.orbit.stateWords * stride);
      made.finish(await readMarks(), states);
      putRecords(context.records, tile, made.data);
    },
  };
}
