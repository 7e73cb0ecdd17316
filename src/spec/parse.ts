import * as v from 'valibot';
import { checkArrays } from './check-arrays.ts';
import { checkAxes } from './check-axes.ts';
import { checkFormula } from './check-formula.ts';
import { checkSize } from './check-size.ts';
import { checkValues } from './check-values.ts';
import { RequestError } from './errors.ts';
import { issueFault } from './issue-fault.ts';
import { measureKind } from './measures/registry.ts';
import { checkNames } from './names.ts';
import type { Path } from './path.ts';
import { plainCopy } from './plain-copy.ts';
import { rules } from './rules.ts';
import { type SpecDraft, specSchema } from './schema.ts';
import { wrongType } from './shape-fault.ts';
import type { Spec } from './spec.ts';

/**
 * Checks a spec and completes it: every default filled in, frozen throughout.
 *
 * The grammar of the formulas is not checked here but when they are compiled. Parsing the result
 * again, or its canonical text, gives the same spec.
 *
 * @param input what users write, as a plain object (see `SpecInput`); it is left as it is.
 * @throws {RequestError} at the path of the first field that cannot be meant. Its `code` is
 *   `unknown-key`, `missing-key`, `wrong-type`, `wrong-version`, `not-finite`, `not-a-count`,
 *   `out-of-range`, `empty-list`, `empty-formula`, `empty-range`, `too-wide`, `too-fine`,
 *   `bad-name`, `reserved-name`, `duplicate-name`, `unknown-name`, `unknown-word`, `given-twice`,
 *   `limit` (more than any device could do), or `not-yet` (what a later version will have).
 *
 * @example
 * ```ts
 * const spec = parseSpec({
 *   etascope: 1,
 *   objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
 *   axes: [{ parameter: 'eta', from: 0, to: 4.6e-3, count: 1920 }],
 *   ensemble: { initial: { x: { uniform: [-0.004, 0.004] } } },
 *   steps: { skip: 2000, keep: 2000 },
 *   measures: [{ measure: 'density', of: 'x', range: [-4e-3, 4e-3], bins: 1080 }],
 * });
 * spec.ensemble.orbits; // 64
 * ```
 */
export function parseSpec(input: unknown): Spec {
  const document = plainCopy(input);
  const read = v.safeParse(specSchema, document);
  if (!read.success) throw new RequestError(issueFault(read.issues));
  const draft = read.output;
  refuseListsForObjects(document, draft, [], document);
  checkFormula(draft.objective.macro, 'objective.macro');
  checkNames(draft.objective.variables, draft.objective.parameters);
  checkAxes(draft);
  checkValues(draft);
  const spec = complete(draft);
  checkArrays(spec.measures);
  checkSize(spec);
  return deepFreeze(spec);
}

/** To valibot an empty list is an object without fields, which is right where all are optional. */
function refuseListsForObjects(document: unknown, read: unknown, path: Path, whole: unknown): void {
  if (typeof document !== 'object' || document === null) return;
  if (Array.isArray(document) !== Array.isArray(read)) {
    throw new RequestError(wrongType(path, document, whole));
  }
  for (const [key, value] of Object.entries(document)) {
    const step = Array.isArray(document) ? Number(key) : key;
    const inner = (read as Readonly<Record<string, unknown>>)[key]; // what the schema read is alike
    refuseListsForObjects(value, inner, [...path, step], whole);
  }
}

function complete(draft: SpecDraft): Spec {
  const { etascope, title, objective, optimizer, axes, ensemble, steps, precision, stop } = draft;
  const { variables, macro, micro, epsilon, parameters } = objective;
  const { orbits, initial, seed } = ensemble;
  return {
    etascope,
    title,
    objective: {
      variables,
      macro,
      micro: micro.trim() === '' ? '' : micro,
      ...(epsilon === undefined ? {} : { epsilon }),
      parameters: inOrder(parameters, Object.keys(parameters).sort()),
    },
    optimizer: {
      rule: optimizer.rule,
      ...(optimizer.eta === undefined ? {} : { eta: optimizer.eta }),
      ...(optimizer.momentum === undefined ? {} : { momentum: optimizer.momentum }),
    },
    axes: axes.map(({ parameter, from, to, count, scale }) => ({
      parameter,
      from,
      to,
      count,
      scale,
    })),
    ensemble: { orbits, initial: inOrder(initial, variables), seed },
    steps: { skip: steps.skip, keep: steps.keep },
    measures: completeMeasures(draft),
    precision,
    stop: { radius: stop.radius },
  };
}

function completeMeasures({ measures, objective, optimizer, steps }: SpecDraft): Spec['measures'] {
  const { statesPerVariable } = rules[optimizer.rule];
  const dimension = statesPerVariable * objective.variables.length;
  const context = { dimension, steps: steps.skip + steps.keep };
  return measures.map((request, i) => {
    const kind = measureKind(request);
    const first = measures.findIndex(({ measure }) => measure === request.measure);
    if (kind.isSingle && first < i) {
      throw new RequestError({
        code: 'given-twice',
        where: `measures[${i}].measure`,
        what: `a run can have one ${request.measure}, and measures[${first}] is it`,
        cure: `remove one of them, or take it in a second run`,
      });
    }
    return kind.complete(request, `measures[${i}]`, context);
  });
}

/** The entries of a record in the order of `names`, those that it has. */
function inOrder<T>(record: Readonly<Record<string, T>>, names: readonly string[]) {
  const ordered: Record<string, T> = {};
  for (const [name, value] of Object.entries(record).sort(
    ([a], [b]) => names.indexOf(a) - names.indexOf(b),
  )) {
    ordered[name] = value;
  }
  return ordered;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
