/** A matrix of WGSL values, f32 [row][column]: undefined where an entry is 0 in every column of a run. */
export type Matrix = readonly (readonly (string | undefined)[])[];

/** The derivative of a step. */
export interface Derivative {
  /** Of the positions and, where moves are kept, of the moves behind them. */
  readonly entries: Matrix;
  /** Its determinant, where that is known without cancellation. */
  readonly determinant?: string;
}

/**
 * What a rule makes of the gradient q, whatever the precision:
 *
 *   x' = x + momentum · move − eta q(x), or q(x + momentum · move) where it looks ahead
 *   move' = x' − x
 */
export interface OrbitRule {
  /** Whether the last move is kept with the position. */
  readonly keepsMove: boolean;
  /** Whether the gradient is taken where the momentum alone would lead to; only where moves are kept. */
  readonly looksAhead: boolean;
  /** Whether the micro-structure is met at fresh uniform phases instead of at x / epsilon. */
  readonly drawsPhases: boolean;
  /**
   * The derivative of a step.
   *
   * @param bend −eta Hess f.
   * @param momentum f32.
   */
  derivative(bend: Matrix, momentum: string): Derivative;
}

/** The identity plus a matrix. */
export function withIdentity(matrix: Matrix): Matrix {
  return matrix.map((row, i) =>
    row.map((entry, j) => {
      if (i !== j) return entry;
      return entry ? `(1f + ${entry})` : '1f';
    }),
  );
}
