import { type Application, type Expression, inOrder } from './tree.ts';

/**
 * Computes expressions in float64.
 *
 * @param inputs f64 [2d + p]: the d variables, the d variables over epsilon, the p parameters.
 * @param outputs f64, one per root; conditions are 1 or 0; all NaN where any operation was given
 *   something outside its domain.
 */
export type HostFunction = (inputs: Float64Array, outputs: Float64Array) => void;

/** The names of the inputs, in order; a compiled objective is one. */
export interface HostOrder {
  readonly variables: readonly string[];
  readonly parameters: readonly string[];
}

/**
 * Compiles expressions to a fast float64 function, every shared subexpression computed once.
 *
 * @throws {Error} if an expression uses a variable or parameter that `order` lacks.
 */
export function compileHost(roots: readonly Expression[], order: HostOrder): HostFunction {
  const lines: string[] = [];
  const texts = new Map<Expression, string>();
  let isPartial = false;
  for (const part of inOrder(roots)) {
    if (part.kind === 'number') texts.set(part, `(${part.value})`);
    else if (part.kind !== 'apply') texts.set(part, `inputs[${placeOf(part, order)}]`);
    else {
      const name = `t${lines.length}`;
      const given = part.operands.map((operand) => texts.get(operand) ?? '');
      const domain = domainOf(part, given);
      isPartial ||= domain !== undefined;
      const check = domain ? ` if (!(${domain})) isOut = true;` : '';
      lines.push(`const ${name} = ${applied(part, given)};${check}`);
      texts.set(part, name);
    }
  }
  const results = roots.map((root, at) => `outputs[${at}] = +(${texts.get(root)});`);
  const leave = `if (isOut) { outputs.fill(NaN, 0, ${roots.length}); return; }`;
  const body = isPartial
    ? ['let isOut = false;', ...lines, leave, ...results]
    : [...lines, ...results];
  // Safe although the formula is untrusted: nothing of its text gets here. The source is made of the
  // fixed strings of this file, generated names, indices and finite numbers printed by JavaScript.
  return new Function('inputs', 'outputs', `'use strict';\n${body.join('\n')}`) as HostFunction; // that signature, by construction
}

function placeOf(
  leaf: Exclude<Expression, Application>,
  { variables, parameters }: HostOrder,
): number {
  if (leaf.kind === 'number') throw new Error('a number has no place');
  const names = leaf.kind === 'variable' ? variables : parameters;
  const place = names.indexOf(leaf.name);
  if (place < 0) throw new Error(`no input for the ${leaf.kind} ${leaf.name}`);
  if (leaf.kind === 'parameter') return 2 * variables.length + place;
  return leaf.scale === 'macro' ? place : variables.length + place;
}

function applied({ operation, operands }: Application, [a, b, c]: readonly string[]): string {
  switch (operation) {
    case 'negate':
      return `-${a}`;
    case 'positive':
      return `${a}`;
    case 'not':
      return `!${a}`;
    case 'add':
      return `${a} + ${b}`;
    case 'subtract':
      return `${a} - ${b}`;
    case 'multiply':
      return `${a} * ${b}`;
    case 'divide':
      return `${a} / ${b}`;
    case 'less':
      return `${a} < ${b}`;
    case 'lessEqual':
      return `${a} <= ${b}`;
    case 'and':
      return `${a} && ${b}`;
    case 'or':
      return `${a} || ${b}`;
    case 'select':
      return `${a} ? ${b} : ${c}`;
    case 'power':
      if (isNumber(operands[1], 2)) return `${a} * ${a}`;
      if (isNumber(operands[1], 3)) return `${a} * ${a} * ${a}`;
      if (isNumber(operands[1], 4)) return `(${a} * ${a}) * (${a} * ${a})`;
      return `Math.pow(${a}, ${b})`;
    case 'max':
    case 'min':
      return `Math.${operation}(${a}, ${b})`;
    default:
      return `Math.${operation}(${a})`;
  }
}

/** The condition for an operation to have a value; undefined where it always has one. */
function domainOf(
  { operation, operands }: Application,
  [a, b]: readonly string[],
): string | undefined {
  const [, second] = operands;
  const constant = second?.kind === 'number' ? second.value : undefined;
  switch (operation) {
    case 'divide':
      return constant ? undefined : `${b} !== 0`;
    case 'log':
    case 'positive':
      return `${a} > 0`;
    case 'sqrt':
      return `${a} >= 0`;
    case 'asin':
    case 'acos':
      return `Math.abs(${a}) <= 1`;
    case 'power': // isPowerDefined
      if (Number.isInteger(constant)) return Number(constant) < 0 ? `${a} !== 0` : undefined;
      if (constant !== undefined) return `${a} ${constant < 0 ? '>' : '>='} 0`;
      return `${a} > 0 || (${a} === 0 ? ${b} >= 0 : Number.isInteger(${b}))`;
    default:
      return undefined;
  }
}

const isNumber = (expression: Expression | undefined, value: number) =>
  expression?.kind === 'number' && expression.value === value;
