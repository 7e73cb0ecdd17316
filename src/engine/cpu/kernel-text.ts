import { nameConstants, type SimdText } from '../../formula/simd/graph.ts';
import { BLOCK } from './block.ts';

/**
 * Added and taken off again, it leaves 0 of what is below 2^-504: f64 numbers near 1e-308 are slow on many
 * processors, and mean nothing here.
 */
const TINY = `(f64x2.splat (f64.const ${2 ** -450}))`;
const VECTOR = 16; // bytes
const PAGE = 65_536; // bytes
const LINE = 64; // bytes of a line of the cache

/** How far a lane may go along a variable before its orbit has diverged. */
export interface Reach {
  /** Place of the radius in turns; where lanes differ in it, of its reciprocal. */
  readonly word: number;
  /** Whether it is the same in all columns. */
  readonly isShared: boolean;
}

/** What the kernels of a run do, per vector of two lanes; `@` in names stands for the vector's number. */
export interface KernelRequest {
  readonly variables: number;
  /** New positions from the old ones, `$s{variable}_@`. */
  readonly step: SimdText;
  /** One per density: the counter of the slot visited, from the positions. */
  readonly observations: readonly SimdText[];
  /** Words of a lane, `$w{word}_@`. */
  readonly words: number;
  /** How far each variable may go. */
  readonly reaches: readonly Reach[];
}

/** Two exported functions, `settle` and `observe`, and where in memory they find their lanes. */
export interface Kernel {
  readonly text: string;
  readonly places: KernelPlaces;
}

/** Addresses in bytes; every array is f64 and row-major. */
export interface KernelPlaces {
  /** Lanes that a call advances: two per vector. */
  readonly lanes: number;
  readonly variables: number;
  readonly words: number;
  /** [variables, lanes]: positions, before the first step that is not done yet. */
  readonly states: number;
  /** [variables, lanes]: where the lanes were at the end of a block that some lane left the radius in. */
  readonly reached: number;
  /** [words, lanes]. */
  readonly settings: number;
  /** What lies behind is free. */
  readonly end: number;
}

/**
 * Writes the kernels of a run. Both have the form
 *
 *   (steps: i32, first: i32) → i32
 *
 * and advance all lanes by `steps` steps, of which the first is step `first` of the orbits (modulo
 * `BLOCK`). They stop before the block in which some lane leaves the radius, with the positions there,
 * and return the steps not done; 0 is success. Called with one step, they say in `reached` which lane it is.
 *
 * Per vector and step: the positions move, their sizes are kept as a maximum, and `observe` stores the
 * addresses of the counters visited. At the end of a block the maximum is checked, then the counters are
 * raised. So the loop over steps never branches, and what a divergent lane did is never counted.
 */
export function writeKernels(request: KernelRequest): Kernel {
  const { variables, words, observations } = request;
  const vectors = chooseVectors(request);
  const lanes = 2 * vectors;
  let end = LINE; // address 0 stays unused
  const reserve = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / LINE) * LINE;
    return at;
  };
  const places = {
    lanes,
    variables,
    words,
    states: reserve(variables * lanes * 8),
    reached: reserve(variables * lanes * 8),
    settings: reserve(words * lanes * 8),
  };
  const visits = observations.map(() => reserve(BLOCK * vectors * VECTOR));

  const constants = new Map<bigint, string>();
  const nameOf = (bits: bigint): string => {
    const name = constants.get(bits) ?? `$c${constants.size}`;
    constants.set(bits, name);
    return `(local.get ${name})`;
  };
  const bodies = (['settle', 'observe'] as const).map((name) => {
    const watched = name === 'settle' ? [] : observations;
    return { name, body: nameConstants(bodyOf(request, watched, places, visits), nameOf) };
  });
  const constantsAt = reserve(constants.size * VECTOR);
  const addresses = new Map<string, number>();
  [...constants.values()].forEach((name, index) => {
    addresses.set(name, constantsAt + index * VECTOR);
  });
  for (const word of range(words)) {
    for (const vector of range(vectors)) {
      addresses.set(`$w${word}_${vector}`, places.settings + (word * vectors + vector) * VECTOR);
    }
  }
  const functions = bodies.map(({ name, body }) => {
    const used = [...new Set(body.match(/\$[cw][\d_]+/g))];
    return `  (func (export "${name}") (param $steps i32) (param $first i32) (result i32)
    ${used.map((local) => `(local ${local} v128)`).join(' ')}
    ${localsOf(request, vectors).join(' ')}
    ${used.map((local) => `(local.set ${local} (v128.load ${addressOf(addresses.get(local))}))`).join('\n    ')}
${body})`;
  });
  const text = `(module
  (memory (export "memory") ${Math.ceil(end / PAGE)})
  (data (i32.const ${constantsAt}) "${[...constants.keys()].map(splatBytes).join('')}")
${functions.join('\n')})
`;
  return { text, places: { ...places, end } };
}

function localsOf(
  { variables, step, observations }: KernelRequest,
  vectors: number,
): readonly string[] {
  const temporaries = Math.max(step.temporaries, ...observations.map((of) => of.temporaries));
  return [
    ...range(variables).flatMap((at) => range(vectors).map((i) => `(local $s${at}_${i} v128)`)),
    ...range(variables).map((at) => `(local $new${at} v128) (local $most${at} v128)`),
    ...range(temporaries).map((at) => `(local $t${at} v128)`),
    '(local $at i32) (local $length i32) (local $end i32) (local $counter i32)',
  ];
}

/** Body of a kernel: blocks of steps, each followed by its check and its counts. */
function bodyOf(
  { variables, step, reaches }: KernelRequest,
  observations: readonly SimdText[],
  { lanes, states, reached }: Omit<KernelPlaces, 'end'>,
  visits: readonly number[],
): string {
  const vectors = lanes / 2;
  const coordinates = range(variables);
  const lines = (write: (at: number, vector: number) => string): string =>
    coordinates.flatMap((at) => range(vectors).map((i) => write(at, i))).join('\n      ');
  const place = (start: number, at: number, vector: number) =>
    addressOf(start + (at * vectors + vector) * VECTOR);
  const store = (start: number) =>
    lines((at, i) => `(v128.store ${place(start, at, i)} (local.get $s${at}_${i}))`);
  const flushed = (state: string) =>
    `(local.set ${state} (f64x2.sub (f64x2.add (local.get ${state}) ${TINY}) ${TINY}))`;

  /** How far a position is, as a share of the reach where lanes differ in it. */
  const sizeOf = (at: number, position: string, vector: string): string => {
    const size = `(f64x2.abs (local.get ${position}))`;
    const reach = reaches[at];
    if (!reach || reach.isShared) return size;
    return `(f64x2.mul ${size} (local.get $w${reach.word}_${vector}))`;
  };
  const mostOf = (at: number): string =>
    reaches[at]?.isShared ? `(local.get $w${reaches[at].word}_0)` : '(f64x2.splat (f64.const 1))';

  const stepOf = (vector: number): string =>
    [
      ...step.statements,
      ...coordinates.map((at) => `(local.set $new${at} ${step.results[at]})`),
      ...coordinates.flatMap((at) => [
        `(local.set $s${at}_@ (local.get $new${at}))`,
        `(local.set $most${at} (f64x2.pmax (local.get $most${at}) ${sizeOf(at, `$new${at}`, '@')}))`,
      ]),
      ...observations.flatMap(({ statements, results: [counter] }, index) => [
        ...statements,
        `(v128.store offset=${(visits[index] ?? 0) + vector * VECTOR} (local.get $at) ${counter})`,
      ]),
    ]
      .join('\n        ')
      .replaceAll('@', `${vector}`);
  const checks = coordinates.flatMap((at) => [
    `(f64x2.le (local.get $most${at}) ${mostOf(at)})`,
    // A maximum forgets NaN; a position that became one stays one.
    ...range(vectors).map((i) => `(f64x2.le ${sizeOf(at, `$s${at}_${i}`, `${i}`)} ${mostOf(at)})`),
  ]);
  const areInside = checks.reduce((all, check) => `(v128.and ${all}\n        ${check})`);
  return `    ${lines((at, i) => `(local.set $s${at}_${i} (v128.load ${place(states, at, i)}))`)}
    (block $left (loop $blocks
      (local.set $length (i32.and (local.get $first) (i32.const ${BLOCK - 1})))
      (if (i32.eqz (local.get $length)) (then
      ${lines((at, i) => flushed(`$s${at}_${i}`))}))
      (local.set $length (i32.sub (i32.const ${BLOCK}) (local.get $length)))
      (if (i32.gt_u (local.get $length) (local.get $steps)) (then
        (local.set $length (local.get $steps))))
      (local.set $end (i32.mul (local.get $length) (i32.const ${vectors * VECTOR})))
      ${coordinates.map((at) => `(local.set $most${at} (v128.const i64x2 0 0))`).join(' ')}
      (local.set $at (i32.const 0))
      (loop $step
        ${range(vectors).map(stepOf).join('\n        ')}
        (br_if $step (i32.lt_u
          (local.tee $at (i32.add (local.get $at) (i32.const ${vectors * VECTOR})))
          (local.get $end))))
      (if (i32.eqz (i64x2.all_true ${areInside})) (then
      ${store(reached)}
      (br $left)))
      ${store(states)}
      ${observations.map((_, index) => raise(visits[index] ?? 0, lanes)).join('\n      ')}
      (local.set $first (i32.add (local.get $first) (local.get $length)))
      (br_if $blocks (local.tee $steps (i32.sub (local.get $steps) (local.get $length))))))
    (local.get $steps)`;
}

/** Raises the counters whose addresses a block stored from `visits` on. */
function raise(visits: number, lanes: number): string {
  const lines = range(lanes).map(
    (lane) => `(local.set $counter (i32.load offset=${visits + 8 * lane} (local.get $at)))
        (i32.store (local.get $counter) (i32.add (i32.load (local.get $counter)) (i32.const 1)))`,
  );
  return `(local.set $at (i32.const 0))
      (loop $raise${visits}
        ${lines.join('\n        ')}
        (br_if $raise${visits} (i32.lt_u
          (local.tee $at (i32.add (local.get $at) (i32.const ${8 * lanes})))
          (local.get $end))))`;
}

/**
 * Independent vectors in flight. Eight hide the latency of a short step; where a step is long, the
 * processor cannot look that far ahead, and the text only gets longer.
 */
function chooseVectors({ step, observations }: KernelRequest): number {
  const texts = [step, ...observations].flatMap(({ statements, results }) => [
    ...statements,
    ...results,
  ]);
  const instructions = texts.join('').split(/\((?!local|constant)/).length;
  if (instructions <= 128) return 8;
  return instructions <= 512 ? 4 : 2;
}

/** An address that is known beforehand, as the operand of a load or store. */
const addressOf = (address = 0) => `offset=${address} (i32.const 0)`;

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The 64 bits twice, little end first, as a string of WebAssembly text. */
function splatBytes(bits: bigint): string {
  const word = BigInt.asUintN(64, bits).toString(16).padStart(16, '0');
  const bytes =
    word
      .match(/../g)
      ?.toReversed()
      .map((byte) => `\\${byte}`) ?? [];
  return bytes.join('').repeat(2);
}
