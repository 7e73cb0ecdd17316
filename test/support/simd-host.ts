import type { SimdInstruction } from '../../src/formula/simd/graph.ts';
import { bitsOf, fromBits } from './f64.ts';

const ONES = -1n;
const LOW = 0xffff_ffffn;
const mask = (isTrue: boolean) => (isTrue ? ONES : 0n);
const signed = (bits: bigint) => BigInt.asIntN(64, bits);

const rounded = {
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  nearest(x: number): number {
    const size = Math.abs(x);
    const whole = size < 2 ** 52 ? size + 2 ** 52 - 2 ** 52 : size; // rounds half to even
    return x < 0 || Object.is(x, -0) ? -whole : whole;
  },
};
const compared: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};
const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  ...rounded,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: Math.min,
  max: Math.max,
  sqrt: Math.sqrt,
};

/**
 * One lane of an instruction, by the words of the WebAssembly specification.
 *
 * @param operands bits of the lane, and widths of shifts as numbers.
 * @returns its bits; undefined for a NaN that arithmetic made, whose bits the specification leaves open.
 */
export function laneOf(
  instruction: SimdInstruction,
  operands: readonly (bigint | number)[],
): bigint | undefined {
  const [shape, name = ''] = instruction.split('.');
  const [a = 0n, b = 0n, c = 0n] = operands.map(BigInt);
  if (shape === 'i32x4') {
    const shifted = (word: bigint) => (word << (b & 31n)) & LOW;
    return signed((shifted((a >> 32n) & LOW) << 32n) | shifted(a & LOW));
  }
  if (shape !== 'f64x2') return wholeLane(name, a, b, c);
  const [x, y] = [fromBits(a), fromBits(b)];
  if (name === 'pmin') return y < x ? b : a;
  if (name === 'pmax') return x < y ? b : a;
  if (name === 'abs') return signed(a & ~(1n << 63n));
  if (name === 'neg') return signed(a ^ (1n << 63n));
  const comparison = compared[name];
  if (comparison) return mask(comparison(x, y));
  const value = arithmetic[name]?.(x, y);
  if (value === undefined) throw new Error(`no meaning for ${instruction}`);
  return Number.isNaN(value) ? undefined : bitsOf(value);
}

function wholeLane(name: string, a: bigint, b: bigint, c: bigint): bigint {
  switch (name) {
    case 'add':
      return signed(a + b);
    case 'sub':
      return signed(a - b);
    case 'shl':
      return signed(a << (b & 63n));
    case 'shr_s':
      return signed(a) >> (b & 63n);
    case 'shr_u':
      return signed(BigInt.asUintN(64, a) >> (b & 63n));
    case 'eq':
      return mask(a === b);
    case 'ne':
      return mask(a !== b);
    case 'lt_s':
      return mask(a < b);
    case 'gt_s':
      return mask(a > b);
    case 'and':
      return a & b;
    case 'or':
      return a | b;
    case 'xor':
      return a ^ b;
    case 'not':
      return ~a;
    case 'andnot':
      return a & ~b;
    case 'bitselect':
      return (a & c) | (b & ~c);
    default:
      throw new Error(`no meaning for ${name}`);
  }
}
