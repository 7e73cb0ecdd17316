import { evaluateConstant } from '../../formula/affine.ts';
import { emitSimd, type SimdFormula, type SimdNames } from '../../formula/simd/emit.ts';
import type { SimdGraph, SimdValue } from '../../formula/simd/graph.ts';
import { cosineOfTurns, sineOfTurns } from '../../formula/simd/trigonometry.ts';
import { type Expression, inOrder, isCondition } from '../../formula/tree.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { parameterValues, type Waves } from '../waves.ts';
import type { LaneTable } from './lane-table.ts';

/** What is computed of the lanes of a kernel: their positions, the numbers of their column, formulas. */
export interface LaneFormulas {
  readonly graph: SimdGraph;
  readonly variables: readonly string[];
  /** Position along a coordinate, in turns. */
  position(at: number): SimdValue;
  /** What the rule remembers besides positions; see `LaneRule`. */
  memory(at: number): SimdValue;
  /**
   * The same formulas at other positions.
   *
   * @param phase where in the micro-structure, in turns, if not at these positions.
   */
  from(position: (at: number) => SimdValue, phase?: (at: number) => SimdValue): LaneFormulas;
  /** Length of a turn, in the unit of x. */
  unit(at: number, setting: ColumnSetting): number;
  /** A number of the lane's column. */
  word(key: string, value: (setting: ColumnSetting) => number): SimdValue;
  /** Stands for a slot of the lane's row; see `LaneTable`. */
  row(slot: number): SimdValue;
  /** The values of formulas. */
  emit(roots: readonly Expression[]): SimdFormula;
  /** The value of one; NaN where it has none. */
  value(root: Expression): SimdValue;
}

export function createLaneFormulas(
  graph: SimdGraph,
  variables: readonly string[],
  waves: Waves,
  table: LaneTable,
  position = stateOf(graph),
  phase = position,
): LaneFormulas {
  const { apply, number } = graph;
  const turnsOf = (argument: Expression): SimdValue | undefined => {
    const wave = waves.waves.get(argument);
    if (!wave?.isMicro) return undefined;
    const summands = wave.parts.map(({ variable, harmonic, ratio }) => {
      const turns = phase(variable);
      if (harmonic === 1) return turns;
      if (harmonic === -1) return apply('f64x2.neg', turns);
      const factor =
        harmonic === undefined
          ? table.word(graph, `frequency ${argument.id} ${variable}`, ratio)
          : number(harmonic);
      return apply('f64x2.mul', turns, factor);
    });
    if (wave.isShifted) summands.push(table.word(graph, `shift ${argument.id}`, wave.shift));
    const [first = number(0), ...rest] = summands;
    return rest.reduce((sum, summand) => apply('f64x2.add', sum, summand), first);
  };
  const namesOf = (varying: ReadonlySet<Expression>): SimdNames => {
    return {
      variable: ({ name, scale }) => {
        const at = variables.indexOf(name);
        const turns = scale === 'macro' ? position(at) : phase(at);
        if (scale === 'macro') {
          if (!waves.hasPeriod(at)) return turns;
          const unit = table.word(graph, `unit ${at}`, (setting) => waves.unit(at, setting));
          return apply('f64x2.mul', turns, unit);
        }
        const factor = table.word(
          graph,
          `unit ${at} / epsilon`,
          (setting) => waves.unit(at, setting) / (setting.epsilon ?? 1),
        );
        return apply('f64x2.mul', turns, factor);
      },
      parameter: ({ name }) =>
        table.word(
          graph,
          `parameter ${name}`,
          (setting) => parameterValues(setting)[name] ?? Number.NaN,
        ),
      replace: (expression) => {
        if (expression.kind !== 'apply' || isCondition(expression)) return undefined;
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
  /**
   * Mask of the lanes in whose column some constant is not defined. It is needed only where there are
   * comparisons: they forget the NaN that any other operation passes on.
   */
  const undefinedConstants = (
    roots: readonly Expression[],
    varying: ReadonlySet<Expression>,
  ): SimdValue | undefined => {
    const parts = inOrder(roots);
    const constants = parts.filter((part) => part.kind === 'apply' && !varying.has(part));
    if (constants.length === 0 || !parts.some(isCondition)) return undefined;
    const word = table.word(graph, `defined ${constants.map(({ id }) => id)}`, (setting) => {
      const values = parameterValues(setting);
      return constants.some((of) => Number.isNaN(evaluateConstant(of, values))) ? Number.NaN : 0;
    });
    return apply('f64x2.ne', word, word);
  };
  const emit = (roots: readonly Expression[]): SimdFormula => {
    const varying = varyingParts(roots);
    const { results, outOfDomain } = emitSimd(graph, roots, namesOf(varying));
    const isUndefined = undefinedConstants(roots, varying);
    if (!isUndefined) return { results, outOfDomain };
    return {
      results,
      outOfDomain: outOfDomain ? apply('v128.or', outOfDomain, isUndefined) : isUndefined,
    };
  };
  return {
    graph,
    variables,
    position,
    memory: (at) => stateOf(graph)(variables.length + at),
    from: (position, phase) => createLaneFormulas(graph, variables, waves, table, position, phase),
    unit: waves.unit,
    word: (key, value) => table.word(graph, key, value),
    row: (slot) => table.row(graph, slot),
    emit,
    value(root) {
      const { results, outOfDomain } = emit([root]);
      const [value = number(Number.NaN)] = results;
      return outOfDomain ? apply('v128.or', value, outOfDomain) : value;
    },
  };
}

/** The values of a lane's state: its positions first. */
const stateOf = (graph: SimdGraph) => (at: number) => graph.leaf(`(local.get $s${at}_@)`);

/** The parts of expressions that depend on a variable. */
function varyingParts(roots: readonly Expression[]): ReadonlySet<Expression> {
  const varying = new Set<Expression>();
  for (const part of inOrder(roots)) {
    const varies =
      part.kind === 'variable' ||
      (part.kind === 'apply' && part.operands.some((operand) => varying.has(operand)));
    if (varies) varying.add(part);
  }
  return varying;
}
