import {
  bitsText,
  numberText,
  type SimdText,
  type SimdValue,
  writeSimd,
} from '../../formula/simd/graph.ts';
import { BLOCK } from './block.ts';
import type { KernelPlaces, KernelRequest } from './kernel-text.ts';
import {
  addressOf,
  type BlockMeasure,
  type FoldFrame,
  range,
  type StoredValue,
} from './measures/block-measure.ts';

/**
 * Added and taken off again, it leaves 0 of what is below 2^-504: f64 numbers near 1e-308 are slow on many
 * processors, and mean nothing here.
 */
const TINY = numberText(2 ** -450);
export const VECTOR = 16; // bytes

/** What a body is to do, and where. */
export interface BodyRequest extends KernelRequest {
  readonly vectors: number;
  readonly places: Omit<KernelPlaces, 'end'>;
  /** What is taken from the states on the way. */
  readonly taking: readonly BlockMeasure[];
  /** Address of the first stored value of all measures, in their order. */
  readonly buffers: number;
}

/** The parts that bodies are made of: `at` is a variable, `v` the number of a vector. */
export interface BodyParts {
  /** Loads and stores of what a lane keeps between calls. */
  readonly loadStates: string;
  readonly storeStates: string;
  /** Flushes positions that mean nothing. */
  readonly flush: string;
  /** Writes for every variable and vector. */
  lines(write: (at: number, vector: number) => string): string;
  /** Texts of a step: what it starts from and where it leads; then, from there, `extra` and what is taken. */
  readonly step: SimdText;
  readonly after: SimdText;
  /** Stores what was taken of one side of a step; `guard` may replace a value. */
  store(
    of: StoredValue['of'],
    vector: number,
    guard?: (value: string, otherwise: StoredValue['otherwise']) => string,
  ): string[];
  /** Whether a position is within the radius: its size as the reach is held, and what it must not pass. */
  sizeOf(at: number, position: string, vector: number | '@'): string;
  mostOf(at: number): string;
  /** Folds the stored values of the block. */
  fold(isMasked: boolean): string;
  readonly stride: number;
}

/** @param extra a value of the states that steps lead to, the first of `after`. */
export function createParts(request: BodyRequest, extra?: SimdValue): BodyParts {
  const { variables, step, reaches, vectors, places, taking, buffers } = request;
  const coordinates = range(variables);
  const stride = vectors * VECTOR;
  const stored = taking.flatMap((measure) => measure.stored);
  const starts = stored.filter(({ of }) => of === 'start');
  const ends = stored.filter(({ of }) => of === 'end');
  const [before, after] = [
    writeSimd([...step, ...starts.map(({ value }) => value)]),
    writeSimd([...(extra ? [extra] : []), ...ends.map(({ value }) => value)]),
  ];
  const bufferOf = (value: StoredValue) => buffers + stored.indexOf(value) * BLOCK * stride;
  const lines = (write: (at: number, vector: number) => string): string =>
    coordinates.flatMap((at) => range(vectors).map((v) => write(at, v))).join('\n      ');
  const slot = (at: number, vector: number) =>
    addressOf(places.states + (at * vectors + vector) * VECTOR);
  return {
    lines,
    stride,
    step: before,
    after,
    loadStates: lines((at, v) => `(local.set $s${at}_${v} (v128.load ${slot(at, v)}))`),
    storeStates: lines((at, v) => `(v128.store ${slot(at, v)} (local.get $s${at}_${v}))`),
    flush: lines((at, v) => {
      const state = `$s${at}_${v}`;
      return `(local.set ${state} (f64x2.sub (f64x2.add (local.get ${state}) ${TINY}) ${TINY}))`;
    }),
    store(of, vector, guard = (value) => value) {
      const [values, texts] =
        of === 'start'
          ? [starts, before.results.slice(variables)]
          : [ends, after.results.slice(extra ? 1 : 0)];
      return values.map((value, index) => {
        const kept = guard(texts[index] ?? '', value.otherwise);
        return `(v128.store offset=${bufferOf(value) + vector * VECTOR} (local.get $at) ${kept})`;
      });
    },
    sizeOf(at, position, vector) {
      const size = `(f64x2.abs (local.get ${position}))`;
      const reach = reaches[at];
      if (!reach || reach.isShared) return size;
      return `(f64x2.mul ${size} (local.get $w${reach.word}_${vector}))`;
    },
    mostOf: (at) => (reaches[at]?.isShared ? `(local.get $w${reaches[at].word}_0)` : numberText(1)),
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

/**
 * Body of `settle` and `observe`: whole blocks, in which every lane takes every step.
 *
 * Per vector and step: the positions move, their sizes are kept as a maximum, and what is taken is
 * stored. At the end of a block it is checked whether all lanes stay, then what was stored is folded. So the loop over
 * steps never branches, and what a lane did that left is never counted.
 */
export function wholeBlocks(request: BodyRequest): string {
  const { exit } = request;
  const parts = createParts(request, exit);
  const { sizeOf, step, after, stride } = parts;
  const coordinates = range(request.variables);
  const stepOf = (vector: number): string =>
    [
      ...step.statements,
      ...parts.store('start', vector),
      ...coordinates.map((at) => `(local.set $new${at} ${step.results[at]})`),
      ...coordinates.flatMap((at) => [
        `(local.set $s${at}_@ (local.get $new${at}))`,
        `(local.set $most${at} (f64x2.pmax (local.get $most${at}) ${sizeOf(at, `$new${at}`, '@')}))`,
      ]),
      ...after.statements,
      ...(exit ? [`(local.set $hit (v128.or (local.get $hit) ${after.results[0]}))`] : []),
      ...parts.store('end', vector),
    ]
      .join('\n        ')
      .replaceAll('@', `${vector}`);
  const areInside = insideText(request, parts);
  const stay = exit
    ? `(v128.andnot ${areInside} (v128.and (local.get $hit) (local.get $watch)))`
    : areInside;
  return `    ${parts.loadStates}
    ${exit ? `(local.set $watch (v128.load ${addressOf(request.places.watch)}))` : ''}
    (local.set $end (i32.const ${BLOCK * stride}))
    (block $left (loop $blocks
      ${parts.flush}
      ${coordinates.map((at) => `(local.set $most${at} ${numberText(0)})`).join(' ')}
      ${exit ? `(local.set $hit ${bitsText(0n)})` : ''}
      (local.set $at (i32.const 0))
      (loop $step
        ${range(request.vectors).map(stepOf).join('\n        ')}
        (br_if $step (i32.lt_u
          (local.tee $at (i32.add (local.get $at) (i32.const ${stride})))
          (local.get $end))))
      (br_if $left (i32.eqz (i64x2.all_true ${stay})))
      ${parts.storeStates}
      ${parts.fold(false)}
      (br_if $blocks (local.tee $steps (i32.sub (local.get $steps) (i32.const ${BLOCK}))))))
    (local.get $steps)`;
}

/**
 * Body of `settleEach` and `observeEach`: every lane takes as many steps as are left to it, and stops
 * earlier where it leaves the radius or satisfies the condition. It returns at the end of a block in
 * which a lane stopped.
 */
export function ownSteps(request: BodyRequest): string {
  const { exit, vectors, places } = request;
  const parts = createParts(request, exit);
  const { sizeOf, mostOf, step, after, stride } = parts;
  const coordinates = range(request.variables);
  const none = bitsText(0n);
  const control = (start: number, vector: number) => addressOf(start + vector * VECTOR);
  const isInside = coordinates
    .map((at) => `(f64x2.le ${sizeOf(at, `$s${at}_@`, '@')} ${mostOf(at)})`)
    .reduce((all, check) => `(v128.and ${all} ${check})`);
  const stays = exit
    ? `(v128.andnot ${isInside} (v128.and ${after.results[0]} (local.get $watch)))`
    : isInside;
  const hasLeft = (vector: number | '@') => `(i64x2.gt_s (local.get $left_${vector}) ${none})`;
  const stepOf = (vector: number): string =>
    [
      ...step.statements,
      ...parts.store('start', vector, guard('$going_@')),
      ...coordinates.map((at) => `(local.set $new${at} ${step.results[at]})`),
      ...coordinates.map(
        (at) =>
          `(local.set $s${at}_@ (v128.bitselect (local.get $new${at}) (local.get $s${at}_@) (local.get $going_@)))`,
      ),
      // A mask is -1.
      '(local.set $left_@ (i64x2.add (local.get $left_@) (local.get $going_@)))',
      ...after.statements,
      `(local.set $seen (v128.and (local.get $going_@) ${stays}))`,
      ...parts.store('end', vector, guard('$seen')),
      `(local.set $going_@ (v128.and (local.get $seen) ${hasLeft('@')}))`,
    ]
      .join('\n        ')
      .replaceAll('@', `${vector}`);
  const each = (write: (vector: number) => string) => range(vectors).map(write).join('\n      ');
  // A lane without an orbit has less than no steps left, and stops nobody.
  const areGoing = range(vectors)
    .map((v) => `(v128.or (local.get $going_${v}) (i64x2.lt_s (local.get $left_${v}) ${none}))`)
    .reduce((all, check) => `(v128.and ${all}\n        ${check})`);
  return `    ${parts.loadStates}
      ${each(
        (v) => `(local.set $left_${v} (v128.load ${control(places.left, v)}))
      (local.set $going_${v} (v128.and (v128.load ${control(places.going, v)}) ${hasLeft(v)}))`,
      )}
    ${exit ? `(local.set $watch (v128.load ${addressOf(places.watch)}))` : ''}
    (block $stopped (loop $blocks
      (local.set $length (i32.const ${BLOCK}))
      (if (i32.gt_u (local.get $length) (local.get $steps)) (then
        (local.set $length (local.get $steps))))
      (local.set $end (i32.mul (local.get $length) (i32.const ${stride})))
      ${parts.flush}
      (local.set $at (i32.const 0))
      (loop $step
        ${range(vectors).map(stepOf).join('\n        ')}
        (br_if $step (i32.lt_u
          (local.tee $at (i32.add (local.get $at) (i32.const ${stride})))
          (local.get $end))))
      ${parts.fold(true)}
      (local.set $steps (i32.sub (local.get $steps) (local.get $length)))
      (br_if $stopped (i32.eqz (i64x2.all_true ${areGoing})))
      (br_if $blocks (local.get $steps))))
    ${parts.storeStates}
      ${each((v) =>
        [
          `(v128.store ${control(places.left, v)} (local.get $left_${v}))`,
          // Whether it stopped, or only has no steps left, its state says again.
          ...after.statements,
          `(v128.store ${control(places.going, v)} ${stays})`,
        ]
          .join('\n      ')
          .replaceAll('@', `${v}`),
      )}
    (local.get $steps)`;
}

/** Puts what stands for it in the place of a value, in the lanes where a mask is not set. */
const guard =
  (mask: string) =>
  (value: string, otherwise: StoredValue['otherwise']): string => {
    if (otherwise === 'zero') return `(v128.and ${value} (local.get ${mask}))`;
    if (otherwise === 'nan') return `(v128.or ${value} (v128.not (local.get ${mask})))`;
    return `(v128.bitselect ${value} ${otherwise.text} (local.get ${mask}))`;
  };

/** Body of `begin`: stops the lanes whose state satisfies the condition before any step. */
export function beforeSteps(request: BodyRequest, exit: SimdValue): string {
  const { loadStates, after } = createParts({ ...request, taking: [] }, exit);
  const checks = range(request.vectors).map((vector) => {
    const going = addressOf(request.places.going + vector * VECTOR);
    return [
      ...after.statements,
      `(v128.store ${going} (v128.andnot (v128.load ${going}) ${after.results[0]}))`,
    ]
      .join('\n    ')
      .replaceAll('@', `${vector}`);
  });
  return `    ${loadStates}
    ${checks.join('\n    ')}
    (local.get $steps)`;
}

/**
 * Body of `trail`: whole blocks of steps whose positions are written one behind the other from `$mark` on.
 * It returns 1 where some lane left the radius on the way.
 */
export function trailOf(request: BodyRequest): string {
  const parts = createParts({ ...request, taking: [] });
  const { step, stride, sizeOf } = parts;
  const coordinates = range(request.variables);
  const stepOf = (vector: number): string =>
    [
      ...step.statements,
      ...coordinates.map((at) => `(local.set $new${at} ${step.results[at]})`),
      ...coordinates.flatMap((at) => [
        `(local.set $s${at}_@ (local.get $new${at}))`,
        `(local.set $most${at} (f64x2.pmax (local.get $most${at}) ${sizeOf(at, `$new${at}`, '@')}))`,
        `(v128.store offset=${at * stride + vector * VECTOR} (local.get $mark) (local.get $new${at}))`,
      ]),
    ]
      .join('\n        ')
      .replaceAll('@', `${vector}`);
  return `    ${parts.loadStates}
    ${coordinates.map((at) => `(local.set $most${at} ${numberText(0)})`).join(' ')}
    (loop $blocks
      ${parts.flush}
      (local.set $length (i32.const ${BLOCK}))
      (loop $step
        ${range(request.vectors).map(stepOf).join('\n        ')}
        (local.set $mark (i32.add (local.get $mark) (i32.const ${coordinates.length * stride})))
        (br_if $step (local.tee $length (i32.sub (local.get $length) (i32.const 1)))))
      (br_if $blocks (local.tee $steps (i32.sub (local.get $steps) (i32.const ${BLOCK})))))
    ${parts.storeStates}
    (i32.eqz (i64x2.all_true ${insideText(request, parts)}))`;
}

/** Mask that is true where the largest positions of all lanes, `$most…`, and the last are within the radius. */
function insideText({ variables, vectors }: BodyRequest, { sizeOf, mostOf }: BodyParts): string {
  return range(variables)
    .flatMap((at) => [
      `(f64x2.le (local.get $most${at}) ${mostOf(at)})`,
      // A maximum forgets NaN; a position that became one stays one.
      ...range(vectors).map((v) => `(f64x2.le ${sizeOf(at, `$s${at}_${v}`, v)} ${mostOf(at)})`),
    ])
    .reduce((all, check) => `(v128.and ${all}\n        ${check})`);
}
