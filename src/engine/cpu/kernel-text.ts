import { nameConstants, toBits } from '../../formula/simd/graph.ts';
import { BLOCK } from './block.ts';
import { ownSteps, wholeBlocks } from './kernel-body.ts';
import { beforeSteps, trailOf } from './kernel-ends.ts';
import { type BodyRequest, createParts, VECTOR } from './kernel-parts.ts';
import type { KernelPlaces, KernelRequest } from './kernel-request.ts';
import { addressOf, range } from './measures/block-measure.ts';
import { MANY_VARIABLES } from './pieces.ts';
import { drawing, drawWords, mergeCounters } from './starts-text.ts';

const PAGE = 65_536; // bytes
/** Vectors in flight from which on a step is short enough for kernels of its own where orbits are confined. */
const SHORT = 4;
const LINE = 64; // bytes of a line of the cache

/** Exported functions, and where in memory they find their lanes. */
export interface Kernel {
  readonly text: string;
  readonly places: KernelPlaces;
}

/**
 * The functions of a module, all of the form (steps: i32, mark: i32) → i32. `mark` is the step of every
 * block at which checkpoints are, and they return the steps not done.
 *
 * - `settle` and `observe` advance all lanes by `steps` steps, a multiple of `BLOCK`, and stop before the
 *   block in which some lane stops: leaves the radius or satisfies the condition.
 * - `settleConfined` and `observeConfined` do the same where no step of any lane leads beyond the radius. They
 *   are there where steps are short.
 * - `settleEach` and `observeEach` advance every lane by what is left to it, but `steps` at most, and stop
 *   behind the block in which some lane stopped.
 * - `begin` stops the lanes that satisfy the condition where they are.
 * - `trail` takes `steps` steps, a multiple of `BLOCK`, that nobody observes, and writes the states
 *   from the address `mark` on: f64 [steps, dimension, lanes].
 * - `draw` writes the random words of `steps` orbits, an even number, from the address `mark` on: u32 [steps / 2, 2, 2, 2],
 *   see `drawWords`. It is there where orbits may start at random.
 * - `merge` adds to `steps` bytes of u32 counters, a multiple of 16, those that follow from the address `mark` on.
 *
 * Both kinds of kernels do the same to a lane, bit for bit. Without a condition there is no `begin`.
 */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly settle: KernelFunction;
  readonly observe: KernelFunction;
  readonly settleConfined?: KernelFunction;
  readonly observeConfined?: KernelFunction;
  readonly settleEach: KernelFunction;
  readonly observeEach: KernelFunction;
  readonly begin?: KernelFunction;
  readonly trail: KernelFunction;
  readonly draw?: KernelFunction;
  readonly merge: KernelFunction;
}

export type KernelFunction = (steps: number, mark: number) => number;

/** Writes the module of a run. */
export function writeKernels(request: KernelRequest): Kernel {
  const { variables, words, measures, slots, exit, prelude, isDrawn } = request;
  const vectors = chooseVectors(request);
  const lanes = 2 * vectors;
  let end = LINE;
  const reserve = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / LINE) * LINE;
    return at;
  };
  const places = {
    lanes,
    variables,
    dimension: request.step.length,
    words,
    slots,
    states: reserve(slots * lanes * 8),
    left: reserve(lanes * 8),
    going: reserve(lanes * 8),
    watch: reserve(VECTOR),
    settings: reserve(words * lanes * 8),
    numbers: reserve((prelude?.numbers.length ?? 0) * VECTOR),
    room: reserve((prelude?.room ?? 0) * VECTOR),
    counter: reserve(isDrawn ? drawing.counter : 0),
    keys: reserve(isDrawn ? drawing.keys : 0),
    drawn: reserve(isDrawn ? drawing.words : 0),
  };
  const stored = measures.reduce((sum, measure) => sum + measure.stored.length, 0);
  const body: BodyRequest = {
    ...request,
    vectors,
    places,
    taking: measures,
    buffers: reserve(stored * BLOCK * vectors * VECTOR),
  };
  const settling = { ...body, taking: [] };
  const isShort = request.canBeConfined && vectors >= SHORT;
  const bodies: Record<string, string> = {
    ...(exit && { begin: beforeSteps(body, exit) }),
    settle: wholeBlocks(settling),
    observe: wholeBlocks(body),
    ...(isShort && {
      settleConfined: wholeBlocks(settling, true),
      observeConfined: wholeBlocks(body, true),
    }),
    settleEach: ownSteps(settling),
    observeEach: ownSteps(body),
    trail: trailOf(body),
    ...(isDrawn && { draw: drawWords(places) }),
    merge: mergeCounters(),
  };
  const constants = new Map<bigint, string>();
  const nameOf = (bits: bigint): string => {
    const name = constants.get(bits) ?? `$c${constants.size}`;
    constants.set(bits, name);
    return `(local.get ${name})`;
  };
  const named = Object.entries(bodies).map(
    ([name, text]) => [name, nameConstants(text, nameOf)] as const,
  );
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
  const functions = named.map(([name, text]) => {
    const all = localsOf(text);
    const given = all.filter((local) => addresses.has(local));
    const locals = [...given, ...all.filter((local) => !addresses.has(local))];
    return `  (func (export "${name}") (param $steps i32) (param $mark i32) (result i32)
    ${locals.map((local) => `(local ${local} ${counters.has(local) ? 'i32' : 'v128'})`).join(' ')}
    ${given.map((local) => `(local.set ${local} (v128.load ${addressOf(addresses.get(local))}))`).join('\n    ')}
${text})`;
  });
  const text = `(module
  (memory (export "memory") ${Math.ceil(end / PAGE)})
${[
  ...(prelude ? [dataText(places.numbers, prelude.numbers.map(toBits))] : []),
  dataText(constantsAt, [...constants.keys()]),
].join('\n')}
${functions.join('\n')})
`;
  return { text, places: { ...places, end } };
}

/** Locals that are no vectors. */
const counters = new Set([
  ...['$at', '$length', '$end', '$stop', '$counter'],
  ...['$row', '$stage', '$number', '$trials'], // of a prelude
]);

/** The locals that a body names, those of one type one behind the other. */
function localsOf(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, name = ''] of text.matchAll(/\(local\.\w+ (\$\w+)/g)) names.add(name);
  names.delete('$steps');
  names.delete('$mark');
  return [...names].sort((a, b) => Number(counters.has(a)) - Number(counters.has(b)));
}

/**
 * Independent vectors in flight. Eight hide the latency of a short step; where a step is longer, four do,
 * and what eight keep does not fit the registers; where it is very long, the processor cannot look that
 * far ahead, and the text only gets longer. Where orbits end at steps of their own, calls are short, and
 * many lanes make more of one, unless a derivative needs the registers. The coordinates of an orbit are as good
 * as vectors: of many, one vector hides the latency, and more only fill the nearest cache.
 */
function chooseVectors(request: KernelRequest): number {
  if (request.prelude || request.isBrief || request.variables >= MANY_VARIABLES) return 1;
  const { step, after } = createParts({
    ...request,
    vectors: 1,
    places: {
      lanes: 0,
      variables: 0,
      dimension: 0,
      words: 0,
      slots: 0,
      states: 0,
      left: 0,
      going: 0,
      watch: 0,
      settings: 0,
      numbers: 0,
      room: 0,
      counter: 0,
      keys: 0,
      drawn: 0,
    },
    taking: request.measures,
    buffers: 0,
  });
  const texts = [step, after].flatMap(({ statements, results }) => [...statements, ...results]);
  const instructions = texts.join('').split(/\((?!local|constant)/).length;
  const hasDerivative = request.measures.some(({ stored }) =>
    stored.some(({ of }) => of === 'start'),
  );
  if (instructions <= (request.exit && !hasDerivative ? 80 : 40)) return 8;
  return instructions <= 512 ? 4 : 2;
}

/** Puts 64 bits each, in both lanes, at an address. */
const dataText = (address: number, all: readonly bigint[]): string =>
  `  (data (i32.const ${address}) "${all.map(splatBytes).join('')}")`;

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
