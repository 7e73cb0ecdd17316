import { describe, expect, test } from 'vitest';
import { testDevice } from '../support/device.ts';
import { floatOf, mapWords, testWords, wordOf } from '../support/gpu-words.ts';

const device = await testDevice();
const TURN = 1n << 32n;

/** A position in units of 2^-32 turn. */
const positionOf = (cell: number, phase: number) => BigInt(cell | 0) * TURN + BigInt(phase >>> 0);
const wrapped = (value: bigint) => BigInt.asIntN(64, value);

/** f32 as an exact integer multiple of 2^-32, where it is one. */
function exactUnits(value: number): bigint {
  return BigInt(Math.round(value * 2 ** 32));
}

const edges = [0, 1, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff, 0x40000000, 0xc0000000];

describe('kicked', () => {
  const kicks = [
    0,
    2 ** -40,
    -(2 ** -40),
    0.5,
    -0.5,
    1,
    -1,
    0.49999997,
    -0.49999997,
    1.5,
    -1.5,
    2 ** -23,
    3.75,
    -1234.5678,
    8388608,
    -8388609,
    2 ** 30,
    -(2 ** 30),
    2 ** 29 + 64,
    -0.7315,
    0.6000001,
  ].map(Math.fround);
  const next = testWords(11);
  const cells = [0, 5, -5, 2 ** 30, -(2 ** 30), 123456];
  const inputs = kicks.flatMap((kick) =>
    cells.flatMap((cell) =>
      [...edges, next(), next()].map((phase) => [cell >>> 0, phase, wordOf(kick), next()]),
    ),
  );

  test('moves by the kick exactly, but for noise of about a unit in its last place', async () => {
    const outputs = await mapWords(device, {
      imports: 'import package::lib::position::{Coordinate, kicked};',
      body: `let at = kicked(Coordinate(bitcast<i32>(word(0u)), word(1u)), bitcast<f32>(word(2u)), word(3u));
        give(0u, bitcast<u32>(at.cell)); give(1u, at.phase);`,
      inputs,
      outputsPerPoint: 2,
    });
    inputs.forEach(([cell = 0, phase = 0, kickWord = 0, random = 0], i) => {
      const kick = floatOf(kickWord);
      const widest = 1 - 2 ** -24;
      const width = Math.max(-widest, Math.min(kick * 2 ** -23, widest));
      const noise = Math.trunc(Math.fround(Math.fround(random | 0) * Math.fround(width)));
      const expected = positionOf(cell, phase) - exactUnits(kick) + BigInt(noise);
      const [gotCell = 0, gotPhase = 0] = outputs[i] ?? [];
      const off = wrapped(positionOf(gotCell, gotPhase) - expected);
      expect(off >= -1n && off <= 1n, `kick ${kick} at ${cell}, ${phase}: off by ${off}`).toBe(
        true,
      );
    });
  });

  test('near ones have the same bits without a branch', async () => {
    const draw = testWords(7);
    const sizes = [2 ** -26, 2 ** -9, 0.5, 1, 60, 8191];
    const near = inputs.filter(([, , kick = 0]) => Math.abs(floatOf(kick)) < 2 ** 13);
    const drawn = Array.from({ length: 6000 }, (_, i) => {
      const kick = Math.fround((draw() / 2 ** 31 - 1) * (sizes[i % 6] ?? 1));
      return [draw(), draw(), wordOf(kick), draw()];
    });
    const outputs = await mapWords(device, {
      imports: 'import package::lib::position::{Coordinate, kicked, quickKicked};',
      body: `let start = Coordinate(bitcast<i32>(word(0u)), word(1u));
        let at = kicked(start, bitcast<f32>(word(2u)), word(3u));
        let quick = quickKicked(start, bitcast<f32>(word(2u)), word(3u));
        give(0u, bitcast<u32>(at.cell - quick.cell)); give(1u, at.phase - quick.phase);`,
      inputs: [...near, ...drawn],
      outputsPerPoint: 2,
    });
    const others = outputs.filter(([cell, phase]) => cell !== 0 || phase !== 0);
    expect(others).toEqual([]);
  });

  test('spreads its noise over one to two units in the last place, without drift', async () => {
    const kick = Math.fround(0.7);
    const ulp = 2 ** -24 * 2 ** 32; // of 0.7, in units
    const draw = testWords(5);
    const many = Array.from({ length: 20_000 }, () => [0, 0x12345678, wordOf(kick), draw()]);
    const outputs = await mapWords(device, {
      imports: 'import package::lib::position::{Coordinate, kicked};',
      body: `let at = kicked(Coordinate(bitcast<i32>(word(0u)), word(1u)), bitcast<f32>(word(2u)), word(3u));
        give(0u, bitcast<u32>(at.cell)); give(1u, at.phase);`,
      inputs: many,
      outputsPerPoint: 2,
    });
    const start = positionOf(0, 0x12345678) - exactUnits(kick);
    const noises = outputs.map(([cell = 0, phase = 0]) => Number(positionOf(cell, phase) - start));
    const mean = noises.reduce((a, b) => a + b, 0) / noises.length;
    const span = Math.max(...noises) - Math.min(...noises);
    expect(span).toBeGreaterThan(0.95 * ulp);
    expect(span).toBeLessThanOrEqual(2 * ulp);
    // uniform of width w: the mean of n draws has the standard error w / sqrt(12 n)
    expect(Math.abs(mean)).toBeLessThan((4 * 2 * ulp) / Math.sqrt(12 * noises.length));
  });
});

describe('phases', () => {
  const next = testWords(3);
  const cells = [0, 1, -1, 12345, -98765, 2 ** 30, -(2 ** 30)];
  const inputs = Array.from({ length: 400 }, (_, i) => [
    (cells[i % cells.length] ?? 0) >>> 0,
    edges[i % edges.length] ?? 0,
    i % 3 === 0 ? next() : i % 7,
    next(),
    next(),
  ]);

  test('of any frequency are within 3 units of the exact product modulo one turn', async () => {
    const outputs = await mapWords(device, {
      imports: 'import package::lib::position::{Coordinate, Frequency, phaseOf};',
      body: `give(0u, phaseOf(Coordinate(bitcast<i32>(word(0u)), word(1u)), Frequency(word(2u), word(3u), word(4u))));`,
      inputs,
      outputsPerPoint: 1,
    });
    inputs.forEach(([cell = 0, phase = 0, whole = 0, high = 0, low = 0], i) => {
      const frequency = (BigInt(whole) << 64n) + (BigInt(high) << 32n) + BigInt(low); // 2^-64 turns
      const exact = (positionOf(cell, phase) * frequency) >> 64n; // units of 2^-32 turn
      const off = BigInt.asIntN(32, BigInt(outputs[i]?.[0] ?? 0) - exact);
      expect(off >= -3n && off <= 0n, `off by ${off}`).toBe(true);
    });
  });

  test('of any quadratic are within 5 units of the exact value modulo one turn', async () => {
    const words = inputs.map((given) => [...given, next(), next(), next(), next(), next()]);
    const outputs = await mapWords(device, {
      imports: 'import package::lib::position::{Coordinate, Frequency, Bend, phaseOf, chirped};',
      body: `let at = Coordinate(bitcast<i32>(word(0u)), word(1u));
        let bend = Bend(word(5u), word(6u), word(7u), word(8u), word(9u));
        give(0u, phaseOf(at, chirped(at, Frequency(word(2u), word(3u), word(4u)), bend)));`,
      inputs: words,
      outputsPerPoint: 1,
    });
    const joined = (parts: readonly number[]) =>
      parts.reduce((sum, part) => (sum << 32n) + BigInt(part), 0n);
    words.forEach(([cell = 0, phase = 0, ...rest], i) => {
      const at = positionOf(cell, phase);
      const slope = joined(rest.slice(0, 3)) << 64n; // 2^-128 a turn, as those of bend · at
      const bend = joined(rest.slice(3));
      const exact = (slope * at + bend * at * at) >> 128n; // units of 2^-32 turn
      const off = BigInt.asIntN(32, BigInt(outputs[i]?.[0] ?? 0) - exact);
      expect(off >= -5n && off <= 2n, `off by ${off}`).toBe(true);
    });
  });

  test('in turns of any size have sines and cosines within 1.2e-7, small ones within 2e-7 of it', async () => {
    const draw = testWords(9);
    const sizes = [2 ** -20, 0.01, 0.1, 0.5, 1, 40, 1e4, 2 ** 22];
    const turns = [0, 0.25, 0.5, -0.5, 0.75, 1, -3.5]
      .concat(
        Array.from({ length: 20_000 }, (_, i) => (draw() / 2 ** 31 - 1) * (sizes[i % 8] ?? 1)),
      )
      .map(Math.fround);
    const outputs = await mapWords(device, {
      imports: 'import package::lib::position::{sinOfTurns, cosOfTurns};',
      body: 'let t = bitcast<f32>(word(0u)); give(0u, bitcast<u32>(sinOfTurns(t))); give(1u, bitcast<u32>(cosOfTurns(t)));',
      inputs: turns.map((t) => [wordOf(t)]),
      outputsPerPoint: 2,
    });
    let [worst, worstOfSmall] = [0, 0];
    turns.forEach((t, i) => {
      const angle = 2 * Math.PI * (t - Math.round(t));
      const [sin = 0, cos = 0] = outputs[i] ?? [];
      const off = Math.abs(floatOf(sin) - Math.sin(angle));
      worst = Math.max(worst, off, Math.abs(floatOf(cos) - Math.cos(angle)));
      if (t !== 0 && Math.abs(t) < 0.1)
        worstOfSmall = Math.max(worstOfSmall, off / Math.abs(Math.sin(angle)));
    });
    expect(worst).toBeLessThan(1.2e-7);
    expect(worstOfSmall).toBeLessThan(2e-7);
  });

  test('have sines and cosines within 1.2e-7', async () => {
    const draw = testWords(8);
    const angles = [...edges, ...Array.from({ length: 20_000 }, draw)].map((phase) => [phase]);
    const outputs = await mapWords(device, {
      imports: 'import package::lib::position::{sinOfPhase, cosOfPhase};',
      body: 'give(0u, bitcast<u32>(sinOfPhase(word(0u)))); give(1u, bitcast<u32>(cosOfPhase(word(0u))));',
      inputs: angles,
      outputsPerPoint: 2,
    });
    let worst = 0;
    angles.forEach(([phase = 0], i) => {
      const angle = (2 * Math.PI * (phase | 0)) / 2 ** 32;
      const [sin = 0, cos = 0] = outputs[i] ?? [];
      worst = Math.max(worst, Math.abs(floatOf(sin) - Math.sin(angle)));
      worst = Math.max(worst, Math.abs(floatOf(cos) - Math.cos(angle)));
    });
    expect(worst).toBeLessThan(1.2e-7);
  });
});

test('turnsOf is within 2^-23 of the position, or 2^-25 turns near zero', async () => {
  const next = testWords(34);
  const cells = [0, -1, 1, -2, 1000, -1001, 2 ** 23, -(2 ** 29), 2 ** 30];
  const inputs = cells.flatMap((cell) =>
    [...edges, next(), next(), next()].map((phase) => [cell >>> 0, phase]),
  );
  const outputs = await mapWords(device, {
    imports: 'import package::lib::position::{Coordinate, turnsOf};',
    body: 'give(0u, bitcast<u32>(turnsOf(Coordinate(bitcast<i32>(word(0u)), word(1u)))));',
    inputs,
    outputsPerPoint: 1,
  });
  inputs.forEach(([cell = 0, phase = 0], i) => {
    const exact = Number(positionOf(cell, phase)) / 2 ** 32; // 63 bits as 53: 2^-53 of it
    const off = Math.abs(floatOf(outputs[i]?.[0] ?? 0) - exact);
    expect(off).toBeLessThanOrEqual(Math.max(2 ** -23 * Math.abs(exact), 2 ** -25));
  });
});

test('between is an exact difference of positions', async () => {
  const next = testWords(21);
  const inputs = Array.from({ length: 500 }, () => [next() >> 2, next(), next() >> 2, next()]);
  const outputs = await mapWords(device, {
    imports: 'import package::lib::position::{Coordinate, between};',
    body: `let d = between(Coordinate(bitcast<i32>(word(0u)), word(1u)), Coordinate(bitcast<i32>(word(2u)), word(3u)));
      give(0u, bitcast<u32>(d.cell)); give(1u, d.phase);`,
    inputs: inputs.map((words) => words.map((word) => word >>> 0)),
    outputsPerPoint: 2,
  });
  inputs.forEach(([a = 0, b = 0, c = 0, d = 0], i) => {
    const [cell = 0, phase = 0] = outputs[i] ?? [];
    expect(positionOf(cell, phase)).toBe(positionOf(a, b) - positionOf(c, d));
  });
});

test('fixedProduct is the floor of the exact product, less at most one unit', async () => {
  const next = testWords(77);
  for (const bits of [33, 42, 55, 63]) {
    // factors whose product fits: about half the bits each
    const factor = () =>
      BigInt.asIntN(62, (BigInt(next()) << 32n) | BigInt(next())) >> BigInt(next() % 40);
    const pairs = Array.from({ length: 400 }, () => [factor(), factor()] as const).filter(
      ([a, b]) => BigInt.asIntN(63, (a * b) >> BigInt(bits)) === (a * b) >> BigInt(bits),
    );
    expect(pairs.length).toBeGreaterThan(50);
    const words = (value: bigint) => [
      Number(BigInt.asUintN(32, value >> 32n)),
      Number(BigInt.asUintN(32, value)),
    ];
    const outputs = await mapWords(device, {
      imports:
        'import package::lib::position::Coordinate;\nimport package::lib::fixed::fixedProduct;',
      body: `let p = fixedProduct(Coordinate(bitcast<i32>(word(0u)), word(1u)), Coordinate(bitcast<i32>(word(2u)), word(3u)), ${bits}u);
        give(0u, bitcast<u32>(p.cell)); give(1u, p.phase);`,
      inputs: pairs.map(([a, b]) => [...words(a), ...words(b)]),
      outputsPerPoint: 2,
    });
    pairs.forEach(([a, b], i) => {
      const [cell = 0, phase = 0] = outputs[i] ?? [];
      const off = ((a * b) >> BigInt(bits)) - positionOf(cell, phase);
      expect(off === 0n || off === 1n, `${a} * ${b} / 2^${bits}: off by ${off}`).toBe(true);
    });
  }
});
