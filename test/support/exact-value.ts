import { all, type BigNumber, create, type FactoryFunctionMap } from 'mathjs';
import { type Application, type Expression, inOrder } from '../../src/formula/tree.ts';

const mathjs = create(all as FactoryFunctionMap, { precision: 64 }); // cast: typed as perhaps absent

/** The very number that `value` is, not the shortest decimal that reads as it. */
export const exactly = (value: number): BigNumber => mathjs.bignumber(value.toPrecision(64));

/** 2 pi to 64 digits. */
export const TURN: BigNumber = mathjs.bignumber(2).mul(mathjs.acos(mathjs.bignumber(-1)));

/** The values of expressions to some 60 digits. */
export function exactValues(
  roots: readonly Expression[],
  leaf: (of: Exclude<Expression, Application>) => BigNumber,
): readonly BigNumber[] {
  const values = new Map<Expression, BigNumber>();
  const at = (part: Expression | undefined): BigNumber => {
    const value = part && values.get(part);
    if (!value) throw new Error('an operand without a value');
    return value;
  };
  for (const part of inOrder(roots)) {
    values.set(part, part.kind === 'apply' ? applied(part, at) : leaf(part));
  }
  return roots.map(at);
}

function applied(
  { operation, operands }: Application,
  at: (part: Expression | undefined) => BigNumber,
): BigNumber {
  const [a, b] = operands;
  const first = at(a);
  switch (operation) {
    case 'negate':
      return first.neg();
    case 'add':
      return first.add(at(b));
    case 'subtract':
      return first.sub(at(b));
    case 'multiply':
      return first.mul(at(b));
    case 'divide':
      return first.div(at(b));
    case 'power':
      return first.pow(at(b));
    case 'sin':
      return mathjs.sin(first) as BigNumber; // of a BigNumber, as below
    case 'cos':
      return mathjs.cos(first) as BigNumber;
    case 'exp':
      return mathjs.exp(first);
    default:
      throw new Error(`no exact value of ${operation}`);
  }
}
