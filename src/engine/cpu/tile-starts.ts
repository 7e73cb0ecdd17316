import { columnSetting } from '../../spec/columns.ts';
import { limits } from '../../spec/limits.ts';
import { createEnsemble } from '../ensemble.ts';
import type { Tile } from '../plan.ts';
import type { RunPlan } from './protocol.ts';
import type { Memory } from './rules/rule.ts';

/** Where the orbits of a tile begin. */
export interface TileStarts {
  /**
   * Writes the state that an orbit of the tile begins with, positions in turns, to `into` from place `at`
   * on; to be asked in the order of the orbits.
   *
   * @returns whether it begins within the radius.
   */
  write(orbit: number, into: Float64Array, at: number): boolean;
}

/** @param unitOf length of a turn along a variable in a column of the tile, in the unit of x. */
export function createTileStarts(
  { spec, memory }: RunPlan,
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
      const ofColumn = tile.orbitFrom + (orbit % tile.orbits);
      let isInside = true;
      for (let variable = 0; variable < variables; variable++) {
        const x = ensemble.start(setting, number, ofColumn, variable);
        if (!(Math.abs(x) <= spec.stop.radius)) isInside = false;
        into[at + variable] = x / unitOf(column, variable);
      }
      for (let place = 0; place < memory.length; place++) {
        into[at + variables + place] = begin(memory[place] ?? 'rest', number, ofColumn);
      }
      return isInside;
    },
  };
}

/** Adding it to a whole number below 2^52 makes that the lower bits of a double. */
const WHOLE = 2 ** 52;

function begin(kind: Memory, column: number, orbit: number): number {
  if (kind === 'rest') return 0;
  return kind === 'clock' ? WHOLE : WHOLE + column * limits.orbits.most + orbit;
}
