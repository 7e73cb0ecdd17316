import { canonicalJson } from '../spec/canonical.ts';
import { boundsOf, type Explorable, namesOf, parseExplorable } from './explorable.ts';
import { type SpecForm, withForm } from './spec-form.ts';

/** What an edit makes of a request. */
export interface Edit {
  readonly request: Explorable;
  /** Nothing is computed differently. */
  readonly isSame: boolean;
  /** It is over another plane, and has another window to go back to. */
  readonly isElsewhere: boolean;
}

/**
 * A request with the fields of a form.
 *
 * @throws {RequestError} the codes of `withForm` and `parseExplorable`.
 */
export function editOf(before: Explorable, form: SpecForm): Edit {
  const request = parseExplorable(withForm(before, form));
  return {
    request,
    isSame: canonicalJson(request.spec) === canonicalJson(before.spec),
    isElsewhere: planeOf(request) !== planeOf(before),
  };
}

/** What the two directions of the window of a request are. */
function planeOf(request: Explorable): string {
  return JSON.stringify([request.kind, namesOf(request), boundsOf(request)]);
}
