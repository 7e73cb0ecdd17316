import type { SimdGraph, SimdValue } from '../../../formula/simd/graph.ts';
import { numberText, writeSimd } from '../../../formula/simd/graph.ts';
import type { Prelude } from '../kernel-request.ts';
import { range } from '../measures/block-measure.ts';
import { errors, stages } from './dormand-prince.ts';

/** Sub-steps of a step that are tried, at most. */
export const MOST_SUBSTEPS = 2 ** 16;
/** Of a first sub-step it is guessed that positions go so far: part of a period, or of 1 and their size. */
const FIRST = 2 ** -5;
/** A sub-step may be wrong by so much: of a period, and of the size where there is none. */
const TOLERANCE = 2 ** -40;
/** And by roundings: of the size where there is a period, and altogether where there is none. */
const ROUNDING = 2 ** -50;
/** From one sub-step to the next: at least, at most, and of what would just do. */
const [SHRINK, GROW, SAFETY] = [1 / 8, 6, 0.9];
/** So much more of a sub-step as would end the step is taken with it. */
const STRETCH = 1.01;
/** Keeps a quotient of zeros from being none. */
const TINIEST = 2 ** -300;

const VECTOR = 16; // bytes

/** What is integrated over a step: positions, then what only depends on them. */
export interface Flow {
  readonly graph: SimdGraph;
  /** Rates of change per step at the positions `$trial…`: as many as `isPeriodic`, then the others'. */
  readonly rates: readonly SimdValue[];
  /** Of each position, whether it counts periods of the micro-structure. */
  readonly isPeriodic: readonly boolean[];
  /** Mask: nothing will move from `$here…`, where the rates are `$rate…`. */
  readonly rest: SimdValue | undefined;
}

/**
 * Follows the flow over one step, from `$s…` to `$here…`, in sub-steps of a length of each lane's own. A lane
 * that leaves the radius, or the domain of the rates, ends there; one that would need more sub-steps than
 * `MOST_SUBSTEPS` is said to be at minus infinity.
 */
export function writeFlow({ graph, rates, isPeriodic, rest }: Flow): Prelude {
  const { apply, number, leaf } = graph;
  const local = (name: string) => leaf(`(local.get $${name})`);
  const all = range(rates.length);
  const positions = range(isPeriodic.length);
  const others = all.slice(positions.length);
  const [first, ...more] = positions.map((at) => farOf(at));
  const square = (value: SimdValue) => apply('f64x2.mul', value, value);
  const sum = (values: readonly SimdValue[]) =>
    values.reduce((before, value) => apply('f64x2.add', before, value));

  /** How fast a position moves, in the lengths of a first guess. */
  function farOf(at: number): SimdValue {
    const speed = apply('f64x2.abs', local(`rate${at}`));
    if (isPeriodic[at]) return speed;
    const size = apply('f64x2.add', number(1), apply('f64x2.abs', local(`here${at}`)));
    return apply('f64x2.div', speed, size);
  }
  const fastest = more.reduce((most, far) => apply('f64x2.max', most, far), first ?? number(0));
  const guess = apply('f64x2.pmin', number(1), apply('f64x2.div', number(FIRST), fastest));

  const left = apply('f64x2.sub', number(1), local('now'));
  const isLast = apply('f64x2.ge', apply('f64x2.mul', local('size'), number(STRETCH)), left);

  /** The error of a position by one of the orders, in what it may be. */
  const errorOf = (order: 'five' | 'three') => (at: number) => {
    const most = apply(
      'f64x2.pmax',
      apply('f64x2.abs', local(`here${at}`)),
      apply('f64x2.abs', local(`trial${at}`)),
    );
    const [relative, absolute] = isPeriodic[at] ? [ROUNDING, TOLERANCE] : [TOLERANCE, ROUNDING];
    const allowed = apply(
      'f64x2.add',
      apply('f64x2.mul', most, number(relative)),
      number(absolute),
    );
    const error = apply('f64x2.mul', local(`${order}${at}`), local('size'));
    return apply('f64x2.div', error, allowed);
  };
  const five = sum(positions.map(errorOf('five')).map(square));
  const three = sum(positions.map(errorOf('three')).map(square));
  const both = apply('f64x2.sqrt', sum([five, apply('f64x2.mul', three, number(0.01))]));
  const error = apply('f64x2.div', five, apply('f64x2.add', both, number(TINIEST)));
  const isTaken = apply('v128.and', local('active'), apply('f64x2.le', error, number(1)));
  const root = [1, 2, 3].reduce((value) => apply('f64x2.sqrt', value), error); // of order 8
  // An error that is no number shrinks the sub-step.
  const wanted = apply('f64x2.pmax', number(SHRINK), apply('f64x2.div', number(SAFETY), root));
  const factor = apply('f64x2.pmin', number(GROW), wanted);

  const set = (name: string, text: string) => `(local.set $${name} ${text})`;
  const get = (name: string) => `(local.get $${name})`;
  /** Sets locals to values, all of which are computed before the first is set. */
  const assign = (values: Readonly<Record<string, SimdValue>>): string => {
    const { statements, results } = writeSimd(Object.values(values), true);
    return [
      ...statements,
      ...Object.keys(values).map((name, at) => set(name, results[at] ?? '')),
    ].join('\n');
  };
  const slopes = writeSimd(rates);
  const step = rates.length * VECTOR; // bytes of the rates of a stage
  const load = (from: string, at: number) => `(v128.load offset=${at * VECTOR} ${get(from)})`;
  const each = (write: (at: number) => string, of = all) => of.map(write).join('\n');
  const takeRates = `${slopes.statements.join('\n')}
${each((at) => `(v128.store offset=${at * VECTOR} ${get('row')} ${slopes.results[at]})`)}`;
  const next = (name: string, bytes: number, end: string) =>
    `(i32.lt_u (local.tee $${name} (i32.add ${get(name)} (i32.const ${bytes}))) ${end})`;
  const choose = (a: string, b: string, mask: string) => `(v128.bitselect ${a} ${b} ${mask})`;
  /** Adds up rates of all stages up to `$row` with the numbers at `$number`, into locals. */
  const addUp = (names: readonly string[], label: string, room: number) => `
${names.map((name) => each((at) => set(`${name}${at}`, numberText(0)))).join('\n')}
(local.set $stage (i32.const ${room}))
(loop $${label}
  ${each((at) => {
    const rate = load('stage', at);
    return names
      .map((name, place) => {
        const product = `(f64x2.mul ${load('number', place)} ${rate})`;
        return set(`${name}${at}`, `(f64x2.add ${get(`${name}${at}`)} ${product})`);
      })
      .join('\n');
  })}
  (local.set $number (i32.add ${get('number')} (i32.const ${names.length * VECTOR})))
  (br_if $${label} ${next('stage', step, get('row'))}))`;
  // What is not defined at a place makes the place none.
  const check = each(
    (at) =>
      set(
        `here${at}`,
        `(f64x2.add ${get(`here${at}`)} (f64x2.mul ${numberText(0)} ${get(`rate${at}`)}))`,
      ),
    positions,
  );

  return {
    numbers: [
      ...stages.flat(),
      ...errors.five.flatMap((value, at) => [value, errors.three[at] ?? 0]),
    ],
    room: (1 + stages.length) * rates.length,
    write: ({ numbers, room, going, isInside }) =>
      `${each((at) => set(`here${at}`, get(`s${at}_@`)), positions)}
${each((at) => set(`here${at}`, numberText(0)), others)}
${each((at) => set(`trial${at}`, get(`here${at}`)))}
(local.set $row (i32.const ${room}))
${takeRates}
${each((at) => set(`rate${at}`, load('row', at)))}
${check}
${set('now', numberText(0))}
${set('active', `(v128.and ${going} ${isInside('here')})`)}
${assign({ size: guess })}
(local.set $trials (i32.const ${MOST_SUBSTEPS}))
(block $flowed (loop $flow
  ${
    rest
      ? `${assign({ rest: apply('v128.and', rest, local('active')), left })}
  ${each((at) => {
    const grown = `(f64x2.add ${get(`here${at}`)} (f64x2.mul ${get('left')} ${get(`rate${at}`)}))`;
    return set(`here${at}`, choose(grown, get(`here${at}`), get('rest')));
  }, others)}
  ${set('active', `(v128.andnot ${get('active')} ${get('rest')})`)}`
      : ''
  }
  (br_if $flowed (i64x2.all_true (v128.not ${get('active')})))
  (br_if $flowed (i32.eqz ${get('trials')}))
  (local.set $trials (i32.sub ${get('trials')} (i32.const 1)))
  ${assign({ last: isLast, size: apply('v128.bitselect', left, local('size'), isLast) })}
  (local.set $number (i32.const ${numbers}))
  (local.set $row (i32.const ${room + step}))
  (loop $stages
    ${addUp(['trial'], 'terms', room)}
    ${each((at) => set(`trial${at}`, `(f64x2.add ${get(`here${at}`)} (f64x2.mul ${get('size')} ${get(`trial${at}`)}))`))}
    ${takeRates}
    (br_if $stages ${next('row', step, `(i32.const ${room + (1 + stages.length) * step})`)}))
  (local.set $row (i32.sub ${get('row')} (i32.const ${step})))
  ${addUp(['five', 'three'], 'errors', room)}
  ${assign({ taken: isTaken, factor })}
  ${each((at) => set(`here${at}`, choose(get(`trial${at}`), get(`here${at}`), get('taken'))))}
  ${each((at) => set(`rate${at}`, choose(load('row', at), get(`rate${at}`), get('taken'))))}
  ${each((at) => `(v128.store offset=${at * VECTOR} (i32.const ${room}) ${get(`rate${at}`)})`)}
  ${check}
  ${set('now', `(f64x2.add ${get('now')} (v128.and ${get('taken')} ${get('size')}))`)}
  ${set('active', `(v128.and ${isInside('here')} (v128.andnot ${get('active')} (v128.and ${get('taken')} ${get('last')})))`)}
  ${set('size', `(v128.and ${get('active')} (f64x2.mul ${get('size')} ${get('factor')}))`)}
  (br $flow)))
${each((at) => set(`here${at}`, choose(numberText(Number.NEGATIVE_INFINITY), get(`here${at}`), get('active'))), positions)}`,
  };
}
