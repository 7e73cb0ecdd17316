import { RequestError } from './errors.ts';
import { wordCure } from './nearest-word.ts';
import { valueText } from './path.ts';
import { checkRange } from './range.ts';
import { rules } from './rules.ts';
import type { SpecDraft } from './schema.ts';
import type { Axis } from './spec.ts';

/** Smallest `from` of parameters that have one. */
const least = new Map([
  ['eta', 'to climb the objective, change its sign'],
  ['epsilon', 'epsilon is a length, greater than 0'],
]);

/**
 * Checks that every axis varies a parameter of its own over cells that float64 tells apart.
 *
 * @throws {RequestError} `unknown-word` or `not-yet` for the parameter, `duplicate-name`,
 *   `empty-range`, `too-wide`, `too-fine`, `out-of-range`.
 */
export function checkAxes(draft: SpecDraft): void {
  const known = [
    'eta',
    'epsilon',
    ...(rules[draft.optimizer.rule].hasMomentum ? ['momentum'] : []),
    ...Object.keys(draft.objective.parameters).map((name) => `parameters.${name}`),
    ...draft.objective.variables.map((name) => `initial.${name}`),
  ];
  draft.axes.forEach((axis, i) => {
    const where = `axes[${i}]`;
    checkParameter(axis.parameter, known, `${where}.parameter`);
    const other = draft.axes.findIndex(({ parameter }) => parameter === axis.parameter);
    if (other < i) {
      throw new RequestError({
        code: 'duplicate-name',
        where: `${where}.parameter`,
        what: `is on axes[${other}] already`,
        got: valueText(axis.parameter),
        cure: 'vary two different parameters',
      });
    }
    checkCells(axis, where);
  });
}

function checkParameter(parameter: string, known: readonly string[], where: string): void {
  if (known.includes(parameter)) return;
  const got = valueText(parameter);
  if (parameter === 'momentum') {
    throw new RequestError({
      code: 'no-momentum',
      where,
      what: 'the rule of this spec has no momentum',
      got,
      cure: 'take the rule heavy-ball or nesterov',
    });
  }
  throw new RequestError({
    code: 'unknown-word',
    where,
    what: 'is no parameter of this spec',
    got,
    cure: wordCure(parameter, known),
  });
}

function checkCells({ parameter, from, to, count, scale }: Axis, where: string): void {
  checkRange([from, to], count, `${where}.to`, { lo: 'from', hi: 'to' });
  if (scale === 'log' && from <= 0) {
    throw new RequestError({
      code: 'out-of-range',
      where: `${where}.from`,
      what: 'must be greater than 0 on a log scale',
      got: `${from}`,
      cure: 'raise it, or take "scale": "linear"',
    });
  }
  if (parameter === 'momentum' && (from < -1 || to > 1)) {
    throw new RequestError({
      code: 'out-of-range',
      where: from < -1 ? `${where}.from` : `${where}.to`,
      what: 'momentum lies between -1 and 1',
      got: `${from < -1 ? from : to}`,
      cure: 'beyond, the velocity grows of itself',
    });
  }
  const cure = least.get(parameter);
  if (cure !== undefined && from < 0) {
    throw new RequestError({
      code: 'out-of-range',
      where: `${where}.from`,
      what: `must be at least 0 for ${parameter}`,
      got: `${from}`,
      cure,
    });
  }
}
