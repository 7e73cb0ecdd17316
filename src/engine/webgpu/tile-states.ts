import { fates } from '../../measure/layout.ts';
import type { Ensemble } from '../ensemble.ts';
import type { Tile } from '../plan.ts';
import type { Program } from './program.ts';
import { ENDS } from './sums/sums-module.ts';

/** The orbits of a tile at their start. */
export interface TileStates {
  /** Shape [words of a state, columns, orbits]. */
  readonly words: Uint32Array<ArrayBuffer>;
  /** Fates of those that end before their first step, as on the device: shape [2, columns, orbits]. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Orbits of each column that start beyond the radius and are never followed: shape [columns]. */
  readonly gone: Uint32Array;
  /** Orbits that are followed. */
  readonly followed: number;
}

/** Starts every orbit of `tile` where the ensemble says. */
export function startTile(
  { orbit, settingOf, spec, escapesAt, columnFrom }: Program,
  ensemble: Ensemble,
  tile: Tile,
): TileStates {
  const stride = tile.columns * tile.orbits;
  const words = new Uint32Array(orbit.stateWords * stride);
  const ends = new Uint32Array(ENDS * stride);
  const gone = new Uint32Array(tile.columns);
  const start = new Float64Array(spec.objective.variables.length);
  let followed = stride;
  for (let c = 0; c < tile.columns; c++) {
    const column = columnFrom + tile.columnFrom + c;
    const setting = settingOf(tile.columnFrom + c);
    for (let o = 0; o < tile.orbits; o++) {
      const number = tile.orbitFrom + o;
      const place = c * tile.orbits + o;
      for (let v = 0; v < start.length; v++) start[v] = ensemble.start(setting, column, number, v);
      const own = { column, orbit: number, noise: ensemble.noise(column, number) };
      const isInside = orbit.begin(setting, start, own, words, place, stride);
      if (!isInside) gone[c] = (gone[c] ?? 0) + 1;
      else if (!escapesAt?.(start, setting)) continue;
      ends[stride + place] = isInside ? fates.escaped : fates.diverged;
      followed--;
    }
  }
  return { words, ends, gone, followed };
}
