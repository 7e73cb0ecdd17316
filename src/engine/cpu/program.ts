import { affineForm, evaluateConstant } from '../../formula/affine.ts';
import {
  type CompiledObjective,
  compileFormula,
  compileObjective,
} from '../../formula/objective.ts';
import { emitSimd, type SimdNames } from '../../formula/simd/emit.ts';
import {
  createSimdGraph,
  type SimdGraph,
  type SimdText,
  type SimdValue,
  writeSimd,
} from '../../formula/simd/graph.ts';
import { cosineOfTurns, sineOfTurns } from '../../formula/simd/trigonometry.ts';
import { type Expression, inOrder } from '../../formula/tree.ts';
import { type DensityLayout, layDensities } from '../../measure/density.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { RequestError } from '../../spec/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { requireEpsilon, sampleSettings } from '../settings.ts';
import { parameterValues, planWaves, type Waves } from '../waves.ts';
import { type Kernel, writeKernels } from './kernel-text.ts';
import { createLaneTable, type LaneTable } from './lane-table.ts';

/** A spec as WebAssembly text and the numbers its lanes read. */
export interface CpuProgram {
  readonly spec: Spec;
  readonly kernel: Kernel;
  readonly table: LaneTable;
  readonly densities: readonly DensityLayout[];
  /** Length of the row of slots of all densities. */
  readonly row: number;
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
  const { densities, row } = layDensities(spec.measures);
  const observed = densities.map(({ request }, index) =>
    compileFormula(request.of, objective, `measures[${index}].of`),
  );
  requireEpsilon(
    [...objective.gradient.flatMap(({ macro, micro }) => [macro, micro]), ...observed],
    settings,
  );
  const slopes = objective.gradient.map(({ macro, micro }) =>
    objective.pool.apply('add', macro, micro),
  );
  const waves = planWaves(variables, slopes, observed, settings, 1);
  const table = createLaneTable(variables, waves, spec.stop.radius);
  const graph = createSimdGraph();
  const names = nameLeaves(graph, variables, waves, table);
  const next = moveOrbits(graph, objective, waves, table, names);
  const visits = densities.map((layout, index) => {
    const of = observed[index] as Expression; // one per density
    const offset = offsetOf(graph, of, layout, variables, waves, table, names);
    return slotOf(graph, layout, offset, table);
  });
  const step = writeSimd(next);
  const observations: readonly SimdText[] = visits.map((visit) => writeSimd([visit]));
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
    densities,
    row,
    representation: describe(variables, waves),
  };
}

/**
 * New positions, in turns: s - (eta / unit) f'.
 *
 * Where the macro part is quadratic, its share of the step is a linear map of the positions, which is one
 * product per coefficient: c s - (eta / unit) f1', with c = 1 - eta f0'' on the diagonal.
 */
function moveOrbits(
  graph: SimdGraph,
  { gradient, pool, variables }: CompiledObjective,
  waves: Waves,
  table: LaneTable,
  names: (roots: readonly Expression[]) => SimdNames,
): readonly SimdValue[] {
  const { apply } = graph;
  const forms = gradient.map(({ macro }) => affineForm(macro));
  const rests = gradient.map(({ macro, micro }, at) => {
    const form = forms[at];
    return pool.apply('add', form ? form.constant : macro, micro);
  });
  const { results, outOfDomain } = emitSimd(graph, rests, names(rests));
  return variables.map((_, at) => {
    const terms = forms[at]?.terms ?? [];
    const coefficient = (of: number) => (setting: ColumnSetting) => {
      const term = terms.find(({ variable }) => variables.indexOf(variable.name) === of);
      const slope = term ? evaluateConstant(term.coefficient, parameterValues(setting)) : 0;
      const share = (setting.eta * slope * waves.unit(of, setting)) / waves.unit(at, setting);
      return (of === at ? 1 : 0) - share;
    };
    const coupled = variables.flatMap((name, of) =>
      of !== at && terms.some(({ variable }) => variable.name === name)
        ? [
            apply(
              'f64x2.mul',
              state(graph, of),
              table.word(graph, `step ${at} ${of}`, coefficient(of)),
            ),
          ]
        : [],
    );
    const isScaled = terms.some(({ variable }) => variable.name === variables[at]);
    const own = isScaled
      ? apply('f64x2.mul', state(graph, at), table.word(graph, `step ${at} ${at}`, coefficient(at)))
      : state(graph, at);
    const linear = coupled.reduce((sum, product) => apply('f64x2.add', sum, product), own);
    const rest = rests[at];
    const isZero = rest?.kind === 'number' && rest.value === 0;
    const kick = apply(
      'f64x2.mul',
      results[at] as SimdValue, // one per variable
      table.word(graph, `eta / unit ${at}`, (setting) => setting.eta / waves.unit(at, setting)),
    );
    const position = isZero ? linear : apply('f64x2.sub', linear, kick);
    // All bits set is NaN, which is beyond any radius.
    return outOfDomain ? apply('v128.or', position, outOfDomain) : position;
  });
}

const state = (graph: SimdGraph, at: number): SimdValue => graph.leaf(`(local.get $s${at}_@)`);

/** What the leaves of formulas are: positions, and numbers of the column. */
function nameLeaves(
  graph: SimdGraph,
  variables: readonly string[],
  waves: Waves,
  table: LaneTable,
): (roots: readonly Expression[]) => SimdNames {
  const { apply, number } = graph;
  const turnsOf = (argument: Expression): SimdValue | undefined => {
    const wave = waves.waves.get(argument);
    if (!wave?.isMicro) return undefined;
    const summands = wave.parts.map(({ variable, harmonic, ratio }) => {
      const position = state(graph, variable);
      if (harmonic === 1) return position;
      if (harmonic === -1) return apply('f64x2.neg', position);
      const factor =
        harmonic === undefined
          ? table.word(graph, `frequency ${argument.id} ${variable}`, ratio)
          : number(harmonic);
      return apply('f64x2.mul', position, factor);
    });
    if (wave.isShifted) summands.push(table.word(graph, `shift ${argument.id}`, wave.shift));
    const [first = number(0), ...rest] = summands;
    return rest.reduce((sum, summand) => apply('f64x2.add', sum, summand), first);
  };
  return (roots) => {
    const varying = new Set<Expression>();
    for (const part of inOrder(roots)) {
      const varies =
        part.kind === 'variable' ||
        (part.kind === 'apply' && part.operands.some((operand) => varying.has(operand)));
      if (varies) varying.add(part);
    }
    return {
      variable: ({ name, scale }) => {
        const at = variables.indexOf(name);
        const position = state(graph, at);
        if (scale === 'macro') {
          if (!waves.hasPeriod(at)) return position;
          const unit = table.word(graph, `unit ${at}`, (setting) => waves.unit(at, setting));
          return apply('f64x2.mul', position, unit);
        }
        const factor = table.word(
          graph,
          `unit ${at} / epsilon`,
          (setting) => waves.unit(at, setting) / (setting.epsilon ?? 1),
        );
        return apply('f64x2.mul', position, factor);
      },
      parameter: ({ name }) =>
        table.word(
          graph,
          `parameter ${name}`,
          (setting) => parameterValues(setting)[name] ?? Number.NaN,
        ),
      replace: (expression) => {
        if (expression.kind !== 'apply') return undefined;
        if (!varying.has(expression)) {
          return table.word(graph, `constant ${expression.id}`, (setting) =>
            evaluateConstant(expression, parameterValues(setting)),
          );
        }
        const { operation, operands } = expression;
        if (operation !== 'sin' && operation !== 'cos') return undefined;
        const turns = operands[0] && turnsOf(operands[0]);
        if (!turns) return undefined;
        return (operation === 'sin' ? sineOfTurns : cosineOfTurns)(graph, turns);
      },
    };
  };
}

/** Distance from the lower end of a density's range, in bins; NaN where the value is not defined. */
function offsetOf(
  graph: SimdGraph,
  of: Expression,
  { request: { range, bins } }: DensityLayout,
  variables: readonly string[],
  waves: Waves,
  table: LaneTable,
  names: (roots: readonly Expression[]) => SimdNames,
): SimdValue {
  const { apply, number } = graph;
  const [lo, hi] = range;
  const above = (value: SimdValue, low: SimdValue, perBin: SimdValue) =>
    apply('f64x2.mul', apply('f64x2.sub', value, low), perBin);
  if (of.kind === 'variable' && of.scale === 'macro') {
    const at = variables.indexOf(of.name);
    const unit = (setting: ColumnSetting) => waves.unit(at, setting);
    // In turns on both sides: the subtraction of what is near is exact.
    return above(
      state(graph, at),
      table.word(graph, `low ${at} ${lo}`, (setting) => lo / unit(setting)),
      table.word(
        graph,
        `bins per turn ${at} ${lo} ${hi} ${bins}`,
        (setting) => (bins * unit(setting)) / (hi - lo),
      ),
    );
  }
  const { results, outOfDomain } = emitSimd(graph, [of], names([of]));
  const [value = number(Number.NaN)] = results;
  const offset = above(value, number(lo), number(bins / (hi - lo)));
  return outOfDomain ? apply('v128.or', offset, outOfDomain) : offset;
}

/**
 * The address of the counter of a slot, in the lower half of each lane: 4 * (slot of the lane's row).
 *
 * Adding 1.5 * 2^50 leaves quarters as the last bit of a double, so that its lower half is 4 n. NaN
 * counts as below: `pmax` gives its first operand where a comparison fails.
 */
function slotOf(
  graph: SimdGraph,
  { request, start }: DensityLayout,
  offset: SimdValue,
  table: LaneTable,
): SimdValue {
  const { apply, number } = graph;
  const least = apply('f64x2.pmax', number(-1), offset);
  const inside = apply('f64x2.pmin', number(request.bins), least);
  return apply('f64x2.add', apply('f64x2.floor', inside), table.row(graph, start + 1));
}

function describe(variables: readonly string[], { hasPeriod }: Waves): string {
  return variables
    .map((name, at) =>
      hasPeriod(at) ? `${name}: float64, in periods of the micro-structure` : `${name}: float64`,
    )
    .join('; ');
}
