import type { BaseIssue } from 'valibot';
import type { Fault } from './errors.ts';
import { type Path, pathText, valueText } from './path.ts';
import { isUnknownKey, shapeFault } from './shape-fault.ts';

type Issue = BaseIssue<unknown>;

/** Says what is wrong with a document in the words of its author, from what valibot found. */
export function issueFault(issues: readonly Issue[]): Fault {
  // A misspelt field is also a missing one: name the spelling first.
  const issue = issues.find(isUnknownKey) ?? issues[0];
  if (!issue) throw new TypeError('no issue'); // a failed parse has at least one
  return faultOf(issue, []);
}

function faultOf(issue: Issue, parents: Path): Fault {
  const path = [...parents, ...keysOf(issue)];
  const inner = issue.type === 'union' ? innermost(issue.issues ?? []) : undefined;
  if (inner) return faultOf(inner, path);
  return issue.kind === 'schema' ? shapeFault(issue, path) : checkFault(issue, path);
}

function keysOf({ path }: Issue): Path {
  // Every key of a JSON document is a string or an index.
  return (path ?? []).map(({ key }) => key as string | number);
}

/** Of the reasons why no alternative fits, the one inside the alternative that was meant. */
function innermost(issues: readonly Issue[]): Issue | undefined {
  return issues
    .filter(({ path }) => path !== undefined && path.at(-1)?.origin !== 'key')
    .sort((a, b) => keysOf(b).length - keysOf(a).length)[0];
}

/** A value of the right type that fails a check; the message beside the check is its cure. */
function checkFault({ type, input, requirement, message }: Issue, path: Path): Fault {
  const fault = {
    where: pathText(path),
    got: valueText(input),
    ...(message.startsWith('Invalid') ? {} : { cure: message }),
  };
  const above = `above the limit of ${requirement}`;
  switch (type) {
    case 'integer':
      return { ...fault, code: 'not-a-count', what: 'must be a whole number' };
    case 'min_value':
      return { ...fault, code: 'out-of-range', what: `must be at least ${requirement}` };
    case 'gt_value':
      return { ...fault, code: 'out-of-range', what: `must be greater than ${requirement}` };
    case 'lt_value':
      return { ...fault, code: 'out-of-range', what: `must be less than ${requirement}` };
    case 'min_length':
      return { ...fault, code: 'empty-list', what: 'must not be empty' };
    case 'regex':
      return { ...fault, code: 'bad-name', what: 'must be a name', got: valueText(input) };
    case 'max_value':
      return { ...fault, code: 'limit', what: above };
    case 'max_length':
      return typeof input === 'string'
        ? { ...fault, code: 'limit', what: `${above} characters`, got: `${input.length}` }
        : { ...fault, code: 'limit', what: `${above} items`, got: sizeText(input) };
    case 'max_entries':
      return { ...fault, code: 'limit', what: `${above} names`, got: sizeText(input) };
    default:
      throw new TypeError(`no words for a failed ${type}`); // the schema uses those above
  }
}

function sizeText(value: unknown): string {
  return `${Object.keys(Object(value)).length}`;
}
