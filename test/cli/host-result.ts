import { createEnsemble } from '../../src/engine/ensemble.ts';
import { makeProvenance, makeResult } from '../../src/engine/make-result.ts';
import type { Result } from '../../src/engine/result.ts';
import { addCount, createTallies } from '../../src/engine/tallies.ts';
import { compileHost } from '../../src/formula/emit-host.ts';
import { compileObjective } from '../../src/formula/objective.ts';
import {
  batchStart,
  CHECKPOINT,
  compileObserved,
  fates,
  layRun,
  MOMENTS_WIDTH,
} from '../../src/measure/layout.ts';
import { findPeriod, trailLength } from '../../src/measure/period-search.ts';
import { createRecords, recordOf } from '../../src/measure/records.ts';
import { columnCount, columnSetting, longestOrbit } from '../../src/spec/columns.ts';
import { parseSpec } from '../../src/spec/parse.ts';

/**
 * The result of a spec, its orbits followed on the host in float64 without any engine: so that what an
 * analysis says is tested apart from what an engine does. One Lyapunov exponent, of one variable; a
 * micro-structure of period 2 pi.
 */
export function hostResult(input: unknown): Result {
  const spec = parseSpec(input);
  const { skip, keep } = spec.steps;
  const { orbits } = spec.ensemble;
  const columns = columnCount(spec);
  const layout = layRun(spec);
  const { record: places, densities } = layout;
  const compiled = compileObjective(spec.objective);
  const { gradient, pool, curvature, variables } = compiled;
  const dimension = variables.length;
  const bend = curvature(0, 0);
  const observed = compileObserved(layout, compiled);
  const roots = [
    ...gradient.map(({ macro, micro }) => pool.add(macro, micro)),
    bend.macro,
    bend.micro,
    ...observed.densities,
    ...observed.moments,
    ...(observed.escape ? [observed.escape] : []),
  ];
  const host = compileHost(roots, compiled);
  const [inputs, out] = [
    new Float64Array(2 * dimension + compiled.parameters.length),
    new Float64Array(roots.length),
  ];
  const ensemble = createEnsemble(spec);
  const records = createRecords(places, columns, orbits);
  const stride = layout.row + 2;
  const tallies = createTallies(columns, stride, orbits * keep);
  const steps = longestOrbit(spec);
  for (let column = 0; column < columns; column++) {
    const setting = columnSetting(spec, column);
    const { eta, epsilon = 1, parameters } = setting;
    inputs.set([epsilon, ...Object.values(parameters)], 2 * dimension);
    for (let orbit = 0; orbit < orbits; orbit++) {
      const record = recordOf(records, column, orbit).fill(0);
      const x = variables.map((_, at) => ensemble.start(setting, column, orbit, at));
      const look = () => {
        x.forEach((value, at) => {
          inputs[at] = value;
          inputs[dimension + at] = value / epsilon;
        });
        host(inputs, out);
      };
      const step = () => {
        x.forEach((value, at) => {
          x[at] = value - eta * (out[at] ?? 0);
        });
        look();
      };
      const seen: number[] = [];
      const escapeAt = observed.escape ? roots.length - 1 : -1;
      look();
      let n = 0;
      let fate: number = fates.stayed;
      for (; ; n++) {
        if (n > 0 && !x.every((value) => Math.abs(value) <= spec.stop.radius)) {
          fate = fates.diverged;
          addCount(tallies, column * stride + layout.row, Math.min(keep, skip + keep - n + 1));
          addCount(tallies, column * stride + layout.row + 1, 1);
          break;
        }
        if (escapeAt >= 0 && out[escapeAt] === 1) {
          fate = fates.escaped;
          break;
        }
        if (n > skip && n <= skip + keep) {
          const index = n - skip - 1;
          let batch = 0;
          while (batchStart(keep, places.batches, batch + 1) <= index) batch++;
          densities.forEach(({ request, start }, at) => {
            const [lo, hi] = request.range;
            const y = out[dimension + 2 + at] ?? 0;
            const bin = Math.floor(((y - lo) / (hi - lo)) * request.bins);
            const slot = Math.min(Math.max(bin, -1), request.bins) + 1;
            addCount(tallies, column * stride + start + slot, 1);
          });
          places.moments.forEach(({ start }, at) => {
            const from = start + batch * MOMENTS_WIDTH;
            const y = out[dimension + 2 + densities.length + at] ?? 0;
            if (record[from] === 0) record[from + 1] = y;
            record[from] = (record[from] ?? 0) + 1;
            for (let k = 1; k <= 4; k++) {
              record[from + 1 + k] =
                (record[from + 1 + k] ?? 0) + (y - (record[from + 1] ?? 0)) ** k;
            }
          });
          if (places.tangents) {
            const from = places.tangents.start + batch * 2;
            const slope = (out[dimension] ?? 0) + (out[dimension + 1] ?? 0) / epsilon;
            record[from] = (record[from] ?? 0) + 1;
            record[from + 1] =
              (record[from + 1] ?? 0) + Math.log(Math.abs(1 - eta * slope) || 1e-300);
          }
          if (index % CHECKPOINT === 0) seen.push((x[0] ?? 0) / (2 * Math.PI * epsilon));
        }
        if (n === steps) break;
        step();
      }
      record[places.fate] = fate;
      record[places.steps] = n;
      record.set(fate === fates.diverged ? x.map(() => Number.NaN) : x, places.final);
      if (places.extent !== undefined)
        record[places.extent] = Math.max(...seen) - Math.min(...seen);
      if (places.period && fate === fates.stayed) {
        const { max, tolerance, start } = places.period;
        const size = spec.objective.micro === '' ? 1 : 2 * Math.PI * epsilon;
        const trail = Array.from({ length: trailLength(max) }, () => {
          const [place = 0] = x;
          step();
          return place;
        });
        const gap = (i: number, j: number) => Math.abs((trail[i] ?? 0) - (trail[j] ?? 0)) / size;
        record[start] = findPeriod(gap, max, tolerance);
      }
    }
  }
  const provenance = makeProvenance(spec, {
    engine: 'cpu',
    precision: 'float64',
    representation: 'float64',
    warnings: [],
  });
  return makeResult({ spec, layout, tallies, records, provenance });
}
