import { bitsText } from '../../formula/simd/graph.ts';
import { BLOCK } from './block.ts';
import {
  type BodyRequest,
  createParts,
  insideText,
  type StepParts,
  VECTOR,
} from './kernel-parts.ts';
import { addressOf, range, type StoredValue } from './measures/block-measure.ts';
import { MANY_VARIABLES, piecesOf } from './pieces.ts';

/**
 * Body of `settle` and `observe`: whole blocks, in which every lane takes every step.
 *
 * Per vector and step: the positions move, their sizes are kept as a maximum, and what is taken is
 * stored. At the end of a block it is checked whether all lanes stay, then what was stored is folded. So the loop over
 * steps never branches, and what a lane did that left is never counted. Of many variables, pieces that do not
 * see one another take their steps one after the other.
 *
 * @param isConfined whether no step can lead beyond the radius: then sizes need not be kept, a tenth of a short step.
 */
export function wholeBlocks(request: BodyRequest, isConfined = false): string {
  const { exit, prelude, variables } = request;
  const parts = createParts(request, exit);
  const { sizeOf, stride } = parts;
  const coordinates = range(variables);
  const stepOf =
    (values: readonly number[], { step, after, store }: StepParts) =>
    (vector: number): string =>
      [
        ...step.statements,
        ...store('start', vector),
        ...values.map((at, place) => `(local.set $new${at} ${step.results[place]})`),
        ...values.flatMap((at) => [
          `(local.set $s${at}_@ (local.get $new${at}))`,
          ...(at < variables && !isConfined
            ? [
                `(local.set $most${at} (f64x2.pmax (local.get $most${at}) ${sizeOf(at, `$new${at}`, '@')}))`,
              ]
            : []),
        ]),
        ...after.statements,
        ...(exit ? [`(local.set $hit (v128.or (local.get $hit) ${after.results[0]}))`] : []),
        ...store('end', vector),
      ]
        .join('\n        ')
        .replaceAll('@', `${vector}`);
  const isWhole = exit || prelude || variables < MANY_VARIABLES;
  const stored = request.taking.flatMap((measure) => measure.stored);
  const loops = isWhole
    ? [stepOf(range(request.step.length), parts)]
    : piecesOf(request.step, stored).map((piece) => stepOf(piece.values, parts.partsOf(piece)));
  const areInside = insideText(request, parts);
  const stay = exit
    ? `(v128.andnot ${areInside} (v128.and (local.get $hit) (local.get $watch)))`
    : areInside;
  return `    ${parts.loadStates}
    ${exit ? `(local.set $watch (v128.load ${addressOf(request.places.watch)}))` : ''}
    (local.set $end (i32.const ${BLOCK * stride}))
    (block $left (loop $blocks
      ${parts.flush}
      ${coordinates.map((at) => `(local.set $most${at} (v128.const i64x2 0 0))`).join(' ')}
      ${exit ? `(local.set $hit ${bitsText(0n)})` : ''}
      ${loops
        .map(
          (step) => `(local.set $at (i32.const 0))
      (loop $step
        ${range(request.vectors).map(step).join('\n        ')}
        (br_if $step (i32.lt_u
          (local.tee $at (i32.add (local.get $at) (i32.const ${stride})))
          (local.get $end))))`,
        )
        .join('\n      ')}
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
  const parts = createParts({ ...request, going: '(local.get $going_@)' }, exit);
  const { sizeOf, mostOf, step, after, stride } = parts;
  const [coordinates, values] = [range(request.variables), range(request.step.length)];
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
      ...values.map((at) => `(local.set $new${at} ${step.results[at]})`),
      ...values.map(
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
