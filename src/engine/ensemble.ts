import type { ColumnSetting } from '../spec/columns.ts';
import type { Initial, Spec } from '../spec/spec.ts';
import { philox, unitInterval } from './random.ts';

/** Domains of the counter: what its random words are for. */
export const START = 0;
const NOISE = 1;

/** How an orbit starts that starts at random. */
export type Drawn = Extract<Initial, { readonly uniform: unknown } | { readonly normal: unknown }>;

export function isDrawn(given: Initial): given is Drawn {
  return typeof given === 'object' && !('grid' in given);
}

/** Where four random words put an orbit, in the unit of the variable. */
export type Placing = (word0: number, word1: number, word2: number, word3: number) => number;

export function placingOf(given: Drawn): Placing {
  if ('uniform' in given) {
    const [lo, hi] = given.uniform;
    const width = hi - lo;
    return (word0, word1) => lo + unitInterval(word0, word1) * width;
  }
  const [mean, deviation] = given.normal; // Box and Muller 1958
  return (word0, word1, word2, word3) => {
    const radius = Math.sqrt(-2 * Math.log1p(-unitInterval(word0, word1)));
    return mean + deviation * radius * Math.cos(2 * Math.PI * unitInterval(word2, word3));
  };
}

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
  const placings = givens.map((given) => (isDrawn(given) ? placingOf(given) : undefined));
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
    if (!isDrawn(given)) {
      const [lo, hi] = given.grid;
      return lo + ((orbit + 0.5) * (hi - lo)) / orbits;
    }
    const words = draw(column, orbit, variable, START);
    return placings[variable]?.(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0) ?? 0;
  };
  return {
    start(setting, column, orbit, variable) {
      const set = setting.initial[variables[variable] ?? ''];
      return set ?? from(givens[variable] ?? 0, column, orbit, variable);
    },
    noise: (column, orbit) => draw(column, orbit, 0, NOISE)[0] ?? 0,
  };
}
