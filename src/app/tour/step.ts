import type { SpecInput } from '../../spec/schema.ts';
import type { Look } from '../look.ts';
import type { ViewState } from '../url-state.ts';

/** A stop of the tour. */
export interface Step {
  /** What is seen, in two sentences. */
  readonly words: string;
  /** The number or formula to look for. */
  readonly formula: string;
  /** What is computed; its title is that of the step. */
  readonly spec: SpecInput & { readonly title: string };
  readonly look?: Partial<Look>;
  readonly view?: Partial<ViewState>;
}
