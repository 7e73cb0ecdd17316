import { RequestError } from './errors.ts';
import { valueText } from './path.ts';

/**
 * Names that formulas give a meaning, or may in a later version, so that no variable or parameter
 * can have them.
 */
export const reservedNames: ReadonlySet<string> = new Set([
  ...['pi', 'e', 'f', 'epsilon', 'eta', 'momentum'],
  ...['and', 'or', 'not', 'true', 'false', 'inf', 'nan'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh'],
  ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sqrt', 'cbrt', 'pow', 'hypot'],
  ...['abs', 'sign', 'max', 'min', 'floor', 'ceil', 'round', 'mod', 'erf', 'clamp'],
]);

/**
 * Checks that the variables and parameters of an objective are distinct names of their own.
 *
 * @throws {RequestError} `reserved-name` or `duplicate-name`, at the name's place.
 */
export function checkNames(
  variables: readonly string[],
  parameters: Readonly<Record<string, number>>,
): void {
  const taken = new Map<string, string>();
  const places = [
    ...variables.map((name, i) => [name, `objective.variables[${i}]`] as const),
    ...Object.keys(parameters).map((name) => [name, `objective.parameters.${name}`] as const),
  ];
  for (const [name, where] of places) {
    const got = valueText(name);
    if (reservedNames.has(name) || name in Object.prototype) {
      throw new RequestError({
        code: 'reserved-name',
        where,
        what: 'has a meaning in formulas already',
        got,
        cure: 'choose another name',
      });
    }
    const other = taken.get(name);
    if (other !== undefined) {
      throw new RequestError({
        code: 'duplicate-name',
        where,
        what: `the name is taken by ${other}`,
        got,
        cure: 'every variable and parameter needs a name of its own',
      });
    }
    taken.set(name, where);
  }
}
