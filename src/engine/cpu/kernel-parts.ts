import {
  bitsText,
  numberText,
  type SimdText,
  type SimdValue,
  writeSimd,
} from '../../formula/simd/graph.ts';
import { BLOCK } from './block.ts';
import type { KernelPlaces, KernelRequest } from './kernel-request.ts';
import {
  addressOf,
  type BlockMeasure,
  type FoldFrame,
  range,
  type StoredValue,
} from './measures/block-measure.ts';
import type { Piece } from './pieces.ts';

/**
 * Added and taken off again, it leaves 0 of what is below 2^-504: f64 numbers near 1e-308 are slow on many
 * processors, and mean nothing here.
 */
const TINY = `(f64x2.splat (f64.const ${2 ** -450}))`;
export const VECTOR = 16; // bytes

/** What a body is to do, and where. */
export interface BodyRequest extends KernelRequest {
  readonly vectors: number;
  readonly places: Omit<KernelPlaces, 'end'>;
  /** What is taken from the states on the way. */
  readonly taking: readonly BlockMeasure[];
  /** Address of the first stored value of all measures, in their order. */
  readonly buffers: number;
  /** Mask of the lanes that take the steps; all, if it is not said. */
  readonly going?: string;
}

/** What is computed of some values of the state. */
export interface StepParts {
  /** Texts of a step: what it starts from and where it leads; then, from there, `extra` and what is taken. */
  readonly step: SimdText;
  readonly after: SimdText;
  /** Stores what was taken of one side of a step; `guard` may replace a value. */
  store(
    of: StoredValue['of'],
    vector: number,
    guard?: (value: string, otherwise: StoredValue['otherwise']) => string,
  ): string[];
}

/** The parts that bodies are made of: `at` is a value of the state, `v` the number of a vector. */
export interface BodyParts extends StepParts {
  /** The same of a piece alone: its values are numbered anew. */
  partsOf(piece: Piece): StepParts;
  /** Loads and stores of what a lane keeps between calls. */
  readonly loadStates: string;
  readonly storeStates: string;
  /** Flushes values that mean nothing. */
  readonly flush: string;
  /** Writes for every value of the state and vector. */
  lines(write: (at: number, vector: number) => string): string;
  /** Whether a position is within the radius: its size as the reach is held, and what it must not pass. */
  sizeOf(at: number, position: string, vector: number | '@'): string;
  mostOf(at: number): string;
  /** Folds the stored values of the block. */
  fold(isMasked: boolean): string;
  readonly stride: number;
}

/** @param extra a value of the states that steps lead to, the first of `after`. */
export function createParts(request: BodyRequest, extra?: SimdValue): BodyParts {
  const { step, prelude, reaches, vectors, places, taking, buffers } = request;
  const stride = vectors * VECTOR;
  const stored = taking.flatMap((measure) => measure.stored);
  const bufferOf = (value: StoredValue) => buffers + stored.indexOf(value) * BLOCK * stride;
  const lines = (write: (at: number, vector: number) => string): string =>
    range(step.length)
      .flatMap((at) => range(vectors).map((v) => write(at, v)))
      .join('\n      ');
  const slot = (at: number, vector: number) =>
    addressOf(places.states + (at * vectors + vector) * VECTOR);
  const sizeOf: BodyParts['sizeOf'] = (at, position, vector) => {
    const size = `(f64x2.abs (local.get ${position}))`;
    const reach = reaches[at];
    if (!reach || reach.isShared) return size;
    return `(f64x2.mul ${size} (local.get $w${reach.word}_${vector}))`;
  };
  const mostOf: BodyParts['mostOf'] = (at) =>
    reaches[at]?.isShared ? `(local.get $w${reaches[at].word}_0)` : numberText(1);
  const first = prelude?.write({
    ...places,
    going: request.going ?? bitsText(-1n),
    isInside: (name) =>
      range(request.variables)
        .map((at) => `(f64x2.le ${sizeOf(at, `$${name}${at}`, '@')} ${mostOf(at)})`)
        .reduce((all, check) => `(v128.and ${all} ${check})`),
  });
  const partsOf = (piece: Piece, also: readonly SimdValue[] = []): StepParts => {
    const [starts, ends] = (['start', 'end'] as const).map((side) =>
      piece.stored.filter(({ of }) => of === side),
    ) as [StoredValue[], StoredValue[]]; // one per side
    const states = piece.values.flatMap((at) => step[at] ?? []);
    const before = writeSimd([...states, ...starts.map(({ value }) => value)]);
    const after = writeSimd([...also, ...ends.map(({ value }) => value)]);
    return {
      step: first ? { ...before, statements: [first, ...before.statements] } : before,
      after,
      store(of, vector, guard = (value) => value) {
        const [values, texts] =
          of === 'start'
            ? [starts, before.results.slice(states.length)]
            : [ends, after.results.slice(also.length)];
        return values.map((value, index) => {
          const kept = guard(texts[index] ?? '', value.otherwise);
          return `(v128.store offset=${bufferOf(value) + vector * VECTOR} (local.get $at) ${kept})`;
        });
      },
    };
  };
  return {
    ...partsOf({ values: range(step.length), stored }, extra ? [extra] : []),
    partsOf,
    lines,
    stride,
    sizeOf,
    mostOf,
    loadStates: lines((at, v) => `(local.set $s${at}_${v} (v128.load ${slot(at, v)}))`),
    storeStates: lines((at, v) => `(v128.store ${slot(at, v)} (local.get $s${at}_${v}))`),
    flush: lines((at, v) => {
      const state = `$s${at}_${v}`;
      return `(local.set ${state} (f64x2.sub (f64x2.add (local.get ${state}) ${TINY}) ${TINY}))`;
    }),
    fold: (isMasked) =>
      taking
        .map((measure, index) => {
          const frame: FoldFrame = {
            vectors,
            stride,
            isMasked,
            label: `fold${index}`,
            stored: (value, vector) =>
              bufferOf(measure.stored[value] as StoredValue) + vector * VECTOR, // its own
            slot,
          };
          return measure.fold(frame);
        })
        .join('\n      '),
  };
}

/** Mask that is true where the largest positions of all lanes, `$most…`, and the last are within the radius. */
export function insideText(
  { variables, vectors }: BodyRequest,
  { sizeOf, mostOf }: BodyParts,
): string {
  return range(variables)
    .flatMap((at) => [
      `(f64x2.le (local.get $most${at}) ${mostOf(at)})`,
      // A maximum forgets NaN; a position that became one stays one.
      ...range(vectors).map((v) => `(f64x2.le ${sizeOf(at, `$s${at}_${v}`, v)} ${mostOf(at)})`),
    ])
    .reduce((all, check) => `(v128.and ${all}\n        ${check})`);
}
