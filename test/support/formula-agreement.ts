import { expect } from 'vitest';
import { compileHost } from '../../src/formula/emit-host.ts';
import { FormulaError } from '../../src/formula/errors.ts';
import { type CompiledObjective, compileObjective } from '../../src/formula/objective.ts';
import type { Expression } from '../../src/formula/tree.ts';
import type { Arithmetic } from './arithmetic.ts';
import { estimate } from './error-bound.ts';

/** Expressions of one objective in x, y and the parameter depth. */
export interface Subject {
  readonly text: string;
  readonly objective: CompiledObjective;
  readonly roots: readonly Expression[];
}

/** x, y, depth. */
export type Point = readonly [x: number, y: number, depth: number];

/** What an emitter's text gave at a point. */
export interface Computed {
  /** One per root. */
  readonly values: readonly number[];
  /** Whether something was out of domain. */
  readonly isOut: boolean;
}

export interface Agreement {
  readonly arithmetic: Arithmetic;
  /** Bounds the value may differ by: more than one where the host errs too, or bounds are to first order. */
  readonly bounds: number;
  /** A bound below this share of the value would not let a wrong digit pass. */
  readonly sharp: number;
}

export const compile = (macro: string): CompiledObjective =>
  compileObjective({ variables: ['x', 'y'], macro, micro: '0', parameters: { depth: 0 } });

/** The subjects that `rootsOf` makes of texts; those that formulas refuse are left out. */
export function subjectsOf(
  texts: readonly string[],
  rootsOf: (objective: CompiledObjective) => readonly Expression[],
): Subject[] {
  return texts.flatMap((text) => {
    try {
      const objective = compile(text);
      return [{ text, objective, roots: rootsOf(objective) }];
    } catch (error) {
      expect(error, text).toBeInstanceOf(FormulaError);
      return [];
    }
  });
}

/**
 * Compares what was computed with the host at every point where the bound says something.
 *
 * @param computed per subject and point.
 * @returns how many points were inside and outside the domain, or unclear; and how many bounds were sharp.
 */
export function compareWithHost(
  subjects: readonly Subject[],
  points: readonly Point[],
  computed: readonly (readonly Computed[])[],
  { arithmetic, bounds, sharp }: Agreement,
) {
  const tally = { inside: 0, outside: 0, unclear: 0, sharp: 0 };
  subjects.forEach(({ text, objective, roots }, index) => {
    const host = compileHost(roots, objective);
    const outputs = new Float64Array(roots.length);
    points.forEach(([x, y, depth], point) => {
      const given: Readonly<Record<string, number>> = { x, y, depth };
      const leaf = (of: Expression) => ('name' in of ? given[of.name] : undefined) ?? Number.NaN;
      const outcome = estimate(roots, leaf, arithmetic);
      tally[outcome.status] += 1;
      if (outcome.status === 'unclear') return;
      const { values = [], isOut } = computed[index]?.[point] ?? {};
      const place = `${text} at ${JSON.stringify(given)}`;
      host(new Float64Array([x, y, x, y, 1, depth]), outputs);
      expect(isOut, `out of domain: ${place}`).toBe(outcome.status === 'outside');
      expect(outputs.some(Number.isNaN), `host: ${place}`).toBe(outcome.status === 'outside');
      if (outcome.status === 'outside') return;
      const [first] = outcome.estimates;
      if (first && first.bound < sharp * Math.abs(first.value)) tally.sharp += 1;
      outcome.estimates.forEach(({ bound }, at) => {
        const error = Math.abs((values[at] ?? Number.NaN) - (outputs[at] ?? Number.NaN));
        expect(error, `root ${at} of ${place}`).toBeLessThanOrEqual(bounds * bound);
      });
    });
  });
  return tally;
}
