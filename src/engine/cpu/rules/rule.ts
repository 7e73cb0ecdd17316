import type { CompiledObjective } from '../../../formula/objective.ts';
import type { SimdValue } from '../../../formula/simd/graph.ts';
import type { Waves } from '../../waves.ts';
import type { Prelude } from '../kernel-request.ts';
import type { LaneFormulas } from '../lane-formulas.ts';

/** What a rule is written from. */
export interface RuleRequest {
  readonly objective: CompiledObjective;
  readonly lanes: LaneFormulas;
  readonly waves: Waves;
  readonly seed: number;
  /** Whether tangent vectors are followed. */
  readonly hasTangents: boolean;
}

/** How a rule moves the orbits in the lanes of a kernel. */
export interface LaneRule {
  /** What is done before a step, where no graph can: its locals are leaves of what follows. */
  readonly prelude?: Prelude;
  /** The next state out of `position` and `memory`: positions in turns, then what is remembered. */
  readonly step: readonly SimdValue[];
  /** What each remembered value is before the first step. */
  readonly memory: readonly Memory[];
  /** Derivative of a step, by row and column of the state as tangents see it; `undefined` is 0. */
  derivative(): Jacobian;
  /** Instead, of one variable: the logarithm of base 2 of what a step stretches a tangent by. */
  readonly growth?: SimdValue | undefined;
}

/**
 * What a remembered value begins with: 0; 2^52 plus a number of the orbit that no other has; or 2^52, to
 * which every step adds 1. The low 52 bits of the latter two are whole numbers.
 */
export type Memory = 'rest' | 'orbit' | 'clock';

export type Jacobian = readonly (readonly (SimdValue | undefined)[])[];

export type WriteRule = (request: RuleRequest) => LaneRule;
