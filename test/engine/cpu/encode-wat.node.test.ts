import { describe, expect, test } from 'vitest';
import startWabt from 'wabt';
import { encodeWat } from '../../../src/engine/cpu/encode-wat.ts';
import { memoryCodes, plainCodes, vectorCodes } from '../../../src/engine/cpu/opcodes.ts';
import { writeCpuProgram } from '../../../src/engine/cpu/program.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { presets } from '../../../src/spec/presets.ts';

const wabt = await startWabt();

/** What the reference tools make of a text; they also check its types. */
function reference(text: string): Uint8Array {
  const module = wabt.parseWat('kernel.wat', text, { simd: true });
  module.validate();
  const { buffer } = module.toBinary({});
  module.destroy();
  return Uint8Array.from(buffer);
}

const kernelOf = (spec: unknown) => writeCpuProgram(parseSpec(spec)).kernel.text;
const base = {
  etascope: 1,
  optimizer: { eta: 0.1 },
  ensemble: { initial: { x: 1 } },
  steps: { keep: 1 },
  measures: [{ measure: 'density', of: 'f', range: [-1, 1], bins: 4 }],
};

describe('a kernel is encoded byte for byte as the reference tools do', () => {
  test.each(Object.keys(presets))('the preset %s', (name) => {
    const text = kernelOf(presets[name]?.spec);
    expect(encodeWat(text)).toEqual(reference(text));
  });

  test.each([
    { what: 'every function', macro: 'exp(sin(x)) + log(x) * tanh(x) / atan(x) + x^1.3 - sign(x)' },
    { what: 'conditions', macro: 'max(x, 0) + min(abs(x), sqrt(x))' },
    { what: 'numbers of all sizes', macro: '1e300 x + 1e-300 x^2 - 127.5 x^3 + 128 x^4' },
    { what: 'a long body', macro: Array.from({ length: 60 }, (_, i) => `sin(${i} x)`).join('*') },
  ])('$what', ({ macro }) => {
    const text = kernelOf({ ...base, objective: { macro } });
    expect(encodeWat(text)).toEqual(reference(text));
  });

  test('loops inside a step, and numbers in memory', () => {
    const objective = { macro: 'x^4', micro: '-cos(x)', epsilon: 0.1 };
    const text = kernelOf({ ...base, objective, optimizer: { rule: 'gradient-flow', eta: 0.1 } });
    expect(encodeWat(text)).toEqual(reference(text));
  });

  test('every instruction', () => {
    const v = '(local.get $v)';
    const vector = Object.keys(vectorCodes).map((name) => {
      if (name === 'f64x2.splat') return `(local.set $v (${name} (f64.const -2.5e-7)))`;
      if (name === 'i64x2.all_true') return `(local.set $n (${name} ${v}))`;
      if (name.includes('sh')) return `(local.set $v (${name} ${v} (i32.const 63)))`;
      const isUnary = /\.(not|ceil|floor|trunc|nearest|abs|neg|sqrt)$/.test(name);
      const operands = name === 'v128.bitselect' ? [v, v, v] : isUnary ? [v] : [v, v];
      return `(local.set $v (${name} ${operands.join(' ')}))`;
    });
    const plain = Object.keys(plainCodes).map((name) => {
      const operands = name === 'i32.eqz' ? [1] : [-1, 0x7fffffff];
      return `(local.set $n (${name} ${operands.map((n) => `(i32.const ${n})`).join(' ')}))`;
    });
    const memory = Object.keys(memoryCodes).map((name) => {
      const [value, type] = name.startsWith('v') ? [v, '$v'] : ['(i32.const 64)', '$n'];
      return name.endsWith('load')
        ? `(local.set ${type} (${name} offset=70000 (i32.const -70000)))`
        : `(${name} (local.get $n) ${value})`;
    });
    const text = `(module (memory (export "memory") 200)
      (data (i32.const 8192) "\\00\\ff\\7f")
      (func (export "one") (param $n i32) (param $m i32) (result i32) (local $v v128) (local $k i32) (local $w v128)
        (block $out (loop $again
          (if (i32.eqz (local.get $m)) (then (br $out)))
          ${[...vector, ...plain, ...memory].join('\n')}
          (br_if $again (local.tee $k (i32.sub (local.get $k) (i32.const 1))))))
        (local.set $v (i8x16.shuffle 31 30 29 28 27 26 25 24 7 6 5 4 3 2 1 0 ${v} ${v}))
        (local.set $w (v128.const i64x2 -1 9223372036854775807))
        (local.get $n))
      (func (export "two") (param $a i32) (result i32) (local.get $a)))`;
    expect(encodeWat(text)).toEqual(reference(text));
  });
});

test.each([
  { text: '(module (table 1 funcref))', quoted: 'table' },
  { text: '(module (func (export "f") (f32.add)))', quoted: 'f32.add' },
  { text: '(module (func (export "f") (local.get $none)))', quoted: '$none' },
  { text: '(module (func (export "f") (block $a (br $b))))', quoted: '$b' },
  { text: '(module (func (export "f") (v128.const f64x2 1 1)))', quoted: 'f64x2' },
  { text: '(module (memory (export "m") 1)', quoted: 'the end' },
])('$text is refused, with what is wrong in it', ({ text, quoted }) => {
  expect(() => encodeWat(text)).toThrow(SyntaxError);
  expect(() => encodeWat(text)).toThrow(quoted);
});
