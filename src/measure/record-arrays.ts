import { requestsOf } from '../spec/measures/registry.ts';
import type { Spec } from '../spec/spec.ts';
import type { ResultArrays } from './array.ts';
import { escapeArrays } from './escape.ts';
import { lyapunovArrays } from './lyapunov.ts';
import { momentsArrays } from './moments.ts';
import { type Records, recordOf } from './records.ts';
import { createReduction, fill, fillCounts } from './reduction.ts';
import { regimeArrays } from './regime.ts';

/** The arrays that the records of a run give: of all its measures, and `distinct`. */
export function recordArrays(spec: Spec, records: Records): ResultArrays {
  const { measures } = spec;
  const { orbits, layout } = records;
  const reduction = createReduction(spec, records);
  const { distinct } = reduction;
  return Object.assign(
    { distinct: fillCounts(reduction, [], (column) => [distinct[column] ?? 0]) },
    ...requestsOf(measures, 'moments').map((placed, order) =>
      momentsArrays(placed, order, reduction),
    ),
    ...requestsOf(measures, 'lyapunov').map((placed) => lyapunovArrays(placed, reduction)),
    ...requestsOf(measures, 'escape').map((placed) => escapeArrays(placed, reduction)),
    ...requestsOf(measures, 'regime').map((placed) => regimeArrays(placed, reduction)),
    ...requestsOf(measures, 'period').map(({ request }) => ({
      [request.name]: fillCounts(reduction, [orbits], (column) =>
        Uint32Array.from({ length: orbits }, (_, orbit) => {
          const period = recordOf(records, column, orbit)[layout.period?.start ?? 0] ?? 0;
          return Number.isNaN(period) ? 0 : period;
        }),
      ),
    })),
    ...requestsOf(measures, 'final').map(({ request }) => ({
      [request.name]: fill(reduction, [orbits, layout.variables], (column) =>
        finalStates(records, column),
      ),
    })),
  );
}

/** Last states of a column, f64 [orbits, variables]; NaN where an orbit diverged. */
function finalStates(records: Records, column: number): Float64Array {
  const { final, variables } = records.layout;
  const states = new Float64Array(records.orbits * variables);
  for (let orbit = 0; orbit < records.orbits; orbit++) {
    const record = recordOf(records, column, orbit);
    states.set(record.subarray(final, final + variables), orbit * variables);
  }
  return states;
}
