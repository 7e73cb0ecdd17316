import * as v from 'valibot';
import { RequestError } from '../errors.ts';
import { count, measureName } from '../fields.ts';
import { limits } from '../limits.ts';
import type { MeasureKind } from './kind.ts';

/** The largest Lyapunov exponents of the map, natural logarithm per step. */
export interface LyapunovRequest {
  readonly measure: 'lyapunov';
  /** Prefix of its arrays. */
  readonly name: string;
  /** How many of them, from the largest on: at most the dimension of the state. */
  readonly exponents: number;
}

const schema = v.pipe(
  v.strictObject({
    measure: v.literal('lyapunov'),
    name: measureName('lyapunov'),
    exponents: v.optional(
      count(limits.variables, 'How many, from the largest on: at most the dimension of the state.'),
      1,
    ),
  }),
  v.description('Lyapunov exponents, natural logarithm per step, largest first.'),
);

export const lyapunov = {
  measure: 'lyapunov',
  schema,
  isSingle: true,
  complete({ measure, name, exponents }, where, { dimension }): LyapunovRequest {
    if (exponents > dimension) {
      throw new RequestError({
        code: 'out-of-range',
        where: `${where}.exponents`,
        what: `the state has ${dimension === 1 ? '1 dimension' : `${dimension} dimensions`}, and one exponent for each`,
        got: `${exponents}`,
        cure: `ask for at most ${dimension}`,
      });
    }
    return { measure, name, exponents };
  },
  cells: () => 0,
  arrays: ({ name }) => [name, `${name}_stderr`],
} as const satisfies MeasureKind<v.InferOutput<typeof schema>, LyapunovRequest>;
