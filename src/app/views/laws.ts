import type { Masses } from '../../analysis/distance.ts';
import { columnCount } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';
import { createTheory } from '../../study/column-theory.ts';
import { exactMasses, gibbsMasses } from '../../study/density-law.ts';
import { exponentsOf } from '../../study/exponents.ts';
import { ifKnown, type Known, reasonsOf } from '../../study/known.ts';
import { weightedSum } from '../../study/stationary-law.ts';

/** What is asked: the law of a formula over bins at one setting, or exponents along the axis of a spec. */
export type LawQuestion =
  | {
      readonly kind: 'density';
      /** Without an axis. */
      readonly spec: Spec;
      /** Formula that the density is of. */
      readonly of: string;
      /** f64 [bins + 1], rising. */
      readonly edges: readonly number[];
    }
  | { readonly kind: 'exponents'; readonly spec: Spec };

/** Probabilities of bins and of both outsides. */
export interface LawMasses {
  readonly bins: readonly number[];
  readonly outside: readonly number[];
}

/** What theory says; of what it cannot tell, why. */
export interface LawAnswer {
  /** Of the stochastic map. */
  readonly exact?: LawMasses | undefined;
  readonly gibbs?: LawMasses | undefined;
  /** Largest exponents, one per column; NaN where the theory does not apply. */
  readonly exponents?: readonly number[];
  readonly missing: string;
}

/** Answers what is known of the law of orbits. */
export function lawsOf(question: LawQuestion): LawAnswer {
  const { kind, spec } = question;
  const theoryOf = createTheory(spec);
  if (kind === 'exponents') {
    const { rule } = spec.optimizer;
    const each = Array.from(
      { length: columnCount(spec) },
      (_, column) => exponentsOf(rule, theoryOf(column)).each,
    );
    const exponents = each.map((known) => ifKnown(known)?.[0] ?? Number.NaN);
    return { exponents, missing: reasonsOf(each)[0] ?? '' };
  }
  const { of } = question;
  const edges = Float64Array.from(question.edges);
  const [theory, sumOf] = [theoryOf(0), weightedSum(of, spec)];
  const exact = exactMasses(sumOf, theory, edges);
  const gibbs = gibbsMasses(of, sumOf, theory, edges);
  const [missing = ''] = reasonsOf([exact, gibbs]);
  return { exact: plainMasses(exact), gibbs: plainMasses(gibbs), missing };
}

function plainMasses(known: Known<Masses>): LawMasses | undefined {
  const masses = ifKnown(known);
  if (!masses) return undefined;
  const { bins, outside = [] } = masses;
  return { bins: Array.from(bins, Number), outside: Array.from(outside, Number) };
}
