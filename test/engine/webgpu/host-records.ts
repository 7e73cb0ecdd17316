import { createEnsemble } from '../../../src/engine/ensemble.ts';
import { parameterValues, planWaves } from '../../../src/engine/waves.ts';
import { compileHost } from '../../../src/formula/emit-host.ts';
import { compileObjective } from '../../../src/formula/objective.ts';
import {
  batchStart,
  CHECKPOINT,
  compileObserved,
  fates,
  layRun,
  MOMENTS_WIDTH,
} from '../../../src/measure/layout.ts';
import { findPeriod, trailLength } from '../../../src/measure/period-search.ts';
import { createRecords, type Records } from '../../../src/measure/records.ts';
import { columnCount, columnSetting, longestOrbit } from '../../../src/spec/columns.ts';
import { rules } from '../../../src/spec/rules.ts';
import type { Spec } from '../../../src/spec/spec.ts';

/** Positions, and the last moves along them. */
type HostState = readonly [x: Float64Array, move: Float64Array];

/**
 * The records of a spec, followed on the host in float64, one state after another.
 *
 * An implementation of its own: it shares with the engine where orbits start and what formulas are.
 */
export function hostRecords(spec: Spec): Records {
  const layout = layRun(spec);
  const { record: at } = layout;
  const objective = compileObjective(spec.objective);
  const { variables, pool } = objective;
  const d = variables.length;
  const { rule } = spec.optimizer;
  const { statesPerVariable } = rules[rule];
  const formulas = compileObserved(layout, objective);
  const slopes = objective.gradient.map(({ macro, micro }) => pool.apply('add', macro, micro));
  const curvatures = variables.flatMap((_, i) =>
    variables.flatMap((_, j) => {
      const { macro, micro } = objective.curvature(i, j);
      return [macro, micro];
    }),
  );
  const evaluate = (roots: typeof slopes) => {
    const compiled = compileHost(roots, objective);
    const outputs = new Float64Array(roots.length);
    return (x: Float64Array, epsilon: number, parameters: Record<string, number>) => {
      const inputs = Float64Array.from([
        ...x,
        ...x.map((value) => value / epsilon),
        ...objective.parameters.map((name) => parameters[name] ?? Number.NaN),
      ]);
      compiled(inputs, outputs);
      return outputs;
    };
  };
  const slopeOf = evaluate(slopes);
  const curvatureOf = evaluate(curvatures);
  const values = formulas.moments.map((formula) => evaluate([formula]));
  const isOut = formulas.escape && evaluate([formulas.escape]);
  const settings = Array.from({ length: columnCount(spec) }, (_, c) => columnSetting(spec, c));
  const waves = planWaves(variables, slopes, [], settings, 1);
  const { skip, keep } = spec.steps;
  const longest = longestOrbit(spec);
  const horizon = at.escape?.request.horizon ?? -1;
  const ensemble = createEnsemble(spec);
  const records = createRecords(at, settings.length, spec.ensemble.orbits);

  settings.forEach((setting, column) => {
    const { eta, epsilon = Number.NaN, momentum = 0 } = setting;
    const given = parameterValues(setting);
    const isInside = (x: Float64Array) => x.every((value) => Math.abs(value) <= spec.stop.radius);
    // A state is [x, move], and the move stays 0 where the rule keeps none.
    const sum = (a: Float64Array, b: Float64Array, factor: number) =>
      a.map((value, i) => value + factor * (b[i] ?? Number.NaN));
    const asked = (x: Float64Array, move: Float64Array) =>
      rule === 'nesterov' ? sum(x, move, momentum) : x;
    const step = ([x, move]: HostState): HostState => {
      const slope = slopeOf(asked(x, move), epsilon, given);
      const next = sum(sum(x, move, momentum), slope, -eta);
      return [next, statesPerVariable === 2 ? sum(next, x, -1) : move];
    };
    /** The derivative of a step at a state, times a vector. */
    const turn = ([x, move]: HostState, vector: Float64Array): Float64Array => {
      const parts = curvatureOf(asked(x, move), epsilon, given);
      const [dx, dMove] = [vector.subarray(0, d), vector.subarray(d)];
      const dAsked = rule === 'nesterov' ? sum(dx, dMove, momentum) : dx;
      const bent = dx.map((_, row) => {
        let change = 0;
        for (let col = 0; col < d; col++) {
          const h = 2 * (row * d + col);
          const hessian = (parts[h] ?? 0) + ((parts[h + 1] || 0) / epsilon || 0);
          change -= eta * hessian * (dAsked[col] ?? 0);
        }
        return change;
      });
      if (statesPerVariable === 1) return sum(dx, bent, 1);
      const next = sum(bent, dMove, momentum);
      return Float64Array.from([...sum(dx, next, 1), ...next]);
    };
    for (let orbit = 0; orbit < spec.ensemble.orbits; orbit++) {
      const record = new Float64Array(at.width);
      let x: Float64Array = Float64Array.from(variables, (_, v) =>
        ensemble.start(setting, column, orbit, v),
      );
      let vectors: Float64Array[] = Array.from({ length: at.tangents?.exponents ?? 0 }, (_, k) =>
        Float64Array.from({ length: d * statesPerVariable }, (_, i) => (i === k ? 1 : 0)),
      );
      let move: Float64Array = new Float64Array(d);
      const places: Float64Array[] = [];
      let fate: number = fates.stayed;
      let n = 0;
      const hasLeft = () => {
        if (!isInside(x)) fate = fates.diverged;
        else if (isOut && n <= horizon && isOut(x, epsilon, given)[0] === 1) fate = fates.escaped;
        return fate !== fates.stayed;
      };
      const observe = (i: number) => {
        let batch = 0;
        while (batchStart(keep, at.batches, batch + 1) <= i) batch++;
        at.moments.forEach(({ start }, m) => {
          const y = values[m]?.(x, epsilon, given)[0] ?? Number.NaN;
          if (!Number.isFinite(y)) return;
          const from = start + batch * MOMENTS_WIDTH;
          const sums = record.subarray(from, from + MOMENTS_WIDTH);
          if (sums[0] === 0) sums[1] = y;
          sums[0] = (sums[0] ?? 0) + 1;
          for (let k = 1; k <= 4; k++) sums[1 + k] = (sums[1 + k] ?? 0) + (y - (sums[1] ?? 0)) ** k;
        });
        if (at.tangents) {
          vectors = vectors.map((v) => turn([x, move], v));
          const growths = vectors.map((v, k) => {
            for (const other of vectors.slice(0, k)) {
              const share = v.reduce((sum, c, i2) => sum + c * (other[i2] ?? 0), 0);
              other.forEach((c, i2) => {
                v[i2] = (v[i2] ?? 0) - share * c;
              });
            }
            const size = Math.hypot(...v);
            v.forEach((c, i2) => {
              v[i2] = c / size;
            });
            return Math.log(size);
          });
          if (i >= at.tangents.warmUp) {
            const from = at.tangents.start + batch * (1 + at.tangents.exponents);
            record[from] = (record[from] ?? 0) + 1;
            growths.forEach((g, k) => {
              record[from + 1 + k] = (record[from + 1 + k] ?? 0) + g;
            });
          }
        }
        if (i % CHECKPOINT === 0) places.push(x);
      };
      while (!hasLeft()) {
        if (n > skip && n <= skip + keep) observe(n - skip - 1);
        if (n === longest) break;
        [x, move] = step([x, move]);
        n++;
      }
      record[at.fate] = fate;
      record[at.steps] = n;
      for (let v = 0; v < d; v++) {
        record[at.final + v] = fate === fates.diverged ? Number.NaN : (x[v] ?? 0);
      }
      if (at.extent !== undefined) {
        const periodic = variables.map((_, v) => v).filter((v) => waves.hasPeriod(v));
        record[at.extent] =
          periodic.length === 0
            ? Number.NaN
            : Math.max(
                ...periodic.map((v) => {
                  const along = places.map((place) => place[v] ?? 0);
                  if (along.length === 0) return 0;
                  return (Math.max(...along) - Math.min(...along)) / waves.unit(v, setting);
                }),
              );
      }
      if (at.period && fate === fates.stayed) {
        const trail: HostState[] = [[x, move]];
        for (let t = 1; t < trailLength(at.period.max); t++) {
          trail.push(step(trail[t - 1] ?? [x, move]));
        }
        const distance = (i: number, j: number) =>
          Math.max(
            ...variables.map((_, v) => {
              const [[a, aMove] = [x, move], [b, bMove] = [x, move]] = [trail[i], trail[j]];
              const size = waves.hasPeriod(v)
                ? waves.unit(v, setting)
                : Math.max(1, Math.abs(b[v] ?? 0));
              const [far, farther] = [sum(a, b, -1)[v] ?? 0, sum(aMove, bMove, -1)[v] ?? 0];
              return Math.max(Math.abs(far), Math.abs(farther)) / size;
            }),
          );
        const { max, tolerance } = at.period;
        record[at.period.start] = trail.every(([place]) => isInside(place))
          ? findPeriod(distance, max, tolerance)
          : 0;
      }
      records.data.set(record, (column * spec.ensemble.orbits + orbit) * at.width);
    }
  });
  return records;
}
