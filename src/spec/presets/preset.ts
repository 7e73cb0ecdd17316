import type { SpecInput } from '../schema.ts';

/** A spec that comes with etascope. */
export interface Preset {
  /** What its picture shows, in one sentence. */
  readonly about: string;
  /** Where it is from, and what was chosen here. */
  readonly source: string;
  readonly spec: SpecInput;
}

export type Presets = Readonly<Record<string, Preset>>;

/** Source of what follows the paper; a sentence that can be continued. */
export const kongTao =
  'After L. Kong and M. Tao, "Stochasticity of Deterministic Gradient Descent", NeurIPS 2020, ' +
  'arXiv 2002.06189. A reconstruction: the exact parameters of the figures were not available';
