import { type Cascade, doublingCascade } from '../analysis/doublings.ts';
import type { Momentum } from '../analysis/kick-weights.ts';
import { momentumCascade } from '../analysis/momentum-doublings.ts';
import type { Objective } from '../spec/spec.ts';
import { attempt, type Known } from './known.ts';

/**
 * The way to chaos of the cycle about a minimum.
 *
 * @param start from where descent reaches the minimum.
 * @param most doublings that are looked for.
 */
export const cascadeOf = (
  objective: Objective,
  momentum: Momentum | undefined,
  start: number,
  most: number,
): Known<Cascade> =>
  attempt(() =>
    momentum
      ? momentumCascade(objective, momentum, start, most)
      : doublingCascade(objective, start, most),
  );
