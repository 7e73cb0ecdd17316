/** A vector of 128 bits that a graph computes: two f64, two i64, or a mask of two lanes. */
export interface SimdValue {
  /** Operands have smaller ids: an order of computation. */
  readonly id: number;
  /** WebAssembly instruction, e.g. `f64x2.add`; empty for a leaf. */
  readonly instruction: string;
  /** Vectors, and i32 immediates such as the width of a shift. */
  readonly operands: readonly (SimdValue | number)[];
  /** Of a leaf: WebAssembly text that costs nothing to repeat, such as `(local.get $x)`. */
  readonly text: string;
}

/**
 * A computation on vectors of two lanes, built value by value; equal computations are one value.
 *
 * Nothing in it branches or traps: what a formula does in one lane it does in both.
 */
export interface SimdGraph {
  /** A value known by its text; the same text is the same value. */
  leaf(text: string): SimdValue;
  /** The number in both lanes. */
  number(value: number): SimdValue;
  /** The 64 bits in both lanes, e.g. of a mask or an integer; negative ones in two's complement. */
  bits(value: bigint): SimdValue;
  /** @param instruction of WebAssembly that takes `operands` and gives a v128. */
  apply(instruction: SimdInstruction, ...operands: readonly (SimdValue | number)[]): SimdValue;
}

type Lanes2 =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'pmin'
  | 'pmax'
  | 'min'
  | 'max'
  | 'abs'
  | 'neg'
  | 'sqrt';
type Rounding = 'nearest' | 'floor' | 'ceil' | 'trunc';
type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

/** The instructions a graph may use; all of them are plain SIMD, none is relaxed. */
export type SimdInstruction =
  | `f64x2.${Lanes2 | Rounding | Comparison}`
  | `i64x2.${'add' | 'sub' | 'shl' | 'shr_s' | 'shr_u' | 'eq' | 'ne' | 'lt_s' | 'gt_s'}`
  | `i64x2.extmul_${'low' | 'high'}_i32x4_u`
  | `i8x16.shuffle ${string}` // and the bytes to take
  | 'i32x4.shl'
  | `v128.${'and' | 'or' | 'xor' | 'not' | 'andnot' | 'bitselect'}`;

export function createSimdGraph(): SimdGraph {
  const known = new Map<string, SimdValue>();
  const make = (
    instruction: string,
    operands: readonly (SimdValue | number)[],
    text: string,
  ): SimdValue => {
    const names = operands.map((of) => (typeof of === 'number' ? `#${of}` : of.id));
    const key = `${instruction} ${names.join(' ')} ${text}`;
    const value = known.get(key) ?? { id: known.size, instruction, operands, text };
    known.set(key, value);
    return value;
  };
  const leaf = (text: string) => make('', [], text);
  return {
    leaf,
    number: (value) => leaf(numberText(value)),
    bits: (value) => leaf(bitsText(value)),
    apply: (instruction, ...operands) => make(instruction, operands, ''),
  };
}

const floats = new Float64Array(1);
const words = new BigInt64Array(floats.buffer);

/** The 64 bits of a number. */
export function toBits(value: number): bigint {
  floats[0] = value;
  return words[0] ?? 0n;
}

/** How constants are written until a module gives them a place: by their bits, so that NaN has one too. */
const constantText = (bits: bigint) => `(constant ${bits})`;
/** A number in both lanes, for text that is written by hand around that of a graph. */
export const numberText = (value: number): string => constantText(toBits(value));
/** The same of 64 bits. */
export const bitsText = (bits: bigint): string => constantText(BigInt.asIntN(64, bits));
const constantPattern = /\(constant (-?\d+)\)/g;

/** Gives every constant in `text` the name that `nameOf` has for its bits. */
export function nameConstants(text: string, nameOf: (bits: bigint) => string): string {
  return text.replace(constantPattern, (_, bits: string) => nameOf(BigInt(bits)));
}

/** Deeper nesting is cut by a local, so that no reader of the text runs out of stack. */
const DEEPEST = 40;

export interface SimdText {
  /** One `local.set` each, in order of computation. */
  readonly statements: readonly string[];
  /** One expression per root. */
  readonly results: readonly string[];
  /** Temporary locals used, all of type v128: `$t0` to `$t{temporaries - 1}`. */
  readonly temporaries: number;
}

/**
 * Writes the values that `roots` need as WebAssembly text in folded form. What is used once stands
 * where it is used; what is used more often gets a local, which is used again after its last use.
 *
 * @param isKept roots that must not be computed in place, because a result is used more than once.
 */
export function writeSimd(roots: readonly SimdValue[], isKept = false): SimdText {
  const order = needed(roots);
  const uses = new Map<SimdValue, number>();
  const lastUse = new Map<SimdValue, number>();
  for (const value of order) {
    for (const operand of value.operands) {
      if (typeof operand !== 'number') uses.set(operand, (uses.get(operand) ?? 0) + 1);
    }
  }
  for (const root of roots) uses.set(root, (uses.get(root) ?? 0) + (isKept ? 2 : 1));

  const depths = new Map<SimdValue, number>();
  const isLocal = (value: SimdValue) =>
    value.instruction !== '' && ((uses.get(value) ?? 0) > 1 || depths.get(value) === 0);
  for (const value of order) {
    const inner = value.operands.map((of) =>
      typeof of === 'number' || isLocal(of) ? 0 : (depths.get(of) ?? 0),
    );
    const depth = value.instruction === '' ? 0 : 1 + Math.max(0, ...inner);
    depths.set(value, depth > DEEPEST ? 0 : depth);
  }
  // A local lives until the last statement whose text reads it, however deep inside.
  const locals = order.filter(isLocal);
  const statementOf = new Map(locals.map((value, index) => [value, index]));
  const readBy = (value: SimdValue, statement: number): void => {
    for (const operand of value.operands) {
      if (typeof operand === 'number') continue;
      if (isLocal(operand)) lastUse.set(operand, Math.max(lastUse.get(operand) ?? 0, statement));
      else readBy(operand, statement);
    }
  };
  for (const [value, statement] of statementOf) readBy(value, statement);
  for (const root of roots) {
    if (isLocal(root)) lastUse.set(root, locals.length);
    else readBy(root, locals.length);
  }

  const free: number[] = [];
  const ending = new Map<number, number[]>();
  const places = new Map<SimdValue, number>();
  const statements: string[] = [];
  let temporaries = 0;
  const textOf = (value: SimdValue | number): string => {
    if (typeof value === 'number') return `(i32.const ${value})`;
    if (value.instruction === '') return value.text;
    const place = places.get(value);
    return place === undefined ? applied(value) : `(local.get $t${place})`;
  };
  const applied = (value: SimdValue): string =>
    `(${value.instruction} ${value.operands.map(textOf).join(' ')})`;
  locals.forEach((value, statement) => {
    const text = applied(value);
    free.push(...(ending.get(statement) ?? [])); // read for the last time by this statement
    const place = free.pop() ?? temporaries++;
    places.set(value, place);
    const last = lastUse.get(value) ?? statement;
    ending.set(last, [...(ending.get(last) ?? []), place]);
    statements.push(`(local.set $t${place} ${text})`);
  });
  return { statements, results: roots.map(textOf), temporaries };
}

function needed(roots: readonly SimdValue[]): readonly SimdValue[] {
  const found = new Set<SimdValue>();
  const pending = [...roots];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    for (const operand of next.operands) if (typeof operand !== 'number') pending.push(operand);
  }
  return [...found].sort((a, b) => a.id - b.id);
}
