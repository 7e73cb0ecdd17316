import { RequestError } from '../spec/errors.ts';
import type { Kind } from './map-arrays.ts';
import { parseTone, type ToneName } from './tone.ts';

/** How values become places in a colormap. */
export interface MapScale {
  readonly tone: ToneName;
  /** Values at the two ends of the colormap; those beyond have the colour of the end. */
  readonly range: readonly [number, number];
  /** Value in the middle of the colormap, where it is not the middle of the range. */
  readonly centre?: 0;
  /** Place in [0, 1] of a value. */
  place(value: number): number;
}

/** Share of the values on one side of 0 that may lie beyond the end of the colours. */
const BEYOND = 0.05;

/**
 * The scale of values: linear, over powers of ten (`log`), or by `rank`: as many cells at each colour.
 *
 * `linear` about 0, where values have both signs or are exponents, unless the range leaves 0 out: each side
 * of 0 has half of the colours, up to the value that 95 % of that side stay within. Else from the least to the greatest, amounts from 0.
 * `log` goes from the least positive value to the greatest, and what is not positive is at its lower end.
 *
 * @param values NaN where there is none.
 * @throws {RequestError} `unknown-tone`, `empty-range`.
 */
export function mapScale(
  values: Float64Array,
  kind: Kind,
  asked: { readonly tone?: string | undefined; readonly range?: readonly number[] | undefined },
): MapScale {
  const isOverPowers = kind === 'magnitude' || kind === 'period';
  const tone = parseTone(asked.tone ?? (isOverPowers ? 'log' : 'linear'));
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const range = asked.range && checkRange(asked.range, tone);
  if (tone === 'log') return logScale(range ?? extremes(sorted.filter((value) => value > 0)));
  if (tone === 'rank') return rankScale(sorted, range);
  const hasBoth = (sorted[0] ?? 0) < 0 && (sorted.at(-1) ?? 0) > 0;
  const isBalanced = kind === 'exponent' || (kind === 'real' && hasBoth);
  const ends = range ?? bulk(sorted);
  if (isBalanced && ends[0] <= 0 && ends[1] >= 0) return balancedScale(ends);
  const [least, greatest] = extremes(sorted);
  return linearScale(range ?? [kind === 'amount' ? Math.min(0, least) : least, greatest]);
}

function linearScale([from, to]: readonly [number, number]): MapScale {
  const place = (value: number) => clamp((value - from) / (to - from));
  return { tone: 'linear', range: [from, to], place: from < to ? place : () => 0 };
}

function logScale([from, to]: readonly [number, number]): MapScale {
  const [low, high] = [Math.log(from), Math.log(to)];
  const place = (value: number) => (value > 0 ? clamp((Math.log(value) - low) / (high - low)) : 0);
  return { tone: 'log', range: [from, to], place: from < to ? place : () => 0 };
}

function balancedScale([from, to]: readonly [number, number]): MapScale {
  const place = (value: number) => {
    const end = value < 0 ? from : to;
    return value === 0 || end === 0 ? 0.5 : clamp(0.5 + (value / Math.abs(end)) * 0.5);
  };
  return { tone: 'linear', range: [from, to], centre: 0, place };
}

/** @param sorted all values, from the least on. */
function rankScale(sorted: Float64Array, range?: readonly [number, number]): MapScale {
  const [from, to] = range ?? extremes(sorted);
  const inside = sorted.filter((value) => value >= from && value <= to);
  const place = (value: number) =>
    inside.length === 0
      ? 0
      : (countBelow(inside, value, false) + countBelow(inside, value, true)) / (2 * inside.length);
  return { tone: 'rank', range: [from, to], place };
}

/** How many of `sorted` lie below `value`, or `upTo` it. */
function countBelow(sorted: Float64Array, value: number, upTo: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle] ?? Number.NaN;
    if (other < value || (upTo && other === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Least and greatest of sorted values; [0, 0] of none. */
function extremes(sorted: Float64Array): readonly [number, number] {
  return [sorted[0] ?? 0, sorted.at(-1) ?? 0];
}

/** Within these ends lies all but a share of the negative, and of the positive values. */
function bulk(sorted: Float64Array): readonly [number, number] {
  const negative = countBelow(sorted, 0, false);
  const upToZero = countBelow(sorted, 0, true);
  const positive = sorted.length - upToZero;
  return [
    negative > 0 ? (sorted[Math.floor(BEYOND * negative)] ?? 0) : 0,
    positive > 0 ? (sorted[sorted.length - 1 - Math.floor(BEYOND * positive)] ?? 0) : 0,
  ];
}

function clamp(place: number): number {
  return Math.min(1, Math.max(0, place));
}

function checkRange(range: readonly number[], tone: ToneName): readonly [number, number] {
  const [from = Number.NaN, to = Number.NaN] = range;
  const isRange = Number.isFinite(from) && Number.isFinite(to) && from < to && range.length === 2;
  if (isRange && (tone !== 'log' || from > 0)) return [from, to];
  throw new RequestError({
    code: 'empty-range',
    where: 'range',
    what: isRange
      ? 'a logarithmic scale begins above 0'
      : 'needs two numbers, the lesser one first',
    got: `[${range.join(', ')}]`,
    ...(isRange ? { cure: 'take another tone, e.g. linear' } : {}),
  });
}
