import { type Expression, inOrder } from '../formula/tree.ts';
import { RequestError } from '../spec/errors.ts';
import type { Wave, Waves } from './waves.ts';

/**
 * The waves that a micro-structure is made of, where a rule is to draw their phases.
 *
 * @param slopes micro parts of the gradient, whose waves have been planned.
 * @throws {RequestError} `no-phase` where one of them is no formula of sines and cosines of linear
 *   arguments: nothing says how it is distributed.
 */
export function microWaves(slopes: readonly Expression[], { waves }: Waves): readonly Wave[] {
  const waveOf = (part: Expression): Wave | undefined => {
    if (part.kind !== 'apply' || (part.operation !== 'sin' && part.operation !== 'cos')) {
      return undefined;
    }
    const [argument] = part.operands;
    return argument && waves.get(argument);
  };
  const parts = inOrder(slopes, (part) => waveOf(part) !== undefined);
  const stray = parts.find((part) => part.kind === 'variable');
  if (stray?.kind !== 'variable') return parts.flatMap((part) => waveOf(part) ?? []);
  throw new RequestError({
    code: 'no-phase',
    where: 'objective.micro',
    what: `a phase cannot be drawn: ${stray.name} occurs outside sines and cosines of linear arguments`,
    got: 'stochastic-map',
    cure: 'write the micro-structure as waves, such as -cos(x) + sin(sqrt(2) * x), or take the rule gd',
  });
}
