import { emitWgsl, type WgslText } from '../../../formula/emit-wgsl.ts';
import type { Expression } from '../../../formula/tree.ts';
import { parameterValues } from '../../waves.ts';
import type { ColumnTable } from '../column-table.ts';
import type { Phases } from '../phases.ts';

/**
 * Writes values of expressions of a fixed-point position in f32: sines and cosines of linear arguments
 * by their exact phase, everything else by the rounded position.
 */
export function writeFixedFormulas(
  roots: readonly Expression[],
  variables: readonly string[],
  phases: Pick<Phases, 'phase'>,
  table: ColumnTable,
): WgslText {
  const waves = new Map<Expression, { name: string; statement: string }>();
  const text = emitWgsl(roots, {
    variable: ({ name, scale }) => {
      const at = variables.indexOf(name);
      if (scale === 'macro') return `state.x${at}`;
      const perEpsilon = table.word('1 / epsilon', 'f32', ({ epsilon = 1 }) => 1 / epsilon);
      return `(state.x${at} * ${perEpsilon})`;
    },
    parameter: ({ name }) =>
      table.word(
        `parameter ${name}`,
        'f32',
        (setting) => parameterValues(setting)[name] ?? Number.NaN,
      ),
    replace: (expression) => {
      const wave = waves.get(expression);
      if (wave) return wave.name;
      if (expression.kind !== 'apply') return undefined;
      const { operation, operands } = expression;
      if (operation !== 'sin' && operation !== 'cos') return undefined;
      const phase = operands[0] && phases.phase(operands[0]);
      if (!phase) return undefined;
      const name = `wave${waves.size}`;
      waves.set(expression, { name, statement: `let ${name} = ${operation}OfPhase(${phase});` });
      return name;
    },
  });
  const statements = [...waves.values()].map(({ statement }) => statement);
  return { ...text, statements: [...statements, ...text.statements] };
}
