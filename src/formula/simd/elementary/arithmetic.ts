import type { SimdGraph, SimdInstruction, SimdValue } from '../graph.ts';

/** A vector, or a number in both lanes. */
export type Operand = SimdValue | number;
type Two = (a: Operand, b: Operand) => SimdValue;

/** The instructions of a graph by name, so that a formula reads as one. */
export interface Arithmetic {
  readonly add: Two;
  readonly subtract: Two;
  readonly multiply: Two;
  readonly divide: Two;
  /** The less of both; a NaN if `a` is one. */
  readonly least: Two;
  /** The greater of both; a NaN if `a` is one. */
  readonly most: Two;
  readonly isLess: Two;
  readonly isEqual: Two;
  readonly isOther: Two;
  readonly and: Two;
  readonly or: Two;
  readonly xor: Two;
  /** Sums of 64-bit integers: with the bits of 2^n as a summand, products by powers of two. */
  readonly addBits: Two;
  readonly subtractBits: Two;
  abs(x: Operand): SimdValue;
  squareRoot(x: Operand): SimdValue;
  nearest(x: Operand): SimdValue;
  truncate(x: Operand): SimdValue;
  shiftLeft(x: Operand, places: number): SimdValue;
  /** Zeros enter from the left. */
  shiftRight(x: Operand, places: number): SimdValue;
  /** @param mask all ones or all zeros in a lane. */
  select(mask: SimdValue, yes: Operand, no: Operand): SimdValue;
  /** The same 64 bits in both lanes. */
  bits(value: bigint): SimdValue;
  /** The sign of `x` on a number that has none. */
  withSignOf(x: SimdValue, size: SimdValue): SimdValue;
  /** The leading 26 bits: products of two such numbers are exact. */
  leading(x: SimdValue): SimdValue;
  /** base + step + rest, of which only `rest` and the whole are rounded; base is 0 or the larger. */
  sum(base: SimdValue, step: SimdValue, rest: SimdValue): SimdValue;
  /** P(y) by Horner's scheme, coefficients from the constant one up. */
  polynomial(y: SimdValue, coefficients: readonly number[]): SimdValue;
}

/** The sign bit of an f64. */
export const SIGN = -(2n ** 63n);
/** Added to a number below 2^51 in size, it leaves the nearest whole number in the low bits. */
export const WHOLE = 3 * 2 ** 51;
/** ln 2 in two parts; the first times a whole number below 2^20 is exact. */
export const LOG_2 = [0.6931471803691238, 1.9082149292705877e-10] as const;
export const LOG2_E = Math.LOG2E;

const LEADING = -(2n ** 27n);

export function arithmeticOf(graph: SimdGraph): Arithmetic {
  const value = (of: Operand) => (typeof of === 'number' ? graph.number(of) : of);
  const one = (instruction: SimdInstruction) => (x: Operand) => graph.apply(instruction, value(x));
  const two = (instruction: SimdInstruction) => (a: Operand, b: Operand) =>
    graph.apply(instruction, value(a), value(b));
  const [add, subtract, multiply] = [two('f64x2.add'), two('f64x2.sub'), two('f64x2.mul')];
  const [and, or] = [two('v128.and'), two('v128.or')];
  const { bits } = graph;
  return {
    add,
    subtract,
    multiply,
    divide: two('f64x2.div'),
    least: two('f64x2.pmin'),
    most: two('f64x2.pmax'),
    isLess: two('f64x2.lt'),
    isEqual: two('f64x2.eq'),
    isOther: two('f64x2.ne'),
    and,
    or,
    xor: two('v128.xor'),
    addBits: two('i64x2.add'),
    subtractBits: two('i64x2.sub'),
    abs: one('f64x2.abs'),
    squareRoot: one('f64x2.sqrt'),
    nearest: one('f64x2.nearest'),
    truncate: one('f64x2.trunc'),
    shiftLeft: (x, places) => graph.apply('i64x2.shl', value(x), places),
    shiftRight: (x, places) => graph.apply('i64x2.shr_u', value(x), places),
    select: (mask, yes, no) => graph.apply('v128.bitselect', value(yes), value(no), mask),
    bits,
    withSignOf: (x, size) => or(size, and(x, bits(SIGN))),
    leading: (x) => and(x, bits(LEADING)),
    sum: (base, step, rest) => {
      const high = add(base, step);
      return add(high, add(rest, subtract(step, subtract(high, base))));
    },
    polynomial: (y, coefficients) =>
      coefficients
        .toReversed()
        .map(value)
        .reduce((sum, coefficient) => add(multiply(sum, y), coefficient)),
  };
}
