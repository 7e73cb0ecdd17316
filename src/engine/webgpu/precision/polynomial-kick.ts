import { evaluateConstant } from '../../../formula/affine.ts';
import { type Monomial, polynomialOf } from '../../../formula/polynomial.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import { parameterValues } from '../../waves.ts';
import type { ColumnTable } from '../column-table.ts';

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
  const constantOf = (monomial: Monomial, key: string): string => {
    const scaled = (setting: ColumnSetting) =>
      safeRadius(setting) === 0 ? 0 : Math.round(coefficient(monomial, setting) * 2 ** bits);
    const high = (setting: ColumnSetting) => Math.floor(scaled(setting) / 2 ** 32);
    const cell = table.word(`coefficient ${key} cell`, 'i32', high);
    const phase = table.word(
      `coefficient ${key} phase`,
      'u32',
      (setting) => scaled(setting) - high(setting) * 2 ** 32,
    );
    return `Coordinate(${cell}, ${phase})`;
  };
  const multiply = (a: string, b: string) => `fixedProduct(${a}, ${b}, ${bits}u)`;
  const add = (a: string, b: string) => `fixedSum(${a}, ${b})`;
  /** Horner's scheme: one product a degree. */
  const writeInOne = (polynomial: readonly Monomial[], at: number): string => {
    const degree = Math.max(0, ...polynomial.map(({ factors }) => factors.length));
    let sum = '';
    for (let power = degree; power >= 0; power--) {
      const monomial = polynomial.find(({ factors }) => factors.length === power);
      const constant = monomial && constantOf(monomial, `${at} ${power}`);
      const raised = sum && multiply(sum, 'state.at0');
      sum = raised && constant ? add(raised, constant) : raised || constant || '';
    }
    return sum;
  };
  const writeInMany = (polynomial: readonly Monomial[], at: number): string => {
    const terms = polynomial.map((monomial, index) => {
      const constant = constantOf(monomial, `${at} ${index}`);
      const factors = monomial.factors.map(({ name }) => `state.at${variables.indexOf(name)}`);
      return factors.length === 0 ? constant : multiply(constant, productOf(factors));
    });
    return terms.reduce((sum, term) => (sum ? add(sum, term) : term), '');
  };
  const write = variables.length === 1 ? writeInOne : writeInMany;
  const kicks = polynomials.map((polynomial, at) => write(polynomial, at) || 'Coordinate(0, 0u)');
  const safe = table.word('safe radius', 'f32', safeRadius);
  const isSafe = variables.map((_, at) => `abs(state.x${at}) < ${safe}`).join(' && ');
  return { isSafe, statements, kicks };
}
