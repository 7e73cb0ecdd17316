import { describe, expect, test } from 'vitest';
import {
  createSimdGraph,
  nameConstants,
  type SimdGraph,
  type SimdInstruction,
  type SimdValue,
  writeSimd,
} from '../../../src/formula/simd/graph.ts';
import { bitsOf, fromBits, uniform } from '../../support/f64.ts';
import { laneOf } from '../../support/simd-host.ts';
import { mapSimd, mapSimdToMany } from '../../support/simd-map.ts';

const lanesOf = ['add', 'sub', 'mul', 'div', 'pmin', 'pmax', 'min', 'max'] as const;
const comparisons = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;
const operations: Readonly<Record<number, readonly SimdInstruction[]>> = {
  1: [
    ...(['abs', 'neg', 'sqrt', 'nearest', 'floor', 'ceil', 'trunc'] as const).map(
      (name) => `f64x2.${name}` as const,
    ),
    'v128.not',
  ],
  2: [
    ...[...lanesOf, ...lanesOf, ...comparisons].map((name) => `f64x2.${name}` as const),
    ...(['add', 'sub', 'eq', 'ne', 'lt_s', 'gt_s'] as const).map(
      (name) => `i64x2.${name}` as const,
    ),
    ...(['and', 'or', 'xor', 'andnot'] as const).map((name) => `v128.${name}` as const),
  ],
  3: ['v128.bitselect'],
};
const shifts: readonly SimdInstruction[] = ['i64x2.shl', 'i64x2.shr_s', 'i64x2.shr_u', 'i32x4.shl'];

/** A value and the bits of all its lanes, computed on the host. */
interface Known {
  readonly value: SimdValue;
  readonly lanes: readonly bigint[];
}

/** Grows a graph by `count` random instructions; `recent` is how likely an operand is one of the last. */
function grow(
  graph: SimdGraph,
  inputs: readonly Known[],
  random: () => number,
  count: number,
  recent: number,
): readonly Known[] {
  const known = [...inputs];
  const pick = <T>(from: readonly T[]): T => {
    const found = from[Math.floor(random() * from.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  const operand = () => pick(random() < recent ? known.slice(-3) : known);
  while (known.length < inputs.length + count) {
    const isShift = random() < 0.1;
    const arity = isShift ? 1 : random() < 0.2 ? 1 : random() < 0.1 ? 3 : 2;
    const instruction = pick(isShift ? shifts : (operations[arity] ?? []));
    const operands = Array.from({ length: arity }, operand);
    const width = isShift ? [Math.floor(64 * random())] : [];
    const lanes = (inputs[0]?.lanes ?? []).map((_, lane) =>
      laneOf(instruction, [...operands.map((of) => of.lanes[lane] ?? 0n), ...width]),
    );
    const definite = lanes.filter((lane) => lane !== undefined);
    if (definite.length < lanes.length) continue;
    const value = graph.apply(instruction, ...operands.map((of) => of.value), ...width);
    known.push({ value, lanes: definite });
  }
  return known.slice(inputs.length);
}

const random = uniform(1_234);
const numbers = Array.from({ length: 3 }, () =>
  Float64Array.from({ length: 7 }, () => (random() - 0.5) * 2 ** (20 * random() - 10)),
);

/** A map to all values of a random graph, and their bits by the host. */
function randomMap(seed: number, count: number, recent: number) {
  let expected: readonly Known[] = [];
  const map = (graph: SimdGraph, ...inputs: readonly SimdValue[]): readonly SimdValue[] => {
    const constants = [0.1, -0, 2 ** 52, Number.POSITIVE_INFINITY, fromBits(1n)];
    const leaves = [
      ...inputs.map((value, input) => ({ value, lanes: [...(numbers[input] ?? [])].map(bitsOf) })),
      ...constants.map((of) => ({ value: graph.number(of), lanes: Array(7).fill(bitsOf(of)) })),
      ...[-1n, 1n << 63n, 0xff_ffffn].map((bits) => ({
        value: graph.bits(bits),
        lanes: Array(7).fill(BigInt.asIntN(64, bits)),
      })),
    ];
    expected = grow(graph, leaves, uniform(seed), count, recent);
    return expected.map(({ value }) => value);
  };
  return { map, expected: () => expected.map(({ lanes }) => lanes) };
}

const words = (values: Float64Array) => [
  ...new BigInt64Array(values.buffer, values.byteOffset, values.length),
];

describe('a random graph, written and run as WebAssembly,', () => {
  for (const isKept of [false, true]) {
    test(`gives what the host gives in every lane, bit by bit (isKept ${isKept})`, async () => {
      for (let seed = 0; seed < 12; seed++) {
        const { map, expected } = randomMap(seed, 150, seed / 12);
        const found = await mapSimdToMany(map, isKept, ...numbers);
        expect(found.map(words)).toEqual(expected());
      }
    });
  }

  test('gives the same if only its last value is asked for', async () => {
    for (let seed = 100; seed < 140; seed++) {
      const { map, expected } = randomMap(seed, 60, 0.7);
      const last = (graph: SimdGraph, ...inputs: readonly SimdValue[]) => {
        const value = map(graph, ...inputs).at(-1);
        if (!value) throw new Error('the graph is empty');
        return value;
      };
      expect(words(await mapSimd(last, ...numbers))).toEqual(expected().at(-1));
    }
  });
});

describe('the text of a graph', () => {
  test('computes equal values once', () => {
    const graph = createSimdGraph();
    const sum = () => graph.apply('f64x2.add', graph.leaf('$x'), graph.number(1));
    expect(sum()).toBe(sum());
    expect(graph.number(0)).not.toBe(graph.number(-0));
    const { statements, results } = writeSimd([graph.apply('f64x2.mul', sum(), sum())]);
    const text = [...statements, ...results].join('\n');
    expect(text.match(/f64x2\.add/g)).toHaveLength(1);
  });

  test('computes nothing that no root needs', () => {
    const graph = createSimdGraph();
    const x = graph.leaf('$x');
    graph.apply('f64x2.sqrt', x);
    const { statements, results } = writeSimd([graph.apply('f64x2.abs', x)]);
    expect([...statements, ...results].join('\n')).not.toContain('sqrt');
  });

  test('uses a local again once its value was read for the last time', () => {
    const graph = createSimdGraph();
    let value = graph.leaf('$x');
    for (let square = 0; square < 500; square++) value = graph.apply('f64x2.mul', value, value);
    expect(writeSimd([value]).temporaries).toBeLessThanOrEqual(2);
  });

  test('survives chains that are deep, of values used once and of values used twice', async () => {
    const LINKS = 5000;
    const x = Float64Array.of(1, -2, 0.5);
    const chain = (graph: SimdGraph, of: SimdValue) => {
      let value = of;
      for (let link = 1; link <= LINKS; link++) {
        value = graph.apply('f64x2.add', value, graph.number(link));
      }
      return value;
    };
    const total = (LINKS * (LINKS + 1)) / 2;
    expect(await mapSimd((graph, of = graph.number(0)) => chain(graph, of), x)).toEqual(
      x.map((of) => of + total),
    );
    // v -> (v + link) - v / 2 shares v at every link; v stays a multiple of small powers of two.
    const sharing = (graph: SimdGraph, of: SimdValue = graph.number(0)) => {
      let value = of;
      for (let link = 1; link <= LINKS; link++) {
        const half = graph.apply('f64x2.mul', value, graph.number(0.5));
        value = graph.apply('f64x2.sub', graph.apply('f64x2.add', value, graph.number(link)), half);
      }
      return value;
    };
    const host = x.map((of) => {
      let value = of;
      for (let link = 1; link <= LINKS; link++) value = value + link - value * 0.5;
      return value;
    });
    expect(await mapSimd(sharing, x)).toEqual(host);
  });

  test('names every constant by its bits', () => {
    const graph = createSimdGraph();
    const sum = graph.apply('f64x2.add', graph.number(-0), graph.bits(2n ** 64n - 1n));
    const text = nameConstants(writeSimd([sum]).results[0] ?? '', (bits) => `<${bits}>`);
    expect(text).toBe(`(f64x2.add <${-(2n ** 63n)}> <-1>)`);
  });
});
