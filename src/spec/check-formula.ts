import { RequestError } from './errors.ts';

/**
 * Checks that a formula says something; its grammar is checked when it is compiled.
 *
 * @throws {RequestError} `empty-formula`.
 */
export function checkFormula(text: string, where: string): void {
  if (text.trim() !== '') return;
  throw new RequestError({
    code: 'empty-formula',
    where,
    what: 'must be a formula',
    got: `"${text}"`,
    cure: 'where there is nothing, write "0"',
  });
}
