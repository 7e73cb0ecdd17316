import { checkInterval, checkPositive, checkWhole, refuse } from './check-number.ts';
import { type MacroFormula, macroFunction } from './macro-function.ts';
import { gaussPanels } from './quadrature.ts';

/** Z^-1 exp(-f0 / temperature), within a box. */
export interface GibbsLaw {
  /** log Z, per unit of the variables. */
  readonly logNormaliser: number;
  /** How much halving the panels of the quadrature still changed Z, relative. */
  readonly error: number;
  /** Density on the border of the box, at most, as a share of the highest: what the box cuts off. */
  readonly borderWeight: number;
  /** One [lo, hi] per variable. */
  readonly box: readonly (readonly [number, number])[];
  /** Probability per unit of every variable; 0 outside the box. */
  density(...point: readonly number[]): number;
  /** Mean of a function of the variables. */
  mean(of: (...point: readonly number[]) => number): number;
  /**
   * Probabilities of the bins between `edges`, f64 [bins] in one dimension, [binsX, binsY] row-major
   * in two; what lies outside the box has none.
   */
  binProbabilities(...edges: readonly ArrayLike<number>[]): Float64Array;
}

/** Temperature of the law that gradient descent nears, exp(-2 f0 / (eta sigma^2)); unit of f0. */
export function gibbsTemperature(eta: number, noiseVariance: number): number {
  checkPositive('eta', eta);
  checkPositive('noiseVariance', noiseVariance);
  return (eta * noiseVariance) / 2;
}

/** Most panels of 16 points per axis, by dimension, and the agreement that ends the halving. */
const MOST_PANELS = [4096, 128];
const TOLERANCE = 1e-12;

/**
 * The rescaled Gibbs law of a macro formula in one or two variables, normalised by quadrature.
 *
 * @param temperature in the unit of f0; `gibbsTemperature` for gradient descent.
 * @param within the box, one [lo, hi] per variable: wide enough if `borderWeight` is small.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} `out-of-range`, `empty-range`,
 *   `wrong-length`, `missing-key`; `no-value` where f0 has no value somewhere in the box.
 * @see Kong and Tao, NeurIPS 2020, arXiv 2002.06189.
 */
export function gibbsLaw(
  formula: MacroFormula,
  temperature: number,
  within: readonly (readonly [number, number])[],
): GibbsLaw {
  checkPositive('temperature', temperature);
  const { length: dimension } = formula.variables;
  if (dimension > 2) refuse('variables', 'must be one or two', dimension);
  checkLength('within', within.length, dimension);
  within.forEach((range, at) => {
    checkInterval(`within[${at}]`, range);
  });
  const f0 = macroFunction(formula);
  const energy = (...point: readonly number[]): number => {
    const value = f0(...point);
    if (!Number.isNaN(value)) return value / temperature;
    return refuse('macro', 'has no value in the box', `(${point})`, 'narrow within', 'no-value');
  };
  const grid = (panels: number) => within.map(([lo, hi]) => gaussPanels(lo, hi, panels));

  let least = Number.POSITIVE_INFINITY; // keeps the exponentials from under- and overflowing
  tensor(grid(16), (_, point) => {
    least = Math.min(least, energy(...point));
  });
  const weight = (...point: readonly number[]) => Math.exp(least - energy(...point));
  const integral = (of: (...point: readonly number[]) => number, axes: readonly Panels[]) => {
    let sum = 0;
    tensor(axes, (mass, point) => {
      sum += mass * of(...point);
    });
    return sum;
  };
  let panels = 8;
  let normaliser = integral(weight, grid(panels));
  let error = 1;
  while (error > TOLERANCE && panels < (MOST_PANELS[dimension - 1] ?? 0)) {
    panels *= 2;
    const finer = integral(weight, grid(panels));
    error = Math.abs(finer / normaliser - 1);
    normaliser = finer;
  }
  const isInside = (point: readonly number[]) =>
    within.every(([lo, hi], at) => (point[at] ?? lo - 1) >= lo && (point[at] ?? hi + 1) <= hi);
  return {
    logNormaliser: Math.log(normaliser) - least,
    error,
    borderWeight: borderWeight(weight, within),
    box: within,
    density: (...point) => {
      checkLength('point', point.length, dimension);
      return isInside(point) ? weight(...point) / normaliser : 0;
    },
    mean: (of) =>
      integral((...point) => of(...point) * weight(...point), grid(panels)) / normaliser,
    binProbabilities: (...edges) => {
      checkLength('edges', edges.length, dimension);
      const axes = edges.map((each, at) => {
        const [lo, hi] = within[at] ?? [0, 0];
        return cutBins(each, [lo, hi], (hi - lo) / panels, `edges[${at}]`);
      });
      const [rows = [], columns] = axes;
      const cell = (...of: readonly Panels[]) => integral(weight, of) / normaliser;
      if (!columns) return Float64Array.from(rows, (row) => cell(row));
      return Float64Array.from(rows.flatMap((row) => columns.map((column) => cell(row, column))));
    },
  };
}

interface Panels {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const NOTHING: Panels = { nodes: new Float64Array(0), weights: new Float64Array(0) };

/** Visits the nodes of the product of one or two axes. */
function tensor(
  [first = NOTHING, second]: readonly Panels[],
  visit: (weight: number, point: readonly number[]) => void,
): void {
  first.nodes.forEach((x, i) => {
    const mass = first.weights[i] ?? 0;
    if (!second) visit(mass, [x]);
    second?.nodes.forEach((y, j) => {
      visit(mass * (second.weights[j] ?? 0), [x, y]);
    });
  });
}

/** Panels no wider than `width` for each bin, of the part that lies in the box. */
function cutBins(
  edges: ArrayLike<number>,
  [lo, hi]: readonly [number, number],
  width: number,
  where: string,
): readonly Panels[] {
  checkWhole(`${where}.length`, edges.length, 2);
  return Array.from({ length: edges.length - 1 }, (_, bin) => {
    const [from = 0, to = 0] = [edges[bin], edges[bin + 1]];
    checkInterval(`${where}[${bin}]`, [from, to]);
    const [start, end] = [Math.max(from, lo), Math.min(to, hi)];
    return start < end ? gaussPanels(start, end, Math.ceil((end - start) / width)) : NOTHING;
  });
}

function borderWeight(
  weight: (...point: readonly number[]) => number,
  [first = [0, 0], second]: readonly (readonly [number, number])[],
): number {
  if (!second) return Math.max(...first.map((x) => weight(x)));
  const along = ([lo, hi]: readonly [number, number]) =>
    Array.from({ length: 257 }, (_, i) => lo + ((hi - lo) * i) / 256);
  const sides = [
    ...first.flatMap((x) => along(second).map((y) => weight(x, y))),
    ...second.flatMap((y) => along(first).map((x) => weight(x, y))),
  ];
  return sides.reduce((most, each) => Math.max(most, each), 0);
}

function checkLength(where: string, got: number, right: number): void {
  if (got !== right) {
    refuse(where, `must have one entry per variable, ${right}`, got, undefined, 'wrong-length');
  }
}
