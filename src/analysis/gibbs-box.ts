import { checkFinite, checkPositive, refuse } from './check-number.ts';
import { type MacroFormula, macroFunction } from './macro-function.ts';

/** Energies, in temperatures, above the least one that the border of a box must have. */
const HIGH = 40;
/** Doublings of a box, and points along each of its sides. */
const [MOST_DOUBLINGS, POINTS] = [200, 64];

/**
 * A box so wide that the Gibbs law of a macro formula has no mass to speak of outside, for `gibbsLaw`:
 * everywhere on its border f0 lies 40 temperatures above its least value within.
 *
 * @param centre of the box, one number per variable, e.g. a minimum of f0.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} `out-of-range`, `wrong-length`,
 *   `missing-key`; `not-confined` where f0 does not rise so far on all sides.
 */
export function gibbsBox(
  formula: MacroFormula,
  temperature: number,
  centre: readonly number[],
): readonly (readonly [number, number])[] {
  checkPositive('temperature', temperature);
  const { length: dimension } = formula.variables;
  if (dimension > 2 || centre.length !== dimension) {
    const what = 'must be one number per variable, of one or two';
    refuse('centre.length', what, centre.length, undefined, 'wrong-length');
  }
  centre.forEach((value, at) => {
    checkFinite(`centre[${at}]`, value);
  });
  const f0 = macroFunction(formula);
  const scale = centre.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let half = 1e-9 * (1 + scale);
  for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling++, half *= 1.25) {
    const { least, border } = energies(f0, centre, half);
    if (!Number.isFinite(least)) break;
    if (border - least > HIGH * temperature) {
      return centre.map((middle) => [middle - half, middle + half] as const);
    }
  }
  const what = 'does not rise on all sides, so that no Gibbs law exists';
  return refuse('macro', what, formula.macro, undefined, 'not-confined');
}

/** Least energy in a box and on its border; NaN or infinite where f0 has no value. */
function energies(
  f0: (...point: readonly number[]) => number,
  centre: readonly number[],
  half: number,
): { readonly least: number; readonly border: number } {
  let [least, border] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const total = (POINTS + 1) ** centre.length;
  for (let cell = 0; cell < total; cell++) {
    const indices = centre.map((_, axis) => Math.floor(cell / (POINTS + 1) ** axis) % (POINTS + 1));
    const point = centre.map(
      (middle, at) => middle + half * (((indices[at] ?? 0) * 2) / POINTS - 1),
    );
    const energy = f0(...point);
    if (Number.isNaN(energy)) return { least: Number.NaN, border: Number.NaN };
    least = Math.min(least, energy);
    if (indices.some((index) => index === 0 || index === POINTS)) border = Math.min(border, energy);
  }
  return { least, border };
}
