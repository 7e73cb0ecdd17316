import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { parse } from 'npyjs';
import { describe, expect, test } from 'vitest';
import { decodeNpy, encodeNpy } from '../../src/export/npy.ts';
import { decodeNpz, encodeNpz, resultFromNpz } from '../../src/export/npz.ts';
import { canonicalJson } from '../../src/spec/canonical.ts';
import { hasPython, runPython } from './python.ts';
import { smallResult } from './small-result.ts';

const result = smallResult();
const file = encodeNpz(result);

describe('an NPZ file', () => {
  test.each(['eta', 'none', 'both'] as const)('gives the result back (axes: %s)', (axes) => {
    expect(resultFromNpz(encodeNpz(smallResult(axes)), 'r.npz')).toEqual(smallResult(axes));
  });

  test('has equal bytes for equal results, whatever the order of their fields', () => {
    const turned = {
      ...result,
      provenance: Object.fromEntries(
        Object.entries(result.provenance).reverse(),
      ) as unknown as typeof result.provenance, // the same fields
      arrays: Object.fromEntries(Object.entries(result.arrays).reverse()),
    };
    expect(encodeNpz(turned)).toEqual(file);
  });

  test('does not depend on the clock or the time zone', () => {
    // DOS date and time of the first entry: 1980-01-01 12:00.
    const view = new DataView(file.buffer);
    expect([view.getUint16(10, true), view.getUint16(12, true)]).toEqual([12 << 11, (1 << 5) | 1]);
  });

  test('is refused before it is written where a ZIP cannot hold it', () => {
    const data = new Float64Array(2 ** 23); // 64 MiB, 64 times the same
    const arrays = Object.fromEntries(
      Array.from({ length: 64 }, (_, i) => [`a${i}`, { type: 'float64', shape: [2 ** 23], data }]),
    ) as typeof result.arrays; // the literal type
    expect(() => encodeNpz({ ...result, arrays })).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });

  test('holds what npyjs reads', () => {
    const entries = unzipSync(file);
    expect(Object.keys(entries).sort()).toEqual(
      [...Object.keys(result.arrays), 'provenance', 'spec'].map((name) => `${name}.npy`).sort(),
    );
    for (const [name, { data, shape }] of Object.entries(result.arrays)) {
      const entry = entries[`${name}.npy`]?.slice() ?? new Uint8Array();
      const read = parse(entry.buffer);
      expect({ ...read, data: Array.from(read.data as Uint32Array) }).toEqual({
        data: Array.from<unknown>(data),
        shape,
        dtype: { uint32: 'u4', uint64: 'u8', float64: 'f8' }[result.arrays[name]?.type ?? 'uint32'],
        fortranOrder: false,
      });
    }
  });

  const numpy = hasPython('numpy');
  test.skipIf(!numpy)('is read by NumPy, which writes the same NPY bytes', () => {
    const read = runPython(
      `import io, json, sys, zipfile, numpy
data = sys.stdin.buffer.read()
npz = numpy.load(io.BytesIO(data))
archive = zipfile.ZipFile(io.BytesIO(data))
assert archive.testzip() is None
def saved(a):
    out = io.BytesIO(); numpy.save(out, a); return out.getvalue()
print(json.dumps({name: {
    'type': npz[name].dtype.str, 'shape': npz[name].shape, 'data': npz[name].tolist(),
    'isC': bool(npz[name].flags.c_contiguous),
    'isAsSaved': saved(npz[name]) == archive.read(name + '.npy')} for name in npz.files}))`,
      file,
    );
    const wanted = Object.entries(result.arrays).map(([name, { type, shape, data }]) => {
      const flat = Array.from<number | bigint>(data).map(Number);
      const nested = shape.length === 2 ? rows(flat, shape[1] ?? 1) : flat;
      const dtype = { uint32: '<u4', uint64: '<u8', float64: '<f8' }[type];
      return [name, { type: dtype, shape, data: nested, isC: true, isAsSaved: true }];
    });
    const spec = canonicalJson(result.spec);
    const characters = [...spec].length; // an emoji is one in UTF-32
    expect(read).toMatchObject({
      ...Object.fromEntries(wanted),
      spec: { type: `<U${characters}`, shape: [], data: spec, isAsSaved: true },
      provenance: { shape: [], isAsSaved: true },
    });
    expect(Object.keys(read as object).length).toBe(wanted.length + 2);
  });

  test('that NumPy wrote is read', () => {
    const golden = readFileSync(new URL('golden/numpy.npz', import.meta.url));
    expect(decodeNpz(golden, 'numpy.npz')).toEqual({
      scalar: { type: 'float64', shape: [], data: Float64Array.of(-0.5) },
      line: { type: 'uint32', shape: [3], data: Uint32Array.of(0, 1, 0xffff_ffff) },
      table: {
        type: 'uint64',
        shape: [3, 2],
        data: BigUint64Array.of(1n, 2n, 3n, 2n ** 64n - 1n, 5n, 6n),
      },
      block: {
        type: 'float64',
        shape: [2, 3, 4],
        data: Float64Array.from({ length: 24 }, (_, i) => i / 8),
      },
      empty: { type: 'uint32', shape: [0, 5], data: new Uint32Array() },
      special: {
        type: 'float64',
        shape: [5],
        data: Float64Array.of(Number.NaN, Infinity, -Infinity, -0, 5e-324),
      },
      text: { type: 'text', data: 'η → 🦋' },
      padded: { type: 'text', data: 'ab' },
    });
  });
});

describe('an NPY array', () => {
  test('starts its data at a multiple of 64 and ends its header with a newline', () => {
    for (const shape of [[], [1], [1, 1], [1, 1, 1], Array(40).fill(1)]) {
      const bytes = encodeNpy({ type: 'float64', shape, data: Float64Array.of(1) });
      expect((bytes.length - 8) % 64).toBe(0);
      expect(bytes[bytes.length - 9]).toBe(0x0a);
    }
  });

  test('holds every NaN in the same bits, those that NumPy writes', () => {
    const bits = BigUint64Array.of(0xfff8000000000000n, 0x7ff8000000000001n, 0x3ff0000000000000n);
    const data = new Float64Array(bits.buffer); // two NaNs as processors make them, and 1
    const bytes = encodeNpy({ type: 'float64', shape: [3], data });
    expect(Buffer.from(bytes.subarray(-24)).toString('hex')).toBe(
      '000000000000f87f000000000000f87f000000000000f03f',
    );
  });

  test('is read from any place in memory', () => {
    const array = { type: 'float64', shape: [3], data: Float64Array.of(1, -2, 3.5) } as const;
    const bytes = encodeNpy(array);
    for (let shift = 0; shift < 9; shift++) {
      const memory = new Uint8Array(bytes.length + shift);
      memory.set(bytes, shift);
      expect(decodeNpy(memory.subarray(shift), 'a.npy')).toEqual(array);
    }
  });

  test('carries any text', () => {
    const text = fc.string({ unit: 'binary' }).filter((t) => !t.endsWith('\0')); // padding, to NumPy
    fc.assert(
      fc.property(text, (data) => {
        expect(decodeNpy(encodeNpy({ type: 'text', data }), 'a.npy')).toEqual({
          type: 'text',
          data,
        });
      }),
      { seed: 1 },
    );
  });

  test('must have as many elements as its shape', () => {
    const data = Uint32Array.of(1, 2, 3);
    expect(() => encodeNpy({ type: 'uint32', shape: [2, 2], data })).toThrow(/\[2, 2\].* 3 elem/);
  });
});

function rows(flat: readonly number[], width: number): number[][] {
  return Array.from({ length: flat.length / width }, (_, row) =>
    flat.slice(row * width, (row + 1) * width),
  );
}
