/** One number measured, beside what was expected. */
export interface Check {
  /** What is compared, e.g. `variance at η = 0.1`. */
  readonly what: string;
  readonly measured: number;
  readonly expected: number;
  /** How far they may lie apart: the error bar of the measurement and of the expectation together. */
  readonly tolerance: number;
  /** What the tolerance is made of, e.g. `4 standard errors`. */
  readonly why: string;
  /** Where the expected number is from. */
  readonly source: string;
}

/** Whether a measured number is what was expected. */
export function holds({ measured, expected, tolerance }: Check): boolean {
  return Math.abs(measured - expected) <= tolerance; // false for a number that is none
}
