// Formulas as immutable expressions, hash-consed by a pool (pool.ts): in one pool, equal expressions
// are the same object, so a tree is a graph without repeated work and `===` is equality.
//
// Invariant: an expression's operands have smaller ids than itself. So nothing here recurses, and a
// chain of thousands of terms cannot overflow the stack.

/** Operations of one operand. */
export type Unary =
  | 'negate'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'abs'
  | 'sign'
  /** The operand itself where it is > 0, out of domain elsewhere (the derivative of log needs it). */
  | 'positive'
  | 'not';

/** Operations of two operands. */
export type Binary =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'power'
  | 'max'
  | 'min'
  | 'less'
  | 'lessEqual'
  | 'and'
  | 'or';

/** `select` takes (condition, value if true, value if false). */
export type Operation = Unary | Binary | 'select';

/** `micro`: the variable divided by epsilon, as every variable of the micro formula is. */
export type Scale = 'macro' | 'micro';

interface Node {
  /** Its place in the pool: larger than the id of every operand. */
  readonly id: number;
}

export interface NumberLeaf extends Node {
  readonly kind: 'number';
  /** Finite, never −0. */
  readonly value: number;
}

export interface VariableLeaf extends Node {
  readonly kind: 'variable';
  readonly name: string;
  readonly scale: Scale;
}

/** A named number that a spec or an axis gives; `epsilon` is one of them. */
export interface ParameterLeaf extends Node {
  readonly kind: 'parameter';
  readonly name: string;
}

export interface Application extends Node {
  readonly kind: 'apply';
  readonly operation: Operation;
  readonly operands: readonly Expression[];
}

export type Expression = NumberLeaf | VariableLeaf | ParameterLeaf | Application;

const conditions: ReadonlySet<Operation> = new Set(['less', 'lessEqual', 'and', 'or', 'not']);

/** Whether an expression is true or false rather than a number. */
export function isCondition(expression: Expression): boolean {
  return expression.kind === 'apply' && conditions.has(expression.operation);
}

/** The operands of an expression; none for a leaf. */
export function operandsOf(expression: Expression): readonly Expression[] {
  return expression.kind === 'apply' ? expression.operands : [];
}

/**
 * Everything that `roots` are made of, each once, operands before what uses them.
 *
 * @param isLeaf stops the descent: such an expression is listed, its operands are not.
 */
export function inOrder(
  roots: readonly Expression[],
  isLeaf: (expression: Expression) => boolean = () => false,
): readonly Expression[] {
  const found = new Set<Expression>();
  const pending = [...roots];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    if (!isLeaf(next)) pending.push(...operandsOf(next));
  }
  return [...found].sort((a, b) => a.id - b.id);
}

/** The variables an expression depends on, in the order they entered the pool. */
export function variablesOf(expression: Expression): readonly VariableLeaf[] {
  return inOrder([expression]).filter((part): part is VariableLeaf => part.kind === 'variable');
}

/** The parameters an expression depends on, in the order they entered the pool. */
export function parametersOf(expression: Expression): readonly ParameterLeaf[] {
  return inOrder([expression]).filter((part): part is ParameterLeaf => part.kind === 'parameter');
}

/** Whether any variable, of either scale, occurs in an expression. */
export function containsVariable(expression: Expression): boolean {
  return variablesOf(expression).length > 0;
}
