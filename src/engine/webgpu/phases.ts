import type { Expression } from '../../formula/tree.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { planWaves, type WavePart, type Waves, waveArguments } from '../waves.ts';
import { type Chirp, type ChirpPart, chirpOf } from './chirps.ts';
import type { ColumnTable } from './column-table.ts';

/** The waves of a run, and how a shader reads them off coordinates. */
export interface Phases extends Waves {
  /** Whether arguments of second degree occur, whose phase is rounded. */
  readonly isChirped: boolean;
  /**
   * WGSL of the phase (u32) of an argument of sine or cosine, where it is linear or of second degree.
   *
   * @param coordinateOf WGSL of the coordinate of a variable; default that of the state.
   */
  phase(argument: Expression, coordinateOf?: (variable: number) => string): string | undefined;
}

/** Plans the waves (see `planWaves`) and writes the phase of each; adds frequencies to `table`. */
export function planPhases(
  variables: readonly string[],
  dynamics: readonly Expression[],
  others: readonly Expression[],
  settings: readonly ColumnSetting[],
  plainUnit: number,
  table: ColumnTable,
): Phases {
  const planned = planWaves(variables, dynamics, others, settings, plainUnit);
  const chirps = new Map<Expression, Chirp>();
  for (const argument of waveArguments([...dynamics, ...others])) {
    const chirp = planned.waves.has(argument)
      ? undefined
      : chirpOf(argument, variables, planned.unit);
    if (chirp) chirps.set(argument, chirp);
  }
  /** Words of a number of turns that a column gives, `key 0` first. */
  const words = (
    key: string,
    count: number,
    turns: (setting: ColumnSetting) => number,
    wordOf: (turns: number, index: number) => number,
  ) =>
    Array.from({ length: count }, (_, index) =>
      table.word(`${key} ${index}`, 'u32', (setting) => wordOf(turns(setting), index)),
    ).join(', ');
  const frequency = (key: string, turns: (setting: ColumnSetting) => number) =>
    `Frequency(${words(`frequency ${key}`, 3, turns, frequencyWord)})`;
  const ofWave = (key: string, { harmonic, ratio }: WavePart, at: string): string =>
    harmonic === undefined
      ? `phaseOf(${at}, ${frequency(key, ratio)})`
      : `${at}.phase * ${harmonic >>> 0}u`;
  const ofChirp = (key: string, { bend, slope }: ChirpPart, at: string): string => {
    const bends = `Bend(${words(`bend ${key}`, 5, bend, bendWord)})`;
    return `phaseOf(${at}, chirped(${at}, ${frequency(key, slope)}, ${bends}))`;
  };
  return {
    ...planned,
    isChirped: chirps.size > 0,
    phase(argument, coordinateOf = (variable) => `state.at${variable}`) {
      const [wave, chirp] = [planned.waves.get(argument), chirps.get(argument)];
      const key = (variable: number) => `${argument.id} ${variable}`;
      const summands = [
        ...(wave?.parts ?? []).map((part) =>
          ofWave(key(part.variable), part, coordinateOf(part.variable)),
        ),
        ...(chirp?.parts ?? []).map((part) =>
          ofChirp(key(part.variable), part, coordinateOf(part.variable)),
        ),
      ];
      const phased = wave ?? chirp;
      if (!phased) return undefined;
      const isShifted = wave?.isShifted ?? settings.some((setting) => phased.shift(setting) !== 0);
      if (isShifted) {
        summands.push(
          table.word(`shift ${argument.id}`, 'u32', (setting) => {
            const turns = phased.shift(setting);
            return Math.round((turns - Math.floor(turns)) * 2 ** 32) >>> 0;
          }),
        );
      }
      return summands.length > 0 ? `(${summands.join(' + ')})` : '0u';
    },
  };
}

/** Words of a frequency in turns per turn: whole turns, and two words of the fraction. */
function frequencyWord(turns: number, index: number): number {
  const whole = Math.floor(turns);
  if (index === 0) return ((whole % 2 ** 32) + 2 ** 32) % 2 ** 32;
  const fraction = (turns - whole) * 2 ** 32; // exact: a power of two
  const high = Math.floor(fraction);
  return index === 1 ? high : Math.floor((fraction - high) * 2 ** 32);
}

/** Bits of the fraction of a bend: 2^-96 of it, twice 2^30 turns away, is 2^-36. */
const BEND_BITS = 96;

/** Words of a bend in turns per turn squared, from 2^63 down to 2^-96. */
function bendWord(turns: number, index: number): number {
  const scaled = turns * 2 ** BEND_BITS; // exact: a power of two
  if (!Number.isFinite(scaled)) return Number.NaN;
  return Number(BigInt.asUintN(32, BigInt(Math.floor(scaled)) >> BigInt(32 * (4 - index))));
}
