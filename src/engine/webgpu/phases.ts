import { affineForm, evaluateConstant } from '../../formula/affine.ts';
import { type Expression, inOrder } from '../../formula/tree.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import type { ColumnTable } from './column-table.ts';

const TURN = 2 * Math.PI;

/** Frequencies of one coordinate up to this multiple of the base are followed as exact harmonics. */
const HIGHEST_HARMONIC = 4096;
/** The base of a coordinate's frequencies is sought among the lowest of them divided by 1, 2, … */
const LARGEST_DIVISOR = 24;

/** One sine or cosine whose argument is Σ coefficient·variable + constant. */
interface Wave {
  readonly argument: Expression;
  readonly terms: readonly Term[];
  readonly constant: Expression;
}

interface Term {
  readonly variable: number;
  readonly scale: 'macro' | 'micro';
  readonly coefficient: Expression;
}

/** How the sines and cosines of linear arguments are read off the positions of the coordinates. */
export interface Phases {
  /** Length of one turn of a coordinate, in the unit of x. */
  unit(variable: number, setting: ColumnSetting): number;
  /** Whether the unit of a coordinate is a period of the micro-structure. */
  hasPeriod(variable: number): boolean;
  /** WGSL of the phase (u32) of an argument of sine or cosine, where it is linear. */
  phase(argument: Expression): string | undefined;
  /** Whether some frequency is no multiple of the base, so that its phase is rounded. */
  readonly isRounded: boolean;
}

/** The values that the parameters of a formula have in a column. */
export function parameterValues(setting: ColumnSetting): Record<string, number> {
  const { parameters, epsilon } = setting;
  return epsilon === undefined ? { ...parameters } : { ...parameters, epsilon };
}

/**
 * Chooses the unit of every coordinate and the phase of every sine and cosine of a linear argument.
 *
 * Where the micro-structure has a period along a coordinate, the unit is the longest period of which
 * all its waves are harmonics: 2 pi epsilon / base. Elsewhere it is `plainUnit`.
 *
 * @param dynamics the expressions that move the orbits: they choose the units.
 * @param others further expressions whose waves are read at those units.
 * @param settings of enough columns to see whether a frequency varies.
 */
export function planPhases(
  variables: readonly string[],
  dynamics: readonly Expression[],
  others: readonly Expression[],
  settings: readonly ColumnSetting[],
  plainUnit: number,
  table: ColumnTable,
): Phases {
  const waves = new Map<Expression, Wave>();
  const collect = (roots: readonly Expression[]) => {
    const found: Wave[] = [];
    for (const argument of waveArguments(roots)) {
      const wave = waves.get(argument) ?? waveOf(argument, variables);
      if (wave) waves.set(argument, wave);
      if (wave) found.push(wave);
    }
    return found;
  };
  const bases = variables.map((_, variable) => baseOf(collect(dynamics), variable, settings));
  collect(others);

  const unit = (variable: number, setting: ColumnSetting): number => {
    const base = bases[variable]?.(setting);
    return base === undefined ? plainUnit : (TURN * (setting.epsilon ?? 1)) / base;
  };
  /** Turns of the wave per turn of the coordinate. */
  const ratio = (wave: Wave, variable: number, setting: ColumnSetting): number => {
    const { epsilon = 1 } = setting;
    let frequency = 0; // radians per unit of x
    for (const { variable: of, scale, coefficient } of wave.terms) {
      if (of !== variable) continue;
      const value = evaluateConstant(coefficient, parameterValues(setting));
      frequency += scale === 'micro' ? value / epsilon : value;
    }
    return (frequency * unit(variable, setting)) / TURN;
  };

  let isRounded = false;
  const texts = new Map<Expression, string>();
  for (const [argument, wave] of waves) {
    const parts: string[] = [];
    for (const variable of new Set(wave.terms.map((term) => term.variable))) {
      const ratios = settings.map((setting) => ratio(wave, variable, setting));
      const harmonic = commonHarmonic(ratios);
      if (harmonic !== undefined) {
        if (harmonic !== 0) parts.push(`state.at${variable}.phase * ${harmonic >>> 0}u`);
        continue;
      }
      isRounded = true;
      const words = (['whole', 'high', 'low'] as const).map((word, index) =>
        table.word(`frequency ${argument.id} ${variable} ${word}`, 'u32', (setting) =>
          frequencyWord(ratio(wave, variable, setting), index),
        ),
      );
      parts.push(`phaseOf(state.at${variable}, Frequency(${words.join(', ')}))`);
    }
    const shift = (setting: ColumnSetting) =>
      evaluateConstant(wave.constant, parameterValues(setting)) / TURN;
    if (settings.some((setting) => shift(setting) !== 0)) {
      parts.push(
        table.word(`shift ${argument.id}`, 'u32', (setting) => {
          const turns = shift(setting);
          return Math.round((turns - Math.floor(turns)) * 2 ** 32) >>> 0;
        }),
      );
    }
    texts.set(argument, parts.length > 0 ? `(${parts.join(' + ')})` : '0u');
  }
  return {
    unit,
    hasPeriod: (variable) => bases[variable] !== undefined,
    phase: (argument) => texts.get(argument),
    isRounded,
  };
}

/** The arguments of all sines and cosines below `roots`, each once. */
function waveArguments(roots: readonly Expression[]): Set<Expression> {
  const found = new Set<Expression>();
  for (const expression of inOrder(roots)) {
    if (expression.kind !== 'apply') continue;
    const [argument] = expression.operands;
    if (argument && (expression.operation === 'sin' || expression.operation === 'cos')) {
      found.add(argument);
    }
  }
  return found;
}

function waveOf(argument: Expression, variables: readonly string[]): Wave | undefined {
  const form = affineForm(argument);
  if (!form || form.terms.length === 0) return undefined;
  const terms = form.terms.map(({ variable, coefficient }) => ({
    variable: variables.indexOf(variable.name),
    scale: variable.scale,
    coefficient,
  }));
  return { argument, terms, constant: form.constant };
}

/**
 * The largest frequency per micro-unit of which all micro-waves along a coordinate are harmonics, as
 * a function of the column; where there is none, their lowest frequency.
 */
function baseOf(
  waves: readonly Wave[],
  variable: number,
  settings: readonly ColumnSetting[],
): ((setting: ColumnSetting) => number) | undefined {
  const [setting] = settings;
  if (!setting) return undefined;
  const coefficients = waves.flatMap(({ terms }) =>
    terms.filter((term) => term.variable === variable && term.scale === 'micro'),
  );
  const sizeOf = (term: Term, at: ColumnSetting) =>
    Math.abs(evaluateConstant(term.coefficient, parameterValues(at)));
  const moving = coefficients.filter((term) => sizeOf(term, setting) > 0);
  const lowest = moving.reduce<Term | undefined>(
    (best, term) => (best && sizeOf(best, setting) <= sizeOf(term, setting) ? best : term),
    undefined,
  );
  if (!lowest || settings.some((at) => sizeOf(lowest, at) === 0)) return undefined;
  for (let divisor = 1; divisor <= LARGEST_DIVISOR; divisor++) {
    const base = sizeOf(lowest, setting) / divisor;
    const areHarmonics = moving.every(
      (term) => commonHarmonic([sizeOf(term, setting) / base]) !== undefined,
    );
    if (areHarmonics) return (at) => sizeOf(lowest, at) / divisor;
  }
  return (at) => sizeOf(lowest, at);
}

/** The whole number that all `ratios` are, to rounding; nothing where they are none or differ. */
function commonHarmonic(ratios: readonly number[]): number | undefined {
  const first = Math.round(ratios[0] ?? Number.NaN);
  if (!(Math.abs(first) <= HIGHEST_HARMONIC)) return undefined;
  const tolerance = 4 * Number.EPSILON * Math.max(1, Math.abs(first));
  return ratios.every((ratio) => Math.abs(ratio - first) <= tolerance) ? first : undefined;
}

/** Words of a frequency in turns per turn: whole turns, and two words of the fraction. */
function frequencyWord(turns: number, index: number): number {
  const whole = Math.floor(turns);
  if (index === 0) return ((whole % 2 ** 32) + 2 ** 32) % 2 ** 32;
  const fraction = (turns - whole) * 2 ** 32; // exact: a power of two
  const high = Math.floor(fraction);
  return index === 1 ? high : Math.floor((fraction - high) * 2 ** 32);
}
