import { labelNumbers, powerOfTen } from './decimal.ts';
import { type Extent, shareAt } from './extent.ts';

export interface Tick {
  readonly value: number;
  /** Where it stands: share of the way along the axis. */
  readonly share: number;
  readonly label: string;
}

export interface Ticks {
  readonly ticks: readonly Tick[];
  /** What the labels leave out, to stand behind the axis' name; often empty. */
  readonly note: string;
}

/** Ratio of the ends from which on a log axis is labelled by its decades. */
const DECADES_FROM = 8;
/** Least exponent of ten of a step: ten to its negative is still a number. */
const FINEST = -300;

/**
 * At most `most` ticks (at least 2) at round numbers of an extent; none where it is wider than numbers go, or
 * has no width.
 */
export function ticksOf(extent: Extent, most: number): Ticks {
  const width = extent.to - extent.from;
  if (!(width > 0 && Number.isFinite(width))) return { ticks: [], note: '' };
  const isWide = extent.scale === 'log' && extent.to / extent.from >= DECADES_FROM;
  return isWide ? decadeTicks(extent, most) : evenTicks(extent, most);
}

/** Multiples of 1, 2 or 5 times a power of ten. */
function evenTicks(extent: Extent, most: number): Ticks {
  const rough = (extent.to - extent.from) / Math.max(2, most);
  let exponent = Math.max(FINEST, Math.floor(Math.log10(rough)));
  const mantissa = [1, 2, 5].find((candidate) => candidate * 10 ** exponent >= rough) ?? 1;
  if (mantissa === 1 && 10 ** exponent < rough) exponent += 1;
  // Dividing by an exact power of ten rounds once; multiplying by an inexact 10^-n twice.
  const toSteps = (value: number) =>
    (exponent < 0 ? value * 10 ** -exponent : value / 10 ** exponent) / mantissa;
  const first = Math.ceil(toSteps(extent.from) - 1e-9);
  const last = Math.floor(toSteps(extent.to) + 1e-9);
  if (last < first) {
    // The step that few ticks ask for passed over the extent: its half, or two fifths, has one or two in it.
    return exponent > FINEST ? evenTicks(extent, 2 * Math.max(2, most)) : { ticks: [], note: '' };
  }
  const integers = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * mantissa);
  const { labels, base, exponent: power } = labelNumbers(integers, exponent);
  const factor = power === 0 ? '' : `× ${powerOfTen(power)}`;
  return {
    ticks: integers.map((integer, i) => {
      const value = exponent < 0 ? integer / 10 ** -exponent : integer * 10 ** exponent;
      return { value, share: shareAt(extent, value), label: labels[i] ?? '' };
    }),
    note: base === '' ? factor && `(${factor})` : `= ${base} + … ${factor}`.trimEnd(),
  };
}

function decadeTicks(extent: Extent, most: number): Ticks {
  const first = Math.floor(Math.log10(extent.from));
  const last = Math.ceil(Math.log10(extent.to));
  const every = Math.max(1, Math.ceil((last - first) / Math.max(2, most)));
  const choices = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]].map((mantissas) => {
    const ticks: Tick[] = [];
    for (let decade = first; decade <= last; decade += mantissas.length === 1 ? every : 1) {
      for (const mantissa of mantissas) {
        const value = Number(`${mantissa}e${decade}`);
        const share = shareAt(extent, value);
        const label = mantissa === 1 ? powerOfTen(decade) : `${mantissa}·${powerOfTen(decade)}`;
        if (share >= 0 && share <= 1) ticks.push({ value, share, label });
      }
    }
    return ticks;
  });
  const ticks = choices.find(({ length }) => length <= most) ?? choices.at(-1) ?? [];
  return { ticks, note: '' };
}
