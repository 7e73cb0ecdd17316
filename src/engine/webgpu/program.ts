import { compileObjective } from '../../formula/objective.ts';
import { compileObserved, layRun, type RunLayout } from '../../measure/layout.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { columnCount, columnSetting } from '../../spec/columns.ts';
import { RequestError } from '../../spec/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { refuseRecords } from '../refuse-records.ts';
import { requireEpsilon, sampleSettings } from '../settings.ts';
import { type ColumnTable, createColumnTable } from './column-table.ts';
import { linkKernel } from './link.ts';
import type { OrbitProgram } from './precision/orbit.ts';
import { precisions } from './precision/registry.ts';

/** A spec as compute shaders and the tables they read. */
export interface Program {
  readonly spec: Spec;
  /** WGSL that advances orbits without counting. */
  readonly settle: string;
  /** WGSL that advances orbits and counts. */
  readonly observe: string;
  readonly columns: number;
  readonly orbit: OrbitProgram;
  readonly table: ColumnTable;
  readonly layout: RunLayout;
  /** Slots counted in one repetition of a slice. */
  readonly rowCapacity: number;
  /** Counters per column: the row, lost, diverged. */
  readonly tallyStride: number;
  settingOf(column: number): ColumnSetting;
}

/**
 * Compiles a spec to WGSL.
 *
 * @param workgroupBytes of memory a workgroup may use.
 * @throws {RequestError} where a formula is wrong or the precision is not this engine's.
 */
export async function writeProgram(spec: Spec, workgroupBytes: number): Promise<Program> {
  const createOrbit = precisions[spec.precision];
  if (!createOrbit) {
    throw new RequestError({
      code: 'engine-precision',
      where: 'precision',
      what: `the WebGPU engine computes ${Object.keys(precisions).join(' and ')}`,
      got: spec.precision,
      cure: 'ask for the engine cpu, or for "statistics", which gives the statistics of float64 orbits',
    });
  }
  const columns = columnCount(spec);
  const settingOf = (column: number) => columnSetting(spec, column);
  const settings = sampleSettings(spec);
  const objective = compileObjective(spec.objective);
  const layout = layRun(spec);
  refuseRecords(layout);
  const { densities, row } = layout;
  const { densities: observed } = compileObserved(layout, objective);
  const slopes = objective.gradient.flatMap(({ macro, micro }) => [macro, micro]);
  requireEpsilon([...slopes, ...observed], settings);
  const table = createColumnTable();
  const orbit = createOrbit({ spec, objective, observed, settings, table });

  const rowCapacity = Math.min(row, Math.floor(workgroupBytes / 4));
  const modules = {
    observation: writeObservation(
      densities.map(({ request, start }, index) => {
        const of = observed[index] as (typeof observed)[number]; // one per density, made above
        const { statements, result, functions, partial } = orbit.offset(
          of,
          request.range,
          request.bins,
        );
        // A value that is not defined (the logarithm of a negative number) counts as below.
        const offset = partial ? `select(${result}, -1f, outOfDomain)` : result;
        const visit = `visit(${start}u, ${request.bins}u, ${offset});`;
        const body = [...statements, visit, ...(partial ? ['outOfDomain = false;'] : [])];
        return { body, functions: partial ? [...functions, 'outOfDomain'] : functions };
      }),
    ),
    sizes: `const ROW = ${row}u;
const ROW_CAPACITY = ${rowCapacity}u;`,
    orbit: orbit.wgsl(),
  };
  return {
    spec,
    settle: await linkKernel('kernels/settle.wgsl', modules),
    observe: await linkKernel('kernels/observe.wgsl', modules),
    columns,
    orbit,
    table,
    layout,
    rowCapacity,
    tallyStride: row + 2,
    settingOf,
  };
}

interface Observer {
  readonly body: readonly string[];
  readonly functions: readonly string[];
}

/** The generated module `observation`: what is counted of a state. */
function writeObservation(observers: readonly Observer[]): string {
  const functions = [...new Set(observers.flatMap((observer) => observer.functions))];
  const blocks = observers.map(({ body }) => `  {\n    ${body.join('\n    ')}\n  }`).join('\n');
  return `import orbit::{State, Column};
import package::measures::density::{visit, turnsAbove};
import package::lib::position::{Coordinate, Frequency, phaseOf, sinOfPhase, cosOfPhase};
${functions.length > 0 ? `import package::lib::math::{${functions.join(', ')}};` : ''}

fn observe(state: State, column: Column) {
${blocks}
}
`;
}
