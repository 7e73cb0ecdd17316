import { compileObjective } from '../../formula/objective.ts';
import { createSimdGraph, writeSimd } from '../../formula/simd/graph.ts';
import type { Expression } from '../../formula/tree.ts';
import { compileObserved, layRun, type RunLayout } from '../../measure/layout.ts';
import { RequestError } from '../../spec/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { refuseRecords } from '../refuse-records.ts';
import { requireEpsilon, sampleSettings } from '../settings.ts';
import { planWaves, type Waves } from '../waves.ts';
import { type Kernel, writeKernels } from './kernel-text.ts';
import { createLaneFormulas } from './lane-formulas.ts';
import { createLaneTable, type LaneTable } from './lane-table.ts';
import { visitDensity } from './measures/density.ts';
import { moveOrbits } from './move.ts';

/** A spec as WebAssembly text and the numbers its lanes read. */
export interface CpuProgram {
  readonly spec: Spec;
  readonly kernel: Kernel;
  readonly table: LaneTable;
  readonly layout: RunLayout;
  readonly representation: string;
}

/**
 * Compiles a spec to WebAssembly text.
 *
 * Positions are f64. Where the micro-structure has a period along a coordinate, a position counts these
 * periods, so that the phase of its waves is the fraction of the position itself: nothing is lost in
 * x / epsilon, however small epsilon is.
 *
 * @throws {RequestError} where a formula is wrong or the precision is not this engine's.
 */
export function writeCpuProgram(spec: Spec): CpuProgram {
  if (spec.precision === 'float32') {
    throw new RequestError({
      code: 'engine-precision',
      where: 'precision',
      what: 'the CPU engine computes in float64',
      got: spec.precision,
      cure: 'ask for "float64" or "statistics", or for the engine webgpu',
    });
  }
  const settings = sampleSettings(spec);
  const objective = compileObjective(spec.objective);
  const { variables } = objective;
  const layout = layRun(spec);
  refuseRecords(layout);
  const { densities } = layout;
  const { densities: observed } = compileObserved(layout, objective);
  requireEpsilon(
    [...objective.gradient.flatMap(({ macro, micro }) => [macro, micro]), ...observed],
    settings,
  );
  const slopes = objective.gradient.map(({ macro, micro }) =>
    objective.pool.apply('add', macro, micro),
  );
  const waves = planWaves(variables, slopes, observed, settings, 1);
  const table = createLaneTable(variables, waves, spec.stop.radius, settings);
  const lanes = createLaneFormulas(createSimdGraph(), variables, waves, table);
  const step = writeSimd(moveOrbits(objective, lanes));
  const observations = densities.map((layout, index) => {
    const of = observed[index] as Expression; // one per density
    return writeSimd([visitDensity(layout, of, lanes)]);
  });
  const kernel = writeKernels({
    variables: variables.length,
    step,
    observations,
    words: table.width,
    reaches: table.reaches,
  });
  return {
    spec,
    kernel,
    table,
    layout,
    representation: describe(variables, waves),
  };
}

function describe(variables: readonly string[], { hasPeriod }: Waves): string {
  return variables
    .map((name, at) =>
      hasPeriod(at) ? `${name}: float64, in periods of the micro-structure` : `${name}: float64`,
    )
    .join('; ');
}
