import { createEnsemble } from '../../src/engine/ensemble.ts';
import { batchStart, CHECKPOINT, fates, layRun, MOMENTS_WIDTH } from '../../src/measure/layout.ts';
import { findPeriod, trailLength } from '../../src/measure/period-search.ts';
import { type ColumnSetting, columnSetting } from '../../src/spec/columns.ts';
import type { Spec } from '../../src/spec/spec.ts';

/** An objective and what is observed of it, written out by hand. */
export interface HostDynamics {
  gradient(x: readonly number[], setting: ColumnSetting): readonly number[];
  hessian(x: readonly number[], setting: ColumnSetting): readonly (readonly number[])[];
  /** One per moments of the spec. */
  readonly values: readonly ((x: readonly number[]) => number)[];
  escapes(x: readonly number[]): boolean;
  /** Length of a micro-period per variable; undefined where there is none. */
  readonly periods: readonly (number | undefined)[];
}

/** What a run keeps of one orbit, and how often its observed steps were not taken. */
export interface HostRecord {
  readonly record: Float64Array;
  readonly lost: number;
}

/**
 * Follows one orbit of a spec in float64 and makes its record, in the plainest way: a loop over steps.
 *
 * An implementation of its own: it shares with the engine only where the orbits start, where the values of
 * a record stand, and the search for periods.
 */
export function hostRecord(
  spec: Spec,
  dynamics: HostDynamics,
  column: number,
  orbit: number,
): HostRecord {
  const { record: layout } = layRun(spec);
  const { skip, keep } = spec.steps;
  const setting = columnSetting(spec, column);
  const ensemble = createEnsemble(spec);
  const { variables } = spec.objective;
  const horizon = layout.escape?.request.horizon ?? -1;
  const total = Math.max(skip + keep, horizon);
  const record = new Float64Array(layout.width);
  const move = (x: readonly number[]) => {
    const slope = dynamics.gradient(x, setting);
    return x.map((value, at) => value - setting.eta * (slope[at] ?? 0));
  };
  const isOut = (x: readonly number[]) => !x.every((value) => Math.abs(value) <= spec.stop.radius);

  let x: readonly number[] = variables.map((_, at) => ensemble.start(setting, column, orbit, at));
  let fate: number = fates.stayed;
  let n = 0;
  const seen: (readonly number[])[] = [];
  let tangents: readonly (readonly number[])[] = variables
    .map((_, i) => variables.map((_, j) => (i === j ? 1 : 0)))
    .slice(0, layout.tangents?.exponents ?? 0);
  if (isOut(x)) fate = fates.diverged;
  else if (horizon >= 0 && dynamics.escapes(x)) fate = fates.escaped;
  while (fate === fates.stayed && n < total) {
    const index = n - skip; // of the state that the step leads to
    const isObserved = index >= 0 && index < keep;
    if (isObserved && layout.tangents) {
      const { start, exponents, warmUp } = layout.tangents;
      const grown = turn(tangents, dynamics.hessian(x, setting), setting.eta);
      tangents = grown.map(({ direction }) => direction);
      if (index >= warmUp) {
        const at = start + batchOf(index) * (1 + exponents);
        record[at] = (record[at] ?? 0) + 1;
        for (const [i, { growth }] of grown.entries()) {
          record[at + 1 + i] = (record[at + 1 + i] ?? 0) + Math.log(growth);
        }
      }
    }
    x = move(x);
    n++;
    if (isOut(x)) fate = fates.diverged;
    else if (n <= horizon && dynamics.escapes(x)) fate = fates.escaped;
    else if (isObserved) seen.push(x);
  }
  record[layout.fate] = fate;
  record[layout.steps] = n;
  for (const [at, value] of x.entries()) {
    record[layout.final + at] = fate === fates.diverged ? Number.NaN : value;
  }

  for (const [order, { start }] of layout.moments.entries()) {
    for (let batch = 0; batch < layout.batches; batch++) {
      const [from, to] = [0, 1].map((more) => batchStart(keep, layout.batches, batch + more));
      const all = seen
        .slice(from, to)
        .map((state) => dynamics.values[order]?.(state) ?? Number.NaN);
      const values = all.filter(Number.isFinite);
      const at = start + batch * MOMENTS_WIDTH;
      record[at] = values.length;
      if (values.length === 0) continue;
      const shift = Number.isFinite(all[0]) ? (all[0] ?? 0) : 0;
      record[at + 1] = shift;
      for (let power = 1; power <= 4; power++) {
        record[at + 1 + power] = values.reduce((sum, value) => sum + (value - shift) ** power, 0);
      }
    }
  }
  if (layout.extent !== undefined) {
    const widths = dynamics.periods.flatMap((period, at) => {
      if (period === undefined) return [];
      const marks = seen.filter((_, i) => i % CHECKPOINT === 0).map((state) => state[at] ?? 0);
      return [marks.length > 0 ? (Math.max(...marks) - Math.min(...marks)) / period : 0];
    });
    record[layout.extent] = widths.length > 0 ? Math.max(...widths) : Number.NaN;
  }
  if (layout.period) {
    const { start, max, tolerance } = layout.period;
    const trail = [x];
    while (trail.length < trailLength(max)) trail.push(move(trail.at(-1) ?? x));
    const distance = (i: number, j: number) =>
      Math.max(
        ...variables.map((_, at) => {
          const [a, b] = [trail[i]?.[at] ?? 0, trail[j]?.[at] ?? 0];
          return Math.abs(a - b) / (dynamics.periods[at] ?? Math.max(1, Math.abs(a)));
        }),
      );
    const isFollowed = fate === fates.stayed && !trail.some(isOut);
    record[start] = isFollowed ? findPeriod(distance, max, tolerance) : 0;
  }
  return { record, lost: keep - seen.length };

  function batchOf(index: number): number {
    let batch = 0;
    while (batchStart(keep, layout.batches, batch + 1) <= index) batch++;
    return batch;
  }
}

/** One step of the tangent vectors, made orthogonal and of length 1 again, with what each grew by. */
function turn(
  tangents: readonly (readonly number[])[],
  hessian: readonly (readonly number[])[],
  eta: number,
) {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  const done: { readonly direction: number[]; readonly growth: number }[] = [];
  for (const tangent of tangents) {
    let moved = tangent.map((value, i) => value - eta * dot(hessian[i] ?? [], tangent));
    for (const { direction } of done) {
      const along = dot(moved, direction);
      moved = moved.map((value, at) => value - along * (direction[at] ?? 0));
    }
    const growth = Math.sqrt(dot(moved, moved));
    done.push({ direction: moved.map((value) => value / growth), growth });
  }
  return done;
}
