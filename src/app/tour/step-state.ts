import { type Explorable, isSameBeside, parseExplorable } from '../explorable.ts';
import { defaultLook } from '../look.ts';
import { defaultView, type LinkState } from '../url-state.ts';
import type { Step } from './step.ts';

/** The state that a step shows. */
export function stateOf({ spec, look, view }: Step): LinkState {
  return {
    request: parseExplorable(spec),
    look: { ...defaultLook, ...look },
    view: { ...defaultView, ...view },
  };
}

/**
 * The place among `steps` of the one that a request is of, whatever its window.
 *
 * @returns undefined where it is of none.
 */
export function stepAt(steps: readonly Step[], request: Explorable): number | undefined {
  const at = steps.findIndex(({ spec }) => spec.title === request.spec.title);
  const step = steps[at];
  return step && isSameBeside(stateOf(step).request, request) ? at : undefined;
}
