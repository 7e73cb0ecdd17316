import type { Result } from '../engine/result.ts';
import type { WorkloadName } from './abouts.ts';

/** A number that a run gave, beside the one known from elsewhere. */
export interface Finding {
  readonly what: string;
  readonly got: number;
  readonly expected: number;
  /** Greatest |got - expected| that is right: five standard errors, and what the theory leaves out. */
  readonly tolerance: number;
}

/** Whether a number is what it should be. */
export function isRight({ got, expected, tolerance }: Finding): boolean {
  return Math.abs(got - expected) <= tolerance; // not of NaN
}

/** A finding in words: counts in full, other numbers to five digits. */
export function findingText({ what, got, expected, tolerance }: Finding): string {
  const [is, due, within] = [got, expected, tolerance].map((number) =>
    Number.isInteger(number) ? `${number}` : `${Number(number.toPrecision(5))}`,
  );
  return `${what}: ${is}, expected ${due} ± ${within}`;
}

/** The least that one orbit-step takes, however it is programmed. */
export interface Operations {
  /** Sines, cosines. */
  readonly sines: number;
  /** Multiplications followed by an addition, or either alone. */
  readonly multiplyAdds: number;
  /** Additions to one of many counters. */
  readonly increments: number;
}

/** Work of one kind, as much of it as the bench asks for, with what must come out. */
export interface Workload {
  readonly name: WorkloadName;
  /** The input of a spec that takes about `orbitSteps` orbit-steps, at least 2^20. */
  readonly specFor: (orbitSteps: number) => object;
  /** Orbit-steps that were taken: fewer than asked for where orbits end early. */
  readonly orbitStepsOf: (result: Result) => number;
  readonly operations: Operations;
  /** What is conserved, and numbers of theory. */
  readonly findings: (result: Result) => readonly Finding[];
}
