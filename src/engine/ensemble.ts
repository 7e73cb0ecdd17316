import type { ColumnSetting } from '../spec/columns.ts';
import type { Initial, Spec } from '../spec/spec.ts';
import { philox, unitInterval } from './random.ts';

const START = 0; // domains of the counter: what its random words are for
const NOISE = 1;

/** Where the orbits of a run start, and what their noise begins with. */
export interface Ensemble {
  /** Starting value of one variable of one orbit, in the unit of the variable, f64. */
  start(setting: ColumnSetting, column: number, orbit: number, variable: number): number;
  /** First word of an orbit's own noise generator, for engines that dither. */
  noise(column: number, orbit: number): number;
}

/**
 * The ensemble of a spec: Philox4x32-10 keyed by the seed, counted by (orbit, column, variable), so
 * that every engine starts the same orbits, however the work is split.
 */
export function createEnsemble(spec: Spec): Ensemble {
  const { seed, orbits, initial } = spec.ensemble;
  const { variables } = spec.objective;
  const words = new Uint32Array(4);
  const [low, high] = [seed % 2 ** 32, Math.floor(seed / 2 ** 32)]; // the key
  const givens = variables.map((name) => initial[name] ?? 0);
  const draw = (column: number, orbit: number, variable: number, domain: number): Uint32Array => {
    words[0] = orbit;
    words[1] = column;
    words[2] = variable;
    words[3] = domain;
    philox(words, low, high);
    return words;
  };
  const from = (given: Initial, column: number, orbit: number, variable: number): number => {
    if (typeof given === 'number') return given;
    if ('grid' in given) {
      const [lo, hi] = given.grid;
      return lo + ((orbit + 0.5) * (hi - lo)) / orbits;
    }
    const random = draw(column, orbit, variable, START);
    const first = unitInterval(random[0] ?? 0, random[1] ?? 0);
    if ('uniform' in given) {
      const [lo, hi] = given.uniform;
      return lo + first * (hi - lo);
    }
    const [mean, deviation] = given.normal; // Box and Muller 1958
    const radius = Math.sqrt(-2 * Math.log1p(-first));
    return (
      mean +
      deviation * radius * Math.cos(2 * Math.PI * unitInterval(random[2] ?? 0, random[3] ?? 0))
    );
  };
  return {
    start(setting, column, orbit, variable) {
      const set = setting.initial[variables[variable] ?? ''];
      return set ?? from(givens[variable] ?? 0, column, orbit, variable);
    },
    noise: (column, orbit) => draw(column, orbit, 0, NOISE)[0] ?? 0,
  };
}
