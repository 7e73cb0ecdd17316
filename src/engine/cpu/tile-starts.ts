import { columnSetting } from '../../spec/columns.ts';
import { limits } from '../../spec/limits.ts';
import { createEnsemble, isDrawn, type Placing, placingOf, START } from '../ensemble.ts';
import type { Tile } from '../plan.ts';
import type { KernelExports } from './kernel-text.ts';
import type { Kept } from './lanes.ts';
import { philoxKeys } from './philox.ts';
import type { RunPlan } from './protocol.ts';
import type { Memory } from './rules/rule.ts';
import { DRAWN } from './starts-text.ts';

/** Where the orbits of a tile begin. */
export interface TileStarts {
  /**
   * Writes the states that orbits of the tile begin with, positions in turns, from place 0 on.
   *
   * @returns places of those that do not begin within the radius.
   */
  write(first: number, count: number, kept: Kept): ReadonlySet<number>;
}

/**
 * @param kernels whose memory grows no more while the starts are in use.
 * @param unitOf length of a turn along a variable in a column of the tile, in the unit of x.
 */
export function createTileStarts(
  { memory, draw }: KernelExports,
  { spec, memory: remembered, places }: RunPlan,
  tile: Tile,
  unitOf: (column: number, at: number) => number,
): TileStarts {
  const ensemble = createEnsemble(spec);
  const names = spec.objective.variables;
  const variables = names.length;
  const placings = names.map((name) => {
    const given = spec.ensemble.initial[name] ?? 0;
    return isDrawn(given) ? placingOf(given) : undefined;
  });
  const words = new Uint32Array(memory.buffer, places.drawn, draw ? 4 * DRAWN : 0);
  const counter = new Uint32Array(memory.buffer, places.counter, draw ? 8 : 0);
  if (draw) {
    const keys = philoxKeys(spec.ensemble.seed).flatMap((key) => [key, key]);
    new BigUint64Array(memory.buffer, places.keys, keys.length).set(keys);
  }
  const { radius } = spec.stop;
  const starts = new Float64Array(DRAWN); // along a variable
  /** Draws where some orbits of a column start along a variable. */
  const drawStarts = (
    placing: Placing,
    column: number,
    orbit: number,
    variable: number,
    count: number,
  ) => {
    for (let lane = 0; lane < 2; lane++) {
      counter[2 * lane] = orbit + lane;
      counter[2 * lane + 1] = variable;
      counter[2 * lane + 4] = column;
      counter[2 * lane + 5] = START;
    }
    draw?.(count + (count % 2), places.drawn);
    for (let index = 0; index < count; index++) {
      const at = 8 * (index >> 1) + 2 * (index & 1);
      starts[index] = placing(
        words[at] ?? 0,
        words[at + 4] ?? 0,
        words[at + 1] ?? 0,
        words[at + 5] ?? 0,
      );
    }
  };
  let setting = columnSetting(spec, tile.columnFrom);
  let settingOf = 0;
  return {
    write(first, count, { slots, data }) {
      let outside: Set<number> | undefined;
      for (let place = 0; place < count; ) {
        const column = Math.floor((first + place) / tile.orbits);
        const number = tile.columnFrom + column;
        const inColumn = first + place - column * tile.orbits;
        const some = Math.min(count - place, tile.orbits - inColumn, DRAWN);
        const orbit = tile.orbitFrom + inColumn;
        if (column !== settingOf) setting = columnSetting(spec, number);
        settingOf = column;
        for (let variable = 0; variable < variables; variable++) {
          const unit = unitOf(column, variable);
          const placing = placings[variable];
          if (placing && setting.initial[names[variable] ?? ''] === undefined) {
            drawStarts(placing, number, orbit, variable, some);
          } else {
            for (let index = 0; index < some; index++) {
              starts[index] = ensemble.start(setting, number, orbit + index, variable);
            }
          }
          for (let index = 0; index < some; index++) {
            const x = starts[index] ?? Number.NaN;
            data[(place + index) * slots + variable] = x / unit;
            if (Math.abs(x) <= radius) continue;
            outside ??= new Set();
            outside.add(place + index);
          }
        }
        for (let at = 0; at < remembered.length; at++) {
          for (let index = 0; index < some; index++) {
            const to = (place + index) * slots + variables + at;
            data[to] = begin(remembered[at] ?? 'rest', number, orbit + index);
          }
        }
        place += some;
      }
      return outside ?? nobody;
    },
  };
}

const nobody: ReadonlySet<number> = new Set();

/** Adding it to a whole number below 2^52 makes that the lower bits of a double. */
const WHOLE = 2 ** 52;

function begin(kind: Memory, column: number, orbit: number): number {
  if (kind === 'rest') return 0;
  return kind === 'clock' ? WHOLE : WHOLE + column * limits.orbits.most + orbit;
}
