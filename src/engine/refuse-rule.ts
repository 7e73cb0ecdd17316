import { RequestError } from '../spec/errors.ts';
import type { RuleName, Spec } from '../spec/spec.ts';

/**
 * Refuses a rule that an engine does not follow.
 *
 * @throws {RequestError} `not-yet`.
 */
export function refuseRule({ optimizer }: Spec, followed: readonly RuleName[]): void {
  if (followed.includes(optimizer.rule)) return;
  throw new RequestError({
    code: 'not-yet',
    where: 'optimizer.rule',
    what: 'this engine does not follow it in this version of etascope',
    got: optimizer.rule,
    cure: `this engine follows: ${followed.join(', ')}`,
  });
}
