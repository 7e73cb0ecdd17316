import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCondition } from '../../../src/formula/objective.ts';
import { emitSimd } from '../../../src/formula/simd/emit.ts';
import { createSimdGraph, type SimdGraph } from '../../../src/formula/simd/graph.ts';
import { type Expression, inOrder, isCondition } from '../../../src/formula/tree.ts';
import { simd } from '../../support/arithmetic.ts';
import {
  compareWithHost,
  compile,
  type Point,
  type Subject,
  subjectsOf,
} from '../../support/formula-agreement.ts';
import {
  everydayConditions,
  everydayFormulas,
  everything,
  formulaText,
} from '../../support/formula-text.ts';
import { mapSimdToMany } from '../../support/simd-map.ts';

/** x, y, depth: zeros, ones, equal values, whole and broken parameters; neighbours share a vector. */
const points: readonly Point[] = [
  [0, 0, 0],
  [1, 1, 1],
  [-1, 2, 2],
  [0.75, -0.5, 3],
  [2.5, 0.125, -2],
  [-3.25, -3.25, 0.5],
  [0.3, 0.7, 1.7],
  [-0.01, 12.5, 2],
  [40, -7.5, -0.3],
  [1.1, 3.3, 2.2],
  [-0.6, 0.2, 4],
  [5.2, 1e-4, 1],
  [-1e-9, 300, -1],
];

/** Every root of every subject at every point, with whether something was out of domain. */
async function onVectors(subjects: readonly Subject[]) {
  const write = (graph: SimdGraph, [x, y, depth]: readonly ReturnType<SimdGraph['leaf']>[]) =>
    subjects.flatMap(({ roots }) => {
      if (!x || !y || !depth) throw new Error('three inputs');
      const { results, outOfDomain } = emitSimd(graph, roots, {
        variable: ({ name }) => (name === 'x' ? x : y),
        parameter: () => depth,
      });
      const asNumber = (mask: (typeof results)[number]) =>
        graph.apply('v128.and', mask, graph.number(1));
      return [
        ...results.map((result, at) => {
          const root = roots[at];
          return root && isCondition(root) ? asNumber(result) : result;
        }),
        outOfDomain ? asNumber(outOfDomain) : graph.number(0),
      ];
    });
  const inputs = [0, 1, 2].map((at) => Float64Array.from(points, (point) => point[at] ?? 0));
  const outputs = await mapSimdToMany((graph, ...given) => write(graph, given), true, ...inputs);
  let offset = 0;
  return subjects.map(({ roots }) => {
    const start = offset;
    offset += roots.length + 1;
    return points.map((_, point) => ({
      values: roots.map((_, at) => outputs[start + at]?.[point] ?? Number.NaN),
      isOut: outputs[start + roots.length]?.[point] === 1,
    }));
  });
}

/**
 * Compares vectors and host: both may err by the bound, which is to first order in places, so that 1 %
 * more covers the rest.
 */
const compare = async (subjects: readonly Subject[]) =>
  compareWithHost(subjects, points, await onVectors(subjects), {
    arithmetic: simd,
    bounds: 2.02,
    sharp: 1e-13,
  });

const withGradients = (texts: readonly string[]) =>
  subjectsOf(texts, ({ macro, gradient: [byX, byY] }) => {
    if (!byX || !byY) throw new Error('two variables');
    return [macro, byX.macro, byY.macro];
  });

describe('emitSimd', () => {
  test('random formulas with their gradients compute what the host computes', async () => {
    const subjects = withGradients(fc.sample(formulaText(everything), { seed: 11, numRuns: 800 }));
    expect(subjects.length).toBeGreaterThan(700);
    const sum = { inside: 0, outside: 0, unclear: 0, sharp: 0 };
    for (let at = 0; at < subjects.length; at += 20) {
      const tally = await compare(subjects.slice(at, at + 20));
      for (const key of ['inside', 'outside', 'unclear', 'sharp'] as const) sum[key] += tally[key];
    }
    expect(sum.inside).toBeGreaterThan(4000);
    expect(sum.outside).toBeGreaterThan(300);
    expect(sum.sharp).toBeGreaterThan(0.8 * sum.inside); // bounds that a wrong digit would pass are few
    expect(sum.unclear).toBeLessThan(0.2 * subjects.length * points.length);
  });

  test('formulas that people write are never unclear where they have a value', async () => {
    const subjects = withGradients(everydayFormulas);
    const { inside, outside, unclear } = await compare(subjects);
    expect({ inside, outside, unclear }).toEqual({
      inside: subjects.length * points.length,
      outside: 0,
      unclear: 0,
    });
  });

  test('conditions hold where they hold on the host', async () => {
    const objective = compile('x * y');
    const roots = everydayConditions.map((text) => compileCondition(text, objective, 'when'));
    const text = everydayConditions.join('; ');
    const { inside } = await compare([{ text, objective, roots }]);
    expect(inside).toBe(points.length);
  });

  test('asks for a value before it descends, and then needs nothing below', () => {
    const objective = compile('sin(log(x) / 3) + y');
    const isSine = (part: Expression) => part.kind === 'apply' && part.operation === 'sin';
    const sine = inOrder([objective.macro]).find(isSine);
    const graph = createSimdGraph();
    const asked: string[] = [];
    const { results, outOfDomain } = emitSimd(graph, [objective.macro], {
      variable: ({ name }) => {
        asked.push(name);
        return graph.leaf(name);
      },
      parameter: () => graph.leaf('depth'),
      replace: (part) => (part === sine ? graph.leaf('sine') : undefined),
    });
    expect(asked).toEqual(['y']);
    expect(outOfDomain).toBeUndefined(); // the logarithm is gone
    expect(new Set(results[0]?.operands)).toEqual(new Set([graph.leaf('sine'), graph.leaf('y')]));
  });

  test('says whether anything can be out of domain', () => {
    const isPartial = (text: string) => {
      const graph = createSimdGraph();
      const { outOfDomain } = emitSimd(graph, [compile(text).macro], {
        variable: ({ name }) => graph.leaf(name),
        parameter: ({ name }) => graph.leaf(name),
      });
      return outOfDomain !== undefined;
    };
    const total = ['x^3 - sin(x) / 2', 'tanh(x) * atan(y)', 'max(x, abs(y))', 'exp(x)'];
    expect(total.filter(isPartial)).toEqual([]);
    const partial = ['1 / x', 'sqrt(x)', 'x^depth', 'log(x)', 'x^-1', 'x^0.3', 'asin(x)'];
    expect(partial.filter(isPartial)).toEqual(partial);
  });
});
