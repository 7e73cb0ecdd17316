import { affineForm, evaluateConstant } from '../formula/affine.ts';
import { type Expression, inOrder } from '../formula/tree.ts';
import type { ColumnSetting } from '../spec/columns.ts';

const TURN = 2 * Math.PI;

/** Frequencies of one coordinate up to this multiple of the base are followed as exact harmonics. */
const HIGHEST_HARMONIC = 4096;
/** The base of a coordinate's frequencies is sought among the lowest of them divided by 1, 2, … */
const LARGEST_DIVISOR = 24;

/** What one coordinate gives to the argument of a wave. */
export interface WavePart {
  readonly variable: number;
  /** Turns of the wave per turn of the coordinate, where that is the same whole number in all columns. */
  readonly harmonic: number | undefined;
  /** Turns of the wave per turn of the coordinate. */
  ratio(setting: ColumnSetting): number;
}

/** A sine or cosine whose argument is linear in the coordinates. */
export interface Wave {
  /** None has the harmonic 0; empty where the argument is a constant. */
  readonly parts: readonly WavePart[];
  /** Constant part of the argument, in turns. */
  shift(setting: ColumnSetting): number;
  /** Whether the shift is other than 0 in any column. */
  readonly isShifted: boolean;
  /** Whether a variable over epsilon occurs. */
  readonly isMicro: boolean;
  /** Whether a macro position occurs. */
  readonly isMacro: boolean;
}

/** How the sines and cosines of linear arguments are read off the positions of the coordinates. */
export interface Waves {
  /** Length of one turn of a coordinate, in the unit of x. */
  unit(variable: number, setting: ColumnSetting): number;
  /** Whether the unit of a coordinate is a period of the micro-structure. */
  hasPeriod(variable: number): boolean;
  /** By argument. */
  readonly waves: ReadonlyMap<Expression, Wave>;
  /** Whether some frequency is no multiple of the base, so that its phase is rounded. */
  readonly isRounded: boolean;
}

/** A sum coefficient·variable + constant below a sine or cosine. */
interface LinearArgument {
  readonly terms: readonly Term[];
  readonly constant: Expression;
}

interface Term {
  readonly variable: number;
  readonly scale: 'macro' | 'micro';
  readonly coefficient: Expression;
}

/** The values that the parameters of a formula have in a column. */
export function parameterValues(setting: ColumnSetting): Record<string, number> {
  const { parameters, epsilon } = setting;
  return epsilon === undefined ? { ...parameters } : { ...parameters, epsilon };
}

/**
 * Chooses the unit of every coordinate and the turns of every sine and cosine of a linear argument.
 *
 * Where the micro-structure has a period along a coordinate, the unit is the longest period of which
 * all its waves are harmonics: 2 pi epsilon / base. Elsewhere it is `plainUnit`.
 *
 * @param dynamics the expressions that move the orbits: they choose the units.
 * @param others further expressions whose waves are read at those units.
 * @param settings of enough columns to see whether a frequency varies.
 */
export function planWaves(
  variables: readonly string[],
  dynamics: readonly Expression[],
  others: readonly Expression[],
  settings: readonly ColumnSetting[],
  plainUnit: number,
): Waves {
  const found = new Map<Expression, LinearArgument>();
  const collect = (roots: readonly Expression[]) =>
    [...waveArguments(roots)].flatMap((argument) => {
      const linear = found.get(argument) ?? linearArgument(argument, variables);
      if (linear) found.set(argument, linear);
      return linear ? [linear] : [];
    });
  const bases = variables.map((_, variable) => baseOf(collect(dynamics), variable, settings));
  collect(others);

  const unit = (variable: number, setting: ColumnSetting): number => {
    const base = bases[variable]?.(setting);
    return base === undefined ? plainUnit : (TURN * (setting.epsilon ?? 1)) / base;
  };
  const ratioOf = (linear: LinearArgument, variable: number, setting: ColumnSetting): number => {
    const { epsilon = 1 } = setting;
    let frequency = 0; // radians per unit of x
    for (const { variable: of, scale, coefficient } of linear.terms) {
      if (of !== variable) continue;
      const value = evaluateConstant(coefficient, parameterValues(setting));
      frequency += scale === 'micro' ? value / epsilon : value;
    }
    return (frequency * unit(variable, setting)) / TURN;
  };

  let isRounded = false;
  const waves = new Map<Expression, Wave>();
  for (const [argument, linear] of found) {
    const parts: WavePart[] = [];
    for (const variable of new Set(linear.terms.map((term) => term.variable))) {
      const ratio = (setting: ColumnSetting) => ratioOf(linear, variable, setting);
      const harmonic = commonHarmonic(settings.map(ratio));
      if (harmonic !== 0) parts.push({ variable, harmonic, ratio });
      isRounded ||= harmonic === undefined;
    }
    const shift = (setting: ColumnSetting) =>
      evaluateConstant(linear.constant, parameterValues(setting)) / TURN;
    const isShifted = settings.some((setting) => shift(setting) !== 0);
    const isMicro = linear.terms.some(({ scale }) => scale === 'micro');
    const isMacro = linear.terms.some(({ scale }) => scale === 'macro');
    waves.set(argument, { parts, shift, isShifted, isMicro, isMacro });
  }
  return { unit, hasPeriod: (variable) => bases[variable] !== undefined, waves, isRounded };
}

/** The arguments of all sines and cosines below `roots`, each once. */
export function waveArguments(roots: readonly Expression[]): Set<Expression> {
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

function linearArgument(
  argument: Expression,
  variables: readonly string[],
): LinearArgument | undefined {
  const form = affineForm(argument);
  if (!form || form.terms.length === 0) return undefined;
  const terms = form.terms.map(({ variable, coefficient }) => ({
    variable: variables.indexOf(variable.name),
    scale: variable.scale,
    coefficient,
  }));
  return { terms, constant: form.constant };
}

/**
 * The largest frequency per micro-unit of which all micro-waves along a coordinate are harmonics, as
 * a function of the column; where there is none, their lowest frequency.
 */
function baseOf(
  waves: readonly LinearArgument[],
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
