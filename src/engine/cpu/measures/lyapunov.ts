import { bitsText, numberText, type SimdValue } from '../../../formula/simd/graph.ts';
import type { LaneFormulas } from '../lane-formulas.ts';
import { kernelTooLong, LONGEST_FUNCTION } from '../longest-function.ts';
import { type BlockMeasure, type FoldFrame, overSteps, range } from './block-measure.ts';

/** Steps after which powers of two are taken out: derivatives from 1e-38 to 1e38 stay in range. */
const STEPS_BETWEEN = 8;

const LARGEST = numberText(Number.MAX_VALUE);
const TINIEST = numberText(2 ** -1000);
const ONE = numberText(1);

/**
 * How tangent vectors grow under the derivatives at the states that steps start from.
 *
 * A vector is 2^exponent v; powers of two are taken out of v, which changes no digit, and a logarithm is
 * taken when a batch ends. A derivative of 0 counts as 2^-1023 or so: no vector vanishes.
 *
 * @param derivative of a step, by row and column; `undefined` is 0 in all columns.
 * @param start slot of [exponent, v_1 … v_d] of each vector.
 * @throws {RunError} `kernel-refused` where it would be longer than WebAssembly may be.
 */
export function growTangents(
  derivative: readonly (readonly (SimdValue | undefined)[])[],
  exponents: number,
  start: number,
  { graph }: Pick<LaneFormulas, 'graph'>,
): BlockMeasure {
  const dimension = derivative.length;
  const stored: BlockMeasure['stored'][number][] = [];
  const store = (value: SimdValue, otherwise: 0 | 1) =>
    stored.push({ value, of: 'start', otherwise: otherwise ? graph.number(1) : 'zero' }) - 1;
  if (dimension === 1) {
    store(derivative[0]?.[0] ?? graph.number(0), 1);
    return { stored, fold: (frame) => growLine(frame, start) };
  }
  // What is the same in every step is a number of the lane, and need not be stored.
  const known = new Map<SimdValue, Entry>();
  const entries = derivative.map((row, i) =>
    row.map((value, j): Entry | undefined => {
      if (!value) return undefined;
      if (value.instruction === '') return { text: value.text };
      const entry = known.get(value) ?? { stored: store(value, i === j ? 1 : 0) };
      known.set(value, entry);
      return entry;
    }),
  );
  const used = entries.flat().filter((entry) => entry !== undefined);
  const bytes = estimateBytes(dimension, exponents, used.length, known.size);
  if (bytes > LONGEST_FUNCTION) throw kernelTooLong(bytes);
  const step = store(graph.bits(-1n), 0); // whether it was taken
  return {
    stored,
    fold: (frame) =>
      range(frame.vectors)
        .map((vector) => growSpace({ frame, entries, exponents, start, step, vector }))
        .join('\n      '),
  };
}

/**
 * About how many bytes a kernel with this measure has, so that nobody writes it for many seconds to be
 * refused: 12 for a product that is added up, 30 for one of two vectors and what is taken off of one
 * along the other; then what moves coordinates and entries. Of 24 to 64 variables it is 0 to 5 % too few.
 */
function estimateBytes(
  dimension: number,
  exponents: number,
  entries: number,
  storedEntries: number,
): number {
  const turns = 12 * entries * exponents;
  const pairs = 15 * dimension * exponents * (exponents - 1);
  return turns + pairs + 68 * dimension * exponents + 13 * entries + 140 * storedEntries;
}

/** In one dimension the derivatives are multiplied, all vectors of lanes side by side. */
function growLine(frame: FoldFrame, start: number): string {
  const { vectors, stored, slot } = frame;
  const each = (write: (vector: number) => string) => range(vectors).map(write).join('\n      ');
  return `${each((v) => `(local.set $p${v} (v128.load ${slot(start + 1, v)}))`)}
      ${everyFew(
        frame,
        each(
          (v) =>
            `(local.set $p${v} (f64x2.mul (local.get $p${v}) (v128.load offset=${stored(0, v)} (local.get $at))))`,
        ),
        each(
          (v) => `${addExponent(`$p${v}`, slot(start, v))}
      (local.set $p${v} (v128.or (v128.and (local.get $p${v}) ${bitsText(MANTISSA)}) ${ONE}))`,
        ),
      )}
      ${each((v) => `(v128.store ${slot(start + 1, v)} (local.get $p${v}))`)}`;
}

const MANTISSA = 0xf_ffff_ffff_ffffn;
/** Or-ed with a whole number below 2^52, it is the double 2^52 + that number. */
const WHOLE = 0x4330_0000_0000_0000n;
const BIAS = 1023;

/** Adds the exponent of what a local holds to the number at an address. */
function addExponent(local: string, address: string): string {
  const bits = `(i64x2.shr_u (i64x2.shl (local.get ${local}) (i32.const 1)) (i32.const 53))`;
  const exponent = `(f64x2.sub (v128.or ${bits} ${bitsText(WHOLE)}) ${numberText(2 ** 52 + BIAS)})`;
  return `(v128.store ${address} (f64x2.add (v128.load ${address}) ${exponent}))`;
}

/** Does something at every step of a block, and something else after every few. */
function everyFew(frame: FoldFrame, atStep: string, afterFew: string): string {
  const bytes = STEPS_BETWEEN * frame.stride;
  return `(local.set $at (i32.const 0))
      (loop $few${frame.label}
        (local.set $stop (i32.add (local.get $at) (i32.const ${bytes})))
        (if (i32.gt_u (local.get $stop) (local.get $end)) (then (local.set $stop (local.get $end))))
        ${overSteps(frame, atStep, '$stop')}
        ${afterFew}
        (br_if $few${frame.label} (i32.lt_u (local.get $at) (local.get $end))))`;
}

/** An entry of the derivative: a stored value, or a number of the lane. */
type Entry = { readonly stored: number } | { readonly text: string };

interface Space {
  readonly frame: FoldFrame;
  readonly entries: readonly (readonly (Entry | undefined)[])[];
  readonly exponents: number;
  readonly start: number;
  readonly step: number;
  readonly vector: number;
}

/**
 * In more dimensions the tangent vectors of one vector of lanes: each step multiplies them by the
 * derivative and takes off, of each, its part along those before it (Gram and Schmidt).
 */
function growSpace({ frame, entries, exponents, start, step, vector }: Space): string {
  const { stored, slot, isMasked } = frame;
  const coordinates = range(entries.length);
  const tangents = range(exponents);
  const load = (index: number) => `(v128.load offset=${stored(index, vector)} (local.get $at))`;
  const address = (tangent: number, at: number) =>
    slot(start + tangent * (1 + entries.length) + at, vector);
  const sum = (summands: readonly string[]) =>
    summands.reduceRight((all, summand) => `(f64x2.add ${summand} ${all})`);
  const product = (a: string, b: string) => `(f64x2.mul (local.get ${a}) (local.get ${b}))`;
  const scalar = (a: string, b: string) =>
    sum(coordinates.map((at) => product(`${a}_${at}`, `${b}_${at}`)));
  const used = new Map<Entry, string>();
  for (const entry of new Set(entries.flat())) if (entry) used.set(entry, `$j${used.size}`);

  const turned = tangents.flatMap((tangent) => [
    ...coordinates.map((row) => {
      const terms = coordinates.flatMap((column) => {
        const entry = entries[row]?.[column];
        return entry ? [product(used.get(entry) ?? '', `$v${tangent}_${column}`)] : [];
      });
      return `(local.set $u${tangent}_${row} ${terms.length > 0 ? sum(terms) : numberText(0)})`;
    }),
    ...range(tangent).flatMap((before) => [
      `(local.set $r (f64x2.mul ${scalar(`$u${before}`, `$u${tangent}`)} (local.get $i${before})))`,
      ...coordinates.map(
        (at) =>
          `(local.set $u${tangent}_${at} (f64x2.sub (local.get $u${tangent}_${at}) ${product('$r', `$u${before}_${at}`)}))`,
      ),
    ]),
    ...(tangent < exponents - 1
      ? [
          `(local.set $r ${scalar(`$u${tangent}`, `$u${tangent}`)})`,
          `(local.set $i${tangent} (v128.and (f64x2.div ${ONE} (local.get $r)) (f64x2.gt (local.get $r) ${TINIEST})))`,
        ]
      : []),
  ]);
  const taken = tangents.flatMap((tangent) =>
    coordinates.map((at) => {
      const [new_, old] = [`(local.get $u${tangent}_${at})`, `(local.get $v${tangent}_${at})`];
      const value = isMasked ? `(v128.bitselect ${new_} ${old} (local.get $step))` : new_;
      return `(local.set $v${tangent}_${at} ${value})`;
    }),
  );
  const atStep = [
    ...[...used].map(
      ([entry, name]) =>
        `(local.set ${name} ${'text' in entry ? entry.text.replaceAll('@', `${vector}`) : load(entry.stored)})`,
    ),
    ...(isMasked ? [`(local.set $step ${load(step)})`] : []),
    ...turned,
    ...taken,
  ];
  const afterFew = tangents.flatMap((tangent) => [
    `(local.set $size ${coordinates
      .map((at) => `(f64x2.abs (local.get $v${tangent}_${at}))`)
      .reduce((most, size) => `(f64x2.max ${most} ${size})`)})`,
    addExponent('$size', address(tangent, 0)),
    `(local.set $is (v128.and (f64x2.le (local.get $size) ${LARGEST}) (f64x2.gt (local.get $size) ${TINIEST})))`,
    `(local.set $scale (i64x2.shl (i64x2.sub ${bitsText(BigInt(2 * BIAS))} (i64x2.shr_u (local.get $size) (i32.const 52))) (i32.const 52)))`,
    // What is no direction any more begins again along an axis.
    ...coordinates.map(
      (at) =>
        `(local.set $v${tangent}_${at} (v128.bitselect ${product(`$v${tangent}_${at}`, '$scale')} ${numberText(at === tangent ? 1 : 0)} (local.get $is)))`,
    ),
  ]);
  const move = (write: (local: string, address: string) => string) =>
    tangents.flatMap((tangent) =>
      coordinates.map((at) => write(`$v${tangent}_${at}`, address(tangent, 1 + at))),
    );
  return [
    ...move((local, from) => `(local.set ${local} (v128.load ${from}))`),
    everyFew(
      { ...frame, label: `${frame.label}_${vector}` },
      atStep.join('\n        '),
      afterFew.join('\n        '),
    ),
    ...move((local, to) => `(v128.store ${to} (local.get ${local}))`),
  ].join('\n      ');
}
