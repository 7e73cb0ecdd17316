import { compileObjective } from '../../formula/objective.ts';
import { createSimdGraph, type SimdValue } from '../../formula/simd/graph.ts';
import type { Expression } from '../../formula/tree.ts';
import { compileObserved, layRun, type RunLayout } from '../../measure/layout.ts';
import { columnCount } from '../../spec/columns.ts';
import { RequestError } from '../../spec/errors.ts';
import { rules } from '../../spec/rules.ts';
import type { Spec } from '../../spec/spec.ts';
import { isDrawn } from '../ensemble.ts';
import { requireEpsilon, sampleSettings } from '../settings.ts';
import { planWaves, type Waves } from '../waves.ts';
import { confineOrbits } from './confinement.ts';
import { derivativeParts } from './derivative.ts';
import { type Kernel, writeKernels } from './kernel-text.ts';
import { createLaneFormulas, type LaneFormulas } from './lane-formulas.ts';
import { createLaneTable, type LaneTable } from './lane-table.ts';
import { countVisits } from './measures/density.ts';
import { watchExtent } from './measures/extent.ts';
import { sumGrowth } from './measures/growth.ts';
import { countCells, type Plane } from './measures/joint-density.ts';
import { growTangents } from './measures/lyapunov.ts';
import { sumPowers } from './measures/moments.ts';
import { laneRules } from './rules/registry.ts';
import type { Memory } from './rules/rule.ts';
import { laySlots, type SlotLayout } from './slots.ts';

/** A spec as WebAssembly text and the numbers its lanes read. */
export interface CpuProgram {
  readonly spec: Spec;
  readonly kernel: Kernel;
  readonly table: LaneTable;
  readonly layout: RunLayout;
  /** The coordinates along which the micro-structure has a period: positions count these. */
  readonly periodic: readonly number[];
  readonly slots: SlotLayout;
  /** What the values that the rule remembers begin with. */
  readonly memory: readonly Memory[];
  readonly representation: string;
}

/**
 * Compiles a spec to WebAssembly text.
 *
 * Positions are f64. Where the micro-structure has a period along a coordinate, a position counts these
 * periods, so that the phase of its waves is the fraction of the position itself: nothing is lost in
 * x / epsilon, however small epsilon is.
 *
 * @param columns that are run at once; no text depends on it.
 * @param isBrief whether the run takes so few steps that a short text is worth more than fast kernels.
 * @throws {RequestError} where a formula is wrong or the precision is not this engine's.
 */
export function writeCpuProgram(
  spec: Spec,
  columns = columnCount(spec),
  isBrief = false,
): CpuProgram {
  if (spec.precision === 'float32') {
    throw new RequestError({
      code: 'engine-precision',
      where: 'precision',
      what: 'the CPU engine computes in float64',
      got: spec.precision,
      cure: 'ask for "float64" or "statistics", or for the engine webgpu',
    });
  }
  const { rule } = spec.optimizer;
  const settings = sampleSettings(spec);
  const objective = compileObjective(spec.objective);
  const { variables, pool } = objective;
  const layout = layRun(spec, columns);
  const { record } = layout;
  const observed = compileObserved(layout, objective);
  const others = [
    ...observed.densities,
    ...observed.planes.flat(),
    ...observed.moments,
    ...(observed.escape ? [observed.escape] : []),
    ...(record.tangents || rule === 'gradient-flow' ? derivativeParts(objective) : []),
  ];
  requireEpsilon(
    [...objective.gradient.flatMap(({ macro, micro }) => [macro, micro]), ...others],
    settings,
  );
  const slopes = objective.gradient.map(({ macro, micro }) => pool.apply('add', macro, micro));
  const waves = planWaves(variables, slopes, others, settings, 1);
  const periodic = variables.flatMap((_, at) => (waves.hasPeriod(at) ? [at] : []));
  const table = createLaneTable(variables, waves, spec.stop.radius, settings);
  const lanes = createLaneFormulas(createSimdGraph(), variables, waves, table);
  const { prelude, step, memory, derivative, growth } = laneRules[rule]({
    objective,
    lanes,
    waves,
    seed: spec.ensemble.seed,
    hasTangents: record.tangents !== undefined,
  });
  const dimension = variables.length * rules[rule].statesPerVariable;
  const slots = laySlots(record, periodic, step.length, dimension);
  const measures = [
    ...layout.densities.map(
      (density, index) => countVisits(density, observed.densities[index] as Expression, lanes), // one per density
    ),
    ...layout.planes.map(
      (plane, index) => countCells(plane, observed.planes[index] as Plane, lanes), // one per plane
    ),
    ...observed.moments.map((of, index) => sumPowers(of, slots.moments[index] ?? 0, lanes)),
    ...(record.tangents
      ? [
          growth
            ? sumGrowth(growth, slots.tangents)
            : growTangents(derivative(), record.tangents.exponents, slots.tangents, lanes),
        ]
      : []),
    ...(slots.extents.length > 0 ? [watchExtent(slots.extents, lanes)] : []),
  ];
  const confines = rule === 'gd' ? confineOrbits(objective, spec.stop.radius) : undefined;
  if (confines) table.confine(confines);
  const kernel = writeKernels({
    variables: variables.length,
    step,
    prelude,
    measures,
    exit: observed.escape && holds(observed.escape, lanes),
    slots: slots.count,
    words: table.width,
    reaches: table.reaches,
    isDrawn: Object.values(spec.ensemble.initial).some(isDrawn),
    canBeConfined: confines !== undefined,
    isBrief,
  });
  return {
    spec,
    kernel,
    table,
    layout,
    periodic,
    slots,
    memory,
    representation: describe(variables, waves),
  };
}

/** Mask of the lanes whose state satisfies a condition; one that is not defined is not satisfied. */
function holds(condition: Expression, { emit, graph }: LaneFormulas): SimdValue {
  const { results, outOfDomain } = emit([condition]);
  const [isTrue = graph.bits(0n)] = results;
  return outOfDomain ? graph.apply('v128.andnot', isTrue, outOfDomain) : isTrue;
}

function describe(variables: readonly string[], { hasPeriod }: Waves): string {
  return variables
    .map((name, at) =>
      hasPeriod(at) ? `${name}: float64, in periods of the micro-structure` : `${name}: float64`,
    )
    .join('; ');
}
