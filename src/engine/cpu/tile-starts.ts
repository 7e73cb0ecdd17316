import { columnSetting } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';
import { createEnsemble } from '../ensemble.ts';
import type { Tile } from '../plan.ts';

/** Where the orbits of a tile begin. */
export interface TileStarts {
  /**
   * Writes where an orbit of the tile begins, in turns, to `into` from place `at` on; to be asked in
   * the order of the orbits.
   *
   * @returns whether it begins within the radius.
   */
  write(orbit: number, into: Float64Array, at: number): boolean;
}

/** @param unitOf length of a turn along a variable in a column of the tile, in the unit of x. */
export function createTileStarts(
  spec: Spec,
  tile: Tile,
  unitOf: (column: number, at: number) => number,
): TileStarts {
  const ensemble = createEnsemble(spec);
  const variables = spec.objective.variables.length;
  let setting = columnSetting(spec, tile.columnFrom);
  let settingOf = 0;
  return {
    write(orbit, into, at) {
      const column = Math.floor(orbit / tile.orbits);
      const number = tile.columnFrom + column;
      if (column !== settingOf) setting = columnSetting(spec, number);
      settingOf = column;
      let isInside = true;
      for (let variable = 0; variable < variables; variable++) {
        const x = ensemble.start(setting, number, tile.orbitFrom + (orbit % tile.orbits), variable);
        if (!(Math.abs(x) <= spec.stop.radius)) isInside = false;
        into[at + variable] = x / unitOf(column, variable);
      }
      return isInside;
    },
  };
}
