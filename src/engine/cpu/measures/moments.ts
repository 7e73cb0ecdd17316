import { numberText } from '../../../formula/simd/graph.ts';
import type { Expression } from '../../../formula/tree.ts';
import { BLOCK } from '../block.ts';
import type { LaneFormulas } from '../lane-formulas.ts';
import { type BlockMeasure, type FoldFrame, overSteps, range } from './block-measure.ts';

/** Values of so many vectors are summed at a time: their sums fit the registers. */
const AT_ONCE = 2;
const ONE = numberText(1);
const MOST = numberText(Number.MAX_VALUE);

/**
 * Sums powers of a value about the first one of a batch, one state after the other.
 *
 * @param start slot of [count, shift, s1, s2, s3, s4].
 */
export function sumPowers(of: Expression, start: number, lanes: LaneFormulas): BlockMeasure {
  const { value } = lanes;
  // A coordinate is a number wherever an orbit may be; a formula may have none, or an infinite one.
  const isTotal = of.kind === 'variable';
  return {
    stored: [{ value: value(of), of: 'end', otherwise: 'nan' }],
    fold: (frame) =>
      range(Math.ceil(frame.vectors / AT_ONCE))
        .map((part) => sumsOf(frame, part, start, isTotal && !frame.isMasked))
        .join('\n      '),
  };
}

function sumsOf(frame: FoldFrame, part: number, start: number, isTotal: boolean): string {
  const { stored, slot } = frame;
  const vectors = range(frame.vectors).slice(AT_ONCE * part, AT_ONCE * (part + 1));
  const isNumber = (value: string) => `(f64x2.le (f64x2.abs ${value}) ${MOST})`;
  const sums = ['count', 'shift', 's1', 's2', 's3', 's4'].map((name, place) => ({ name, place }));
  const begin = vectors.map(
    (v) => `(local.set $y (v128.load offset=${stored(0, v)} (i32.const 0)))
      ${sums.map(({ name, place }) => `(local.set $${name}${v} (v128.load ${slot(start + place, v)}))`).join('\n      ')}
      (local.set $shift${v} (v128.bitselect
        (v128.and (local.get $y) ${isNumber('(local.get $y)')})
        (local.get $shift${v})
        (f64x2.ne (local.get $shift${v}) (local.get $shift${v}))))`,
  );
  const add = (sum: string, summand: string) =>
    `(local.set $${sum} (f64x2.add (local.get $${sum}) ${summand}))`;
  const sum = vectors.map((v) =>
    [
      `(local.set $y (f64x2.sub (v128.load offset=${stored(0, v)} (local.get $at)) (local.get $shift${v})))`,
      ...(isTotal
        ? []
        : [
            `(local.set $is ${isNumber('(local.get $y)')})`,
            '(local.set $y (v128.and (local.get $y) (local.get $is)))',
            add(`count${v}`, `(v128.and (local.get $is) ${ONE})`),
          ]),
      '(local.set $q (f64x2.mul (local.get $y) (local.get $y)))',
      add(`s1${v}`, '(local.get $y)'),
      add(`s2${v}`, '(local.get $q)'),
      add(`s3${v}`, '(f64x2.mul (local.get $q) (local.get $y))'),
      add(`s4${v}`, '(f64x2.mul (local.get $q) (local.get $q))'),
    ].join('\n        '),
  );
  const end = vectors.flatMap((v) =>
    sums.map(
      ({ name, place }) => `(v128.store ${slot(start + place, v)} (local.get $${name}${v}))`,
    ),
  );
  return [
    ...begin,
    ...(isTotal ? vectors.map((v) => add(`count${v}`, numberText(BLOCK))) : []),
    '(local.set $at (i32.const 0))',
    overSteps({ ...frame, label: `${frame.label}_${part}` }, sum.join('\n        ')),
    ...end,
  ].join('\n      ');
}
