import * as fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { compileHost } from '../../src/formula/emit-host.ts';
import { emitWgsl } from '../../src/formula/emit-wgsl.ts';
import { compileCondition, compileFormula, compileObjective } from '../../src/formula/objective.ts';
import { inOrder } from '../../src/formula/tree.ts';
import { wgsl } from '../support/arithmetic.ts';
import { testDevice } from '../support/device.ts';
import {
  compareWithHost,
  compile,
  type Point,
  type Subject,
  subjectsOf,
} from '../support/formula-agreement.ts';
import {
  everydayConditions,
  everydayFormulas,
  everything,
  formulaText,
} from '../support/formula-text.ts';
import { mapOnGpu } from '../support/gpu-map.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** In Firefox, whose kernels are held to those of Dawn besides. */
    readonly randomFormulas?: number;
  }
}

const device = await testDevice();

/** x, y, depth: exact in f32; zeros, ones, equal values, whole and broken parameters. */
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
].map(
  ([x, y, depth]) => [Math.fround(x ?? 0), Math.fround(y ?? 0), Math.fround(depth ?? 0)] as const,
);

const names = { variable: ({ name }: { name: string }) => name, parameter: () => 'depth' };

/** Every root of every subject at every point, with whether something was out of domain. */
async function onGpu(subjects: readonly Subject[]) {
  const functions = new Set<string>();
  const declarations: string[] = [];
  const calls: string[] = [];
  let outputsPerPoint = 0;
  subjects.forEach(({ roots }, index) => {
    const emitted = emitWgsl(roots, names);
    for (const name of emitted.functions) functions.add(name);
    const stores = emitted.results.map((result, at) => {
      const root = roots[at];
      const isBool =
        root?.kind === 'apply' &&
        ['less', 'lessEqual', 'and', 'or', 'not'].includes(root.operation);
      return `outputs[place + ${at}u] = ${isBool ? `select(0f, 1f, ${result})` : result};`;
    });
    declarations.push(`fn subject${index}(x: f32, y: f32, depth: f32, place: u32) {
  outOfDomain = false;
  ${[...emitted.statements, ...stores].join('\n  ')}
  outputs[place + ${roots.length}u] = select(0f, 1f, outOfDomain);
}`);
    calls.push(`subject${index}(x, y, depth, place + ${outputsPerPoint}u);`);
    outputsPerPoint += roots.length + 1;
  });
  const outputs = await mapOnGpu(device, {
    imports: `import package::lib::math::{${['outOfDomain', ...functions].join(', ')}};`,
    declarations: declarations.join('\n'),
    body: `let x = inputs[3u * point];
  let y = inputs[3u * point + 1u];
  let depth = inputs[3u * point + 2u];
  let place = point * ${outputsPerPoint}u;
  ${calls.join('\n  ')}`,
    inputs: new Float32Array(points.flat()),
    points: points.length,
    outputsPerPoint,
  });
  let offset = 0;
  return subjects.map(({ roots }) => {
    const start = offset;
    offset += roots.length + 1;
    return points.map((_, point) => {
      const at = point * outputsPerPoint + start;
      return {
        values: [...outputs.slice(at, at + roots.length)],
        isOut: outputs[at + roots.length] === 1,
      };
    });
  });
}

/** Compares GPU and host; the bound is to first order in 2⁻²⁴ in places: 1 % more covers the rest. */
const compare = async (subjects: readonly Subject[]) =>
  compareWithHost(subjects, points, await onGpu(subjects), {
    arithmetic: wgsl,
    bounds: 1.01,
    sharp: 1e-5,
  });

const withDerivatives = (texts: readonly string[]) =>
  subjectsOf(texts, ({ macro, gradient: [byX, byY], curvature }) => {
    if (!byX || !byY) throw new Error('two variables');
    const roots = [macro, byX.macro, byY.macro, curvature(0, 1).macro];
    emitWgsl(roots, names);
    return roots;
  });

describe('emitWgsl', () => {
  test('random formulas with their derivatives compute on the GPU what the host computes', async () => {
    const numRuns = inject('randomFormulas') ?? 360;
    const subjects = withDerivatives(fc.sample(formulaText(everything), { seed: 5, numRuns }));
    expect(subjects.length).toBeGreaterThan(0.8 * numRuns);
    const cases = subjects.length * points.length;
    const total = { inside: 0, outside: 0, unclear: 0, sharp: 0 };
    for (let at = 0; at < subjects.length; at += 20) {
      const tally = await compare(subjects.slice(at, at + 20));
      for (const key of ['inside', 'outside', 'unclear', 'sharp'] as const)
        total[key] += tally[key];
    }
    expect(total.inside).toBeGreaterThan(0.5 * cases);
    expect(total.outside).toBeGreaterThan(0.02 * cases);
    expect(total.sharp).toBeGreaterThan(0.8 * total.inside); // bounds that a wrong digit would pass are few
    expect(total.unclear).toBeLessThan(0.2 * cases);
  });

  test('formulas that people write are never unclear where they have a value', async () => {
    const subjects = withDerivatives(everydayFormulas);
    const { inside, outside, unclear } = await compare(subjects);
    expect({ inside, outside, unclear }).toEqual({
      inside: subjects.length * points.length,
      outside: 0,
      unclear: 0,
    });
  });

  test('conditions hold on the GPU where they hold on the host', async () => {
    const objective = compile('x * y');
    const roots = everydayConditions.map((text) => compileCondition(text, objective, 'when'));
    const text = everydayConditions.join('; ');
    const { inside } = await compare([{ text, objective, roots }]);
    expect(inside).toBe(points.length);
  });

  test('writes generated names only, each once and before its use', () => {
    const { macro, pool } = compileObjective({
      variables: ['secret', 'fn'],
      macro: 'tanh(secret)^2.5 + exp(hidden * fn) / log(fn)',
      micro: 'secret',
      parameters: { hidden: 1 },
    });
    const { statements, results } = emitWgsl([macro, pool.negate(macro)], {
      variable: ({ name }) => `state.v${name === 'fn' ? 1 : 0}`,
      parameter: () => 'column.p0',
      prefix: 'of',
    });
    const text = statements.join('\n');
    expect(text).not.toMatch(/secret|hidden|\bfn\b/);
    const known = new Set<string>();
    for (const statement of statements) {
      const [, name = '', value = ''] = /^let (of\d+) = (.*);$/.exec(statement) ?? [];
      for (const used of value.match(/\bof\d+/g) ?? []) expect(known).toContain(used);
      expect(known).not.toContain(name);
      known.add(name);
    }
    for (const result of results) expect(known).toContain(result);
  });

  test('computes what occurs twice once, within powers too', () => {
    const objective = compile('sin(x * y)^2 + sin(y * x)^3 + (1 + x)^-1.5 + (1 + x)^-2.5');
    const { statements } = emitWgsl([objective.macro], names);
    for (const call of ['sine(', 'squareRoot(', 'quotient(']) {
      expect(statements.filter((statement) => statement.includes(call))).toHaveLength(1);
    }
  });

  test('asks for a name before it descends, and then needs nothing below', () => {
    const objective = compile('sin(log(x) / 3) + y');
    const sine = inOrder([objective.macro]).find(
      (part) => part.kind === 'apply' && part.operation === 'sin',
    );
    const { statements, results, functions, partial } = emitWgsl([objective.macro], {
      ...names,
      replace: (part) => (part === sine ? 'sinOfPhase(phase)' : undefined),
    });
    expect(functions).toEqual([]);
    expect(partial).toBe(false);
    expect(statements.join(' ')).toContain('sinOfPhase(phase)');
    expect(results).toHaveLength(1);
  });

  test('says whether anything can be out of domain', () => {
    const partial = (text: string) => emitWgsl([compile(text).macro], names).partial;
    expect(['x^3 - sin(x) / 2', 'tanh(x) * atan(y)', 'max(x, abs(y))'].map(partial)).toEqual([
      false,
      false,
      false,
    ]);
    expect(['1 / x', 'sqrt(x)', 'x^depth', 'exp(x)', 'x^-1'].map(partial)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  test.each(['1e39 * x', 'x - 10^40', 'x / 1e300'])('refuses %s: it does not fit f32', (text) => {
    const emit = () => emitWgsl([compile(text).macro], { ...names, where: 'objective.macro' });
    expect(emit).toThrow(
      expect.objectContaining({ code: 'constant-overflow', where: 'objective.macro' }),
    );
  });

  test('writes constants to the last bit', async () => {
    const objective = compile('0');
    const numbers = ['pi', '1e-3', '0.1', '-1e-30', '3.4028234e38', '16777217', '1e-40'];
    const roots = numbers.map((text) => compileFormula(text, objective, 'of'));
    const [at = []] = await onGpu([{ text: 'constants', objective, roots }]);
    const exact = [Math.PI, 1e-3, 0.1, -1e-30, 3.4028234e38, 16777217, 0].map(Math.fround);
    expect(at[0]?.values).toEqual(exact);
  });
});

describe('compileHost', () => {
  const objective = compile('x * depth');

  test('needs an input for every leaf', () => {
    const order = { variables: ['x'], parameters: [] };
    expect(() => compileHost([objective.macro], order)).toThrow('depth');
  });

  // A comparison with NaN would be false, and say nothing.
  test.each([
    ['sqrt(x) > 1', [-0.5]],
    ['log(x) > 1', [0, -1]],
    ['asin(x) > 1 or acos(x) > 1', [1.5, -1.5]],
    ['1 / x > 1', [0]],
    ['x^0.3 > 1', [-1]],
    ['x^-0.3 > 1', [0, -1]],
    ['x^-2 > 1', [0]],
    ['x^depth > 1', [-1]],
  ])(
    '%s is neither true nor false out of domain, and nothing beside it counts',
    (text, outside) => {
      const condition = compileCondition(text, objective, 'when');
      const host = compileHost([objective.macro, condition], objective);
      const outputs = new Float64Array(2);
      const at = (x: number) => {
        host(new Float64Array([x, 0, 0, 0, 1, 0.5]), outputs);
        return [...outputs];
      };
      for (const x of outside) expect(at(x)).toEqual([Number.NaN, Number.NaN]);
      expect(at(0.75).some(Number.isNaN)).toBe(false);
    },
  );
});
