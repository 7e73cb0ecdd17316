import type { Panel } from '../figure/figure.ts';

/** Something of a result that can be drawn: what it may be asked for by, and its panel. */
export interface Candidate {
  /** Name of its measure. */
  readonly measure: string;
  /** Name of its array. */
  readonly array: string;
  /** Whether it is drawn only where it is asked for. */
  readonly isExtra?: true;
  readonly panel: () => Panel;
}
