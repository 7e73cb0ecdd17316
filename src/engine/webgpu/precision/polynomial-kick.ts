import { evaluateConstant } from '../../../formula/affine.ts';
import { type Monomial, polynomialOf } from '../../../formula/polynomial.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import type { ColumnTable } from '../column-table.ts';
import { parameterValues } from '../phases.ts';

/** Kicks of polynomial slopes in 64-bit fixed point: as exact as float64, the same on every device. */
export interface PolynomialKicks {
  /** WGSL that is true where no intermediate value can overflow; of `state` and `column`. */
  readonly isSafe: string;
  /** Statements before the kicks. */
  readonly statements: readonly string[];
  /** One `Coordinate` per variable, in units of the position. */
  readonly kicks: readonly string[];
}

/** A coefficient keeps at least this many bits, or the formula is left to f32, which has 24. */
const FEWEST_BITS = 30;

/**
 * Writes the kicks eta · slope of polynomials in fixed point; undefined where a slope is none, or the
 * fixed point does not suit its coefficients in any column of `settings`.
 *
 * @param bits of the fraction: a position is an integer times 2^-bits.
 */
export function writePolynomialKicks(
  slopes: readonly Expression[],
  variables: readonly string[],
  bits: number,
  settings: readonly ColumnSetting[],
  table: ColumnTable,
): PolynomialKicks | undefined {
  if (bits < 33 || bits > 63) return undefined; // fixedProduct shifts by these
  const polynomials = slopes.map(polynomialOf);
  if (!polynomials.every((polynomial) => polynomial !== undefined)) return undefined;
  const monomials = polynomials.flat();
  if (monomials.some(({ factors }) => factors.some(({ scale }) => scale === 'micro'))) {
    return undefined;
  }
  const largest = 2 ** (61 - bits); // values stay below: sums of two fit 63 bits
  const coefficient = ({ coefficient: of }: Monomial, setting: ColumnSetting): number =>
    setting.eta * evaluateConstant(of, parameterValues(setting));
  const safeRadius = (setting: ColumnSetting): number => {
    let radius = largest;
    for (const polynomial of polynomials) {
      for (const monomial of polynomial) {
        const size = Math.abs(coefficient(monomial, setting));
        if (size === 0) continue;
        const degree = monomial.factors.length;
        const isCoarse = size < 2 ** (FEWEST_BITS - bits) && !Number.isInteger(size * 2 ** bits);
        const share = largest / polynomial.length;
        if (isCoarse || size > share) return 0;
        if (degree > 0) radius = Math.min(radius, (share / Math.max(size, 1)) ** (1 / degree));
      }
    }
    return radius;
  };
  if (settings.every((setting) => safeRadius(setting) === 0)) return undefined;

  const statements: string[] = [];
  const products = new Map<string, string>();
  /** The name of a product of variables, written once. */
  const productOf = (factors: readonly string[]): string => {
    const [first = '', ...rest] = factors;
    if (rest.length === 0) return first;
    const key = factors.join(' ');
    const known = products.get(key);
    if (known) return known;
    const name = `product${products.size}`;
    products.set(key, name);
    const shorter = productOf(factors.slice(0, -1));
    statements.push(`let ${name} = fixedProduct(${shorter}, ${factors.at(-1)}, ${bits}u);`);
    return name;
  };
  const termOf = (monomial: Monomial, key: string): string => {
    const scaled = (setting: ColumnSetting) =>
      Math.round(coefficient(monomial, setting) * 2 ** bits);
    const isOutside = (setting: ColumnSetting) => safeRadius(setting) === 0;
    const cell = table.word(`coefficient ${key} cell`, 'i32', (setting) =>
      isOutside(setting) ? 0 : Math.floor(scaled(setting) / 2 ** 32),
    );
    const phase = table.word(`coefficient ${key} phase`, 'u32', (setting) => {
      if (isOutside(setting)) return 0;
      const value = scaled(setting);
      return value - Math.floor(value / 2 ** 32) * 2 ** 32;
    });
    const constant = `Coordinate(${cell}, ${phase})`;
    const factors = monomial.factors.map(({ name }) => `state.at${variables.indexOf(name)}`);
    if (factors.length === 0) return constant;
    return `fixedProduct(${constant}, ${productOf(factors)}, ${bits}u)`;
  };
  const kicks = polynomials.map((polynomial, at) => {
    const terms = polynomial.map((monomial, index) => termOf(monomial, `${at} ${index}`));
    return (
      terms.reduce((sum, term) => (sum === '' ? term : `fixedSum(${sum}, ${term})`), '') ||
      'Coordinate(0, 0u)'
    );
  });
  const safe = table.word('safe radius', 'f32', safeRadius);
  const isSafe = variables.map((_, at) => `abs(state.x${at}) < ${safe}`).join(' && ');
  return { isSafe, statements, kicks };
}
