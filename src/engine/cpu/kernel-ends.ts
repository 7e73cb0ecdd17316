import { numberText, type SimdValue } from '../../formula/simd/graph.ts';
import { BLOCK } from './block.ts';
import { type BodyRequest, createParts, insideText, VECTOR } from './kernel-parts.ts';
import { addressOf, range } from './measures/block-measure.ts';

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
 * Body of `trail`: whole blocks of steps whose states are written one behind the other from `$mark` on.
 * It returns 1 where some lane left the radius on the way.
 */
export function trailOf(request: BodyRequest): string {
  const parts = createParts({ ...request, taking: [] });
  const { step, stride, sizeOf } = parts;
  const [coordinates, values] = [range(request.variables), range(request.step.length)];
  const stepOf = (vector: number): string =>
    [
      ...step.statements,
      ...values.map((at) => `(local.set $new${at} ${step.results[at]})`),
      ...coordinates.map(
        (at) =>
          `(local.set $most${at} (f64x2.pmax (local.get $most${at}) ${sizeOf(at, `$new${at}`, '@')}))`,
      ),
      ...values.flatMap((at) => [
        `(local.set $s${at}_@ (local.get $new${at}))`,
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
        (local.set $mark (i32.add (local.get $mark) (i32.const ${values.length * stride})))
        (br_if $step (local.tee $length (i32.sub (local.get $length) (i32.const 1)))))
      (br_if $blocks (local.tee $steps (i32.sub (local.get $steps) (i32.const ${BLOCK})))))
    ${parts.storeStates}
    (i32.eqz (i64x2.all_true ${insideText(request, parts)}))`;
}
