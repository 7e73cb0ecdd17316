import { axisValues } from '../../spec/axis.ts';
import { columnCount } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';
import { type Arguments, type Options, textOf } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';

/** Options that choose columns. */
export const columnOptions = {
  at: { value: 'VALUE[,VALUE]', repeatable: true },
  columns: { value: 'N' },
} as const satisfies Options;

/** Columns that are told in full where nobody says which. */
const DEFAULT = 5;
/** Most of them: more are no longer read, and theory costs time for each. */
const MOST = 1000;

/**
 * The columns that the options name: those nearest to the values of `--at`, or so many, spread evenly.
 *
 * @returns rising; without options five of one axis, and none of two, which are summed up.
 * @throws {UsageError} `bad-number`, `out-of-range`, `unexpected-value` where the result has no axis.
 */
export function chooseColumns(args: Arguments, spec: Spec): readonly number[] {
  const places = args.values.get('at') ?? [];
  const columns = columnCount(spec);
  const given = textOf(args, 'columns');
  if (spec.axes.length === 0) {
    const [option] = places.length > 0 ? ['--at'] : given === undefined ? [] : ['--columns'];
    if (option === undefined) return [0];
    throw new UsageError(args.usage, {
      code: 'unexpected-value',
      where: option,
      what: 'the result has no axis, and so one column only',
      cure: 'leave it out',
    });
  }
  const isAsked = given !== undefined || (places.length === 0 && spec.axes.length < 2);
  const count = Math.min(columns, given === undefined ? DEFAULT : wholeNumber(given, args));
  const spread = Array.from({ length: isAsked ? count : 0 }, (_, at) =>
    Math.floor(((at + 0.5) * columns) / count),
  );
  const named = places.map((place) => columnAt(place, spec, args));
  return [...new Set([...spread, ...named])].sort((a, b) => a - b);
}

function wholeNumber(text: string, { usage }: Arguments): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1 && number <= MOST) return number;
  throw new UsageError(usage, {
    code: 'bad-number',
    where: '--columns',
    what: `must be a whole number from 1 to ${MOST}`,
    got: text,
    cure: 'write e.g. --columns 8',
  });
}

function columnAt(text: string, { axes }: Spec, { usage }: Arguments): number {
  const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const names = axes.map(({ parameter }) => parameter).join(',');
  if (values.length !== axes.length || !values.every(Number.isFinite)) {
    throw new UsageError(usage, {
      code: 'bad-number',
      where: '--at',
      what: `must be one number for each axis, ${names}`,
      got: text,
      cure: `write e.g. --at ${axes.map(({ from, to }) => Number(((from + to) / 2).toPrecision(3))).join(',')}`,
    });
  }
  return axes.reduce((column, axis, place) => {
    const value = values[place] ?? Number.NaN;
    if (!(value >= axis.from && value <= axis.to)) {
      throw new UsageError(usage, {
        code: 'out-of-range',
        where: '--at',
        what: `${axis.parameter} goes from ${axis.from} to ${axis.to}`,
        got: `${value}`,
        cure: 'name a value on the axis',
      });
    }
    const isLog = axis.scale === 'log';
    const distances = axisValues(axis).map((each) =>
      Math.abs(isLog ? Math.log(each / value) : each - value),
    );
    return column * axis.count + distances.indexOf(Math.min(...distances));
  }, 0);
}
