import { microNoise } from '../analysis/micro-noise.ts';
import type { Noise } from '../analysis/noise.ts';
import { type NoiseLaw, noiseLaw } from '../analysis/noise-law.ts';
import { type CompiledObjective, compileObjective, usesSlow } from '../formula/objective.ts';
import type { Objective } from '../spec/spec.ts';
import { attempt, type Known } from './known.ts';

/** The micro-structure along one coordinate, as noise. */
export interface CoordinateNoise {
  readonly noise: Noise;
  readonly law: NoiseLaw;
}

/**
 * The noise along every coordinate.
 *
 * @param compiled of the same formulas, whatever the numbers of their parameters.
 */
export function noisesOf(
  objective: Objective,
  compiled: CompiledObjective = compileObjective(objective),
): Known<readonly CoordinateNoise[]> {
  const { variables, micro, parameters } = objective;
  if (micro === '') return { missing: 'there is no micro-structure' };
  if (usesSlow(compiled)) {
    return { missing: 'the micro-structure depends on the macro position, and so does its noise' };
  }
  const isCoupled = variables.some((_, i) =>
    variables.some((_, j) => i < j && !isZero(compiled, i, j)),
  );
  if (isCoupled) return { missing: 'the micro-structure couples the coordinates' };
  return attempt(() =>
    variables.map((variable) => {
      // The other coordinates do not enter this derivative: any number will do for them.
      const others = variables.filter((other) => other !== variable).map((other) => [other, 0]);
      const along = {
        variables: [variable],
        micro,
        parameters: { ...parameters, ...Object.fromEntries(others) },
      };
      return { noise: microNoise(along), law: noiseLaw(along) };
    }),
  );
}

/** The largest force of the micro-structure along any coordinate, the A of K = A eta / epsilon. */
export function largestForce(noises: readonly CoordinateNoise[]): number {
  return Math.max(...noises.flatMap(({ noise: { support } }) => support.map(Math.abs)));
}

function isZero(compiled: CompiledObjective, i: number, j: number): boolean {
  const { micro } = compiled.curvature(i, j);
  return micro.kind === 'number' && micro.value === 0;
}
