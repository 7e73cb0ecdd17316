import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileHost } from '../../../src/formula/emit-host.ts';
import { FormulaError } from '../../../src/formula/errors.ts';
import {
  type CompiledObjective,
  compileCondition,
  compileObjective,
} from '../../../src/formula/objective.ts';
import { emitSimd } from '../../../src/formula/simd/emit.ts';
import { createSimdGraph, type SimdGraph } from '../../../src/formula/simd/graph.ts';
import { type Expression, inOrder } from '../../../src/formula/tree.ts';
import { simd } from '../../support/arithmetic.ts';
import { estimate } from '../../support/error-bound.ts';
import {
  everydayConditions,
  everydayFormulas,
  everything,
  formulaText,
} from '../../support/formula-text.ts';
import { mapSimdToMany } from '../../support/simd-map.ts';

const compile = (macro: string): CompiledObjective =>
  compileObjective({ variables: ['x', 'y'], macro, micro: '0', parameters: { depth: 0 } });

/** x, y, depth: zeros, ones, equal values, whole and broken parameters; neighbours share a vector. */
const points: readonly (readonly [x: number, y: number, depth: number])[] = [
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

interface Subject {
  readonly text: string;
  readonly objective: CompiledObjective;
  readonly roots: readonly Expression[];
}

const isCondition = (root: Expression) =>
  root.kind === 'apply' && ['less', 'lessEqual', 'and', 'or', 'not'].includes(root.operation);

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

/** Compares vectors and host at every point where the bound says something; gives how many were. */
async function compare(subjects: readonly Subject[]) {
  const computed = await onVectors(subjects);
  const tally = { inside: 0, outside: 0, unclear: 0, sharp: 0 };
  subjects.forEach(({ text, objective, roots }, index) => {
    const host = compileHost(roots, objective);
    const outputs = new Float64Array(roots.length);
    points.forEach(([x, y, depth], point) => {
      const given: Readonly<Record<string, number>> = { x, y, depth };
      const leaf = (of: Expression) => ('name' in of ? given[of.name] : undefined) ?? Number.NaN;
      const outcome = estimate(roots, leaf, simd);
      tally[outcome.status] += 1;
      if (outcome.status === 'unclear') return;
      const { values = [], isOut } = computed[index]?.[point] ?? {};
      const place = `${text} at ${JSON.stringify(given)}`;
      host(new Float64Array([x, y, x, y, 1, depth]), outputs);
      expect(isOut, `out of domain: ${place}`).toBe(outcome.status === 'outside');
      expect(outputs.some(Number.isNaN), `host: ${place}`).toBe(outcome.status === 'outside');
      if (outcome.status === 'outside') return;
      const [first] = outcome.estimates;
      if (first && first.bound < 1e-13 * Math.abs(first.value)) tally.sharp += 1;
      outcome.estimates.forEach(({ bound }, at) => {
        const error = Math.abs((values[at] ?? Number.NaN) - (outputs[at] ?? Number.NaN));
        // Both sides may err by the bound, which is to first order in places: 1 % more covers the rest.
        expect(error, `root ${at} of ${place}`).toBeLessThanOrEqual(2.02 * bound);
      });
    });
  });
  return tally;
}

function subjectsOf(texts: readonly string[]): Subject[] {
  return texts.flatMap((text) => {
    try {
      const objective = compile(text);
      const [byX, byY] = objective.gradient;
      if (!byX || !byY) throw new Error('two variables');
      return [{ text, objective, roots: [objective.macro, byX.macro, byY.macro] }];
    } catch (error) {
      expect(error, text).toBeInstanceOf(FormulaError);
      return [];
    }
  });
}

describe('emitSimd', () => {
  test('random formulas with their gradients compute what the host computes', async () => {
    const subjects = subjectsOf(fc.sample(formulaText(everything), { seed: 11, numRuns: 800 }));
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
    const subjects = subjectsOf(everydayFormulas);
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
