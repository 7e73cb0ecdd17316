import type { BigNumber } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { waveArguments } from '../../src/engine/waves.ts';
import { type ColumnTable, createColumnTable } from '../../src/engine/webgpu/column-table.ts';
import { planPhases } from '../../src/engine/webgpu/phases.ts';
import { writeFixedFormulas } from '../../src/engine/webgpu/precision/fixed-formulas.ts';
import { compileObjective } from '../../src/formula/objective.ts';
import type { Expression } from '../../src/formula/tree.ts';
import type { ColumnSetting } from '../../src/spec/columns.ts';
import { testDevice } from '../support/device.ts';
import { exactly, exactValues, TURN } from '../support/exact-value.ts';
import { floatOf, mapWords, testWords } from '../support/gpu-words.ts';

const device = await testDevice();

/** Turns per unit of a phase, and the unit of a position along which nothing has a period. */
const UNIT = 2 ** -32;
const PLAIN = 2 ** -10;
/** Roundings of a frequency in float64, relative: see docs/numerics.md. */
const ROUNDED = 6 * 2 ** -53;
const BENT = 11 * 2 ** -53;

/** Positions near and far, in cells and phases, up to so many turns. */
function positions(count: number, variables: number, farthest = 2 ** 30): number[][] {
  const next = testWords(17);
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: variables }, () => {
      const size = farthest ** ((i % 16) / 15) * (next() / 2 ** 32);
      const cell = Math.trunc(next() % 2 === 0 ? size : -size - 1);
      return [cell, next()] as const;
    }).flat(),
  );
}

interface Kind {
  readonly kind: string;
  readonly variables?: readonly string[];
  readonly macro?: string;
  readonly micro: string;
  /** What the units are counted by, per variable; `undefined` where nothing has a period. */
  readonly base: readonly (number | undefined)[];
  /** 64-bit products in the phase at most, arguments of second degree, and whether it is shifted. */
  readonly products: number;
  readonly chirps?: number;
  readonly isShifted?: boolean;
}

const kinds: readonly Kind[] = [
  { kind: 'integer harmonics', micro: 'sin(x) + cos(3x) * sin(7x)', base: [1], products: 0 },
  {
    kind: 'a wave-length of its own',
    micro: 'cos(2 * pi * x / a)',
    base: [Math.PI * 4],
    products: 0,
  },
  {
    kind: 'a shift by a parameter',
    micro: 'sin(x) + cos(3x + a / 3) / 3',
    base: [1],
    products: 0,
    isShifted: true,
  },
  {
    kind: 'several variables',
    variables: ['x', 'y'],
    micro: 'cos(x - y) + cos(x + 2y)',
    base: [1, 1],
    products: 0,
  },
  { kind: 'irrational frequencies', micro: 'sin(x) + sin(sqrt(2) * x)', base: [1], products: 1 },
  {
    kind: 'irrational frequencies of several variables',
    variables: ['x', 'y'],
    micro: 'sin(x) + sin(y) + cos(sqrt(2) * x - sqrt(3) * y + a)',
    base: [1, 1],
    products: 2,
    isShifted: true,
  },
  { kind: 'a shift by the macro position', micro: 'sin(x + a * slow_x)', base: [1], products: 1 },
  { kind: 'a macro wave', macro: 'cos(5x)', micro: '-cos(x)', base: [1], products: 1 },
  { kind: 'a macro wave alone', macro: 'cos(5x)', micro: '', base: [undefined], products: 1 },
  { kind: 'a chirp', micro: 'sin(x - x^2 / 1e4)', base: [undefined], products: 1, chirps: 1 },
  {
    kind: 'chirps of several variables',
    variables: ['x', 'y'],
    micro: 'sin(x) + cos((x - 3)^2 + a * y^2 + slow_x * x)',
    base: [1, undefined],
    products: 2,
    chirps: 2,
    isShifted: true,
  },
];

const parameters = { a: 0.5 };

/** Exact values of expressions at a position in fixed point. */
function valuesAt(
  roots: readonly Expression[],
  { variables = ['x'], base }: Pick<Kind, 'variables' | 'base'>,
  words: readonly number[],
  epsilon: number,
): readonly BigNumber[] {
  const size = exactly(epsilon);
  return exactValues(roots, (leaf) => {
    if (leaf.kind === 'number') return exactly(leaf.value);
    if (leaf.kind === 'parameter') return leaf.name === 'a' ? exactly(parameters.a) : size;
    const at = variables.indexOf(leaf.name);
    const turns = exactly(words[2 * at] ?? 0).add(exactly((words[2 * at + 1] ?? 0) * UNIT));
    const period = base[at];
    const unit = period === undefined ? exactly(PLAIN) : TURN.mul(size).div(exactly(period));
    const x = turns.mul(unit);
    return leaf.scale === 'macro' ? x : x.div(size);
  });
}

/** WGSL with the numbers of a column in place of their names. */
function inlined(text: string, table: ColumnTable, setting: ColumnSetting): string {
  const words = table.fill(() => setting, 0, 1);
  const types = [...table.wgsl().matchAll(/^ {2}w\d+: (\w+),$/gm)].map(([, type]) => type);
  return text.replaceAll(/column\.w(\d+)/g, (_, at) => `bitcast<${types[at]}>(${words[at]}u)`);
}

describe.each([1e-3, 1e-6, 1e-8])('at epsilon = %s, on WebGPU', (epsilon) => {
  const setting: ColumnSetting = { eta: 0.1, epsilon, parameters, initial: {} };

  test.each(kinds)('the phase of $kind is as near as stated', async (given) => {
    const {
      variables = ['x'],
      macro = '0',
      micro,
      products,
      chirps = 0,
      isShifted = false,
    } = given;
    const objective = compileObjective({ variables, macro, micro, parameters });
    const slopes = objective.gradient.map((part) => objective.pool.add(part.macro, part.micro));
    const table = createColumnTable();
    const phases = planPhases(variables, slopes, [], [setting], PLAIN, table);
    const waves = [...waveArguments(slopes)];
    const texts = waves.map((wave) => phases.phase(wave, (variable) => `at${variable}`) ?? '');
    const points = positions(128, variables.length);
    const outputs = await mapWords(device, {
      imports: 'import package::lib::position::{Coordinate, Frequency, Bend, phaseOf, chirped};',
      body: [
        ...variables.map(
          (_, v) => `let at${v} = Coordinate(bitcast<i32>(word(${2 * v}u)), word(${2 * v + 1}u));`,
        ),
        ...texts.map((text, wave) => `give(${wave}u, ${inlined(text, table, setting)});`),
      ].join('\n'),
      inputs: points.map((words) => words.map((word) => word >>> 0)),
      outputsPerPoint: waves.length,
    });

    let worst = 0; // error over its bound
    points.forEach((words, point) => {
      const turnsAt = (at: readonly number[]) =>
        valuesAt(waves, given, at, epsilon).map((radians) => radians.div(TURN));
      const alone = variables.map((_, v) =>
        turnsAt(words.map((word, index) => (index >> 1 === v ? word : 0))),
      );
      turnsAt(words).forEach((exact, wave) => {
        const off = exact.sub(exactly((outputs[point]?.[wave] ?? 0) * UNIT));
        const error = off.sub(off.round()).abs().toNumber();
        const size = alone.reduce((sum, of) => sum + Math.abs(of[wave]?.toNumber() ?? 0), 0);
        const ofPhase = (3 * products + 1.5 * chirps + (isShifted ? 0.5 : 0)) * UNIT;
        const ofFrequency = products > 0 ? size * (chirps > 0 ? BENT : ROUNDED) : 0;
        worst = Math.max(worst, error / (ofPhase + ofFrequency || 1e-30));
      });
    });
    expect(worst).toBeLessThanOrEqual(1);
    if (products > 0 || isShifted) expect(worst).toBeGreaterThan(0.1);
  });
});

// Formulas in f32. A position in f32 is off by 2^-23 of itself and 2^-25 turns near 0, its length by two
// roundings, u = x / epsilon by two more: 4 and 6 units of 2^-24. A square doubles that and rounds, a
// division of WGSL is good to 5 units. Sines are off by 1.3e-7, exp by 2e-7.
const F32 = 2 ** -24;
const SINE = 1.3e-7;

describe.each([1e-3, 1e-6, 1e-8])('at epsilon = %s, in f32 on WebGPU', (epsilon) => {
  const setting: ColumnSetting = { eta: 0.1, epsilon, parameters, initial: {} };

  test.each([
    {
      kind: 'an argument of third degree',
      micro: 'sin(x^3 / 1e8)',
      base: [undefined],
      farthest: 2 ** 12 * 1e3 * epsilon, // in turns of 2^-10
      bound: (x: number) => {
        const radians = Math.abs(x / epsilon) ** 3 / 1e8;
        const nearZero = (3 * 2 ** -25 * PLAIN) / Math.abs(x);
        return SINE + radians * (25 * F32 + nearZero);
      },
    },
    {
      kind: 'an envelope',
      micro: 'sin(x) * exp(-x^2 / 1e6)',
      base: [1],
      farthest: 400,
      bound: (x: number) => {
        const exponent = (x / epsilon) ** 2 / 1e6;
        return Math.exp(-exponent) * (SINE + 2e-7 + F32 + 18 * F32 * exponent);
      },
    },
    {
      kind: 'an amplitude of the macro position',
      micro: '(1 + slow_x^2) * cos(x)',
      base: [1],
      farthest: 2 ** 30,
      bound: (x: number) => (1 + x * x) * (SINE + 11 * F32),
    },
  ])('$kind is as near as stated', async ({ micro, base, farthest, bound }) => {
    const objective = compileObjective({ variables: ['x'], macro: '0', micro, parameters });
    const table = createColumnTable();
    const slopes = objective.gradient.map((of) => of.micro);
    const phases = planPhases(['x'], slopes, [objective.micro], [setting], PLAIN, table);
    const { statements, results, functions } = writeFixedFormulas(
      [objective.micro],
      ['x'],
      phases,
      table,
    );
    const length = table.word('length', 'f32', () => phases.unit(0, setting));
    const points = positions(96, 1, farthest);
    const outputs = await mapWords(device, {
      imports: `import package::lib::position::{Coordinate, Frequency, Bend, turnsOf, phaseOf, chirped, sinOfPhase, cosOfPhase};
import package::lib::math::{${['outOfDomain', ...functions].join(', ')}};`,
      body: [
        'let at0 = Coordinate(bitcast<i32>(word(0u)), word(1u));',
        `let x0 = turnsOf(at0) * ${length};`,
        ...statements,
        `give(0u, bitcast<u32>(f32(${results[0]})));`,
      ]
        .map((line) => inlined(line, table, setting).replaceAll('state.', ''))
        .join('\n'),
      inputs: points.map((words) => words.map((word) => word >>> 0)),
      outputsPerPoint: 1,
    });
    let worst = 0;
    points.forEach((words, point) => {
      const [exact] = valuesAt([objective.micro], { base }, words, epsilon);
      const turns = (words[0] ?? 0) + (words[1] ?? 0) * UNIT;
      const most = bound(turns * phases.unit(0, setting));
      if (most > 0.1) return; // nothing is left to say
      const error = Math.abs(floatOf(outputs[point]?.[0] ?? 0) - (exact?.toNumber() ?? Number.NaN));
      worst = Math.max(worst, error / most);
    });
    expect(worst).toBeLessThanOrEqual(1);
    expect(worst).toBeGreaterThan(0.1);
  });
});
