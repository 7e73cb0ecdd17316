import type { Expression } from '../../formula/tree.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { planWaves, type Waves } from '../waves.ts';
import type { ColumnTable } from './column-table.ts';

/** The waves of a run, and how a shader reads them off coordinates. */
export interface Phases extends Waves {
  /**
   * WGSL of the phase (u32) of an argument of sine or cosine, where it is linear.
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
  return {
    ...planned,
    phase(argument, coordinateOf = (variable) => `state.at${variable}`) {
      const wave = planned.waves.get(argument);
      if (!wave) return undefined;
      const summands = wave.parts.map(({ variable, harmonic, ratio }) => {
        const at = coordinateOf(variable);
        if (harmonic !== undefined) return `${at}.phase * ${harmonic >>> 0}u`;
        const words = (['whole', 'high', 'low'] as const).map((word, index) =>
          table.word(`frequency ${argument.id} ${variable} ${word}`, 'u32', (setting) =>
            frequencyWord(ratio(setting), index),
          ),
        );
        return `phaseOf(${at}, Frequency(${words.join(', ')}))`;
      });
      if (wave.isShifted) {
        summands.push(
          table.word(`shift ${argument.id}`, 'u32', (setting) => {
            const turns = wave.shift(setting);
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
