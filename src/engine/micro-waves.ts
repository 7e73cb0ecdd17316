import { type Expression, inOrder } from '../formula/tree.ts';
import { RequestError } from '../spec/errors.ts';
import type { Wave, Waves } from './waves.ts';

/**
 * The waves that a micro-structure is made of, where a rule is to draw their phases. What depends on macro
 * positions only, as amplitudes may, is none of them.
 *
 * @param slopes micro parts of the gradient, whose waves have been planned.
 * @throws {RequestError} `no-phase` where one of them is no formula of sines and cosines of linear
 *   arguments: nothing says how it is distributed; or where a macro position shifts one, which a phase that
 *   is drawn would forget.
 */
export function microWaves(slopes: readonly Expression[], { waves }: Waves): readonly Wave[] {
  const waveOf = (part: Expression): Wave | undefined => {
    if (part.kind !== 'apply' || (part.operation !== 'sin' && part.operation !== 'cos')) {
      return undefined;
    }
    const [argument] = part.operands;
    return argument && waves.get(argument);
  };
  const parts = inOrder(slopes, (part) => waveOf(part)?.isMicro === true);
  const stray = parts.find((part) => part.kind === 'variable' && part.scale === 'micro');
  if (stray?.kind === 'variable') {
    refuse(
      `${stray.name} occurs outside sines and cosines of linear arguments`,
      'write the micro-structure as waves, such as -cos(x) + sin(sqrt(2) * x), or take the rule gd',
    );
  }
  const found = parts.flatMap((part) => waveOf(part) ?? []).filter(({ isMicro }) => isMicro);
  if (found.some(({ isMacro }) => isMacro)) {
    refuse(
      'a macro position stands beside it in an argument',
      'write sin(x + slow_x) as sin(x) * cos(slow_x) + cos(x) * sin(slow_x), or take the rule gd',
    );
  }
  return found;
}

function refuse(why: string, cure: string): never {
  throw new RequestError({
    code: 'no-phase',
    where: 'objective.micro',
    what: `a phase cannot be drawn: ${why}`,
    got: 'stochastic-map',
    cure,
  });
}
