import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { encodeNpy } from '../../src/export/npy.ts';
import { encodeNpz, resultFromNpz } from '../../src/export/npz.ts';
import { RequestError } from '../../src/spec/errors.ts';
import { bins, columns, smallResult } from './small-result.ts';

const file = encodeNpz(smallResult());
const text = (data: string) => encodeNpy({ type: 'text', data });

/** The file with some entries replaced, or left out. */
function rezip(changes: Record<string, Uint8Array | undefined>): Uint8Array {
  const entries = Object.entries({ ...unzipSync(file), ...changes });
  return zipSync(
    Object.fromEntries(entries.flatMap(([name, bytes]) => (bytes ? [[name, bytes] as const] : []))),
  );
}

/** The file with bytes written at an offset from the directory entry of `name`. */
function patchEntry(name: string, offset: number, bytes: readonly number[]): Uint8Array {
  const latin1 = Buffer.from(file).toString('latin1');
  const changed = file.slice();
  changed.set(bytes, latin1.lastIndexOf(name) - 46 + offset);
  return changed;
}

/** The file with bytes written at an offset from the end record. */
function patchEnd(offset: number, bytes: readonly number[]): Uint8Array {
  const changed = file.slice();
  changed.set(bytes, file.length - 22 + offset);
  return changed;
}

/** The density with its header text changed, as long as before. */
function withHeader(from: string, to: string): Uint8Array {
  const npy = Buffer.from(unzipSync(file)['density.npy'] ?? []).toString('latin1');
  if (!npy.includes(from)) throw new Error(`no ${from} in the header`);
  return rezip({ 'density.npy': Buffer.from(npy.replace(from, to), 'latin1') });
}

/** The file with the first byte of the packed data of `name` inverted. */
function flipPacked(name: string): Uint8Array {
  const changed = file.slice();
  const at = Buffer.from(file).toString('latin1').indexOf(name) + name.length;
  changed[at + 20] = ~(changed[at + 20] ?? 0);
  return changed;
}

const density = unzipSync(file)['density.npy'] ?? new Uint8Array();
const spec = smallResult().spec;
const numbers = encodeNpy({ type: 'uint32', shape: [1], data: Uint32Array.of(1) });
const surrogate = text('x');
surrogate.set([0, 0, 0x11, 0], surrogate.length - 4); // U+110000

// A second entry of the same name: the directory says twice where `axis0.npy` is.
const twice = rezip({ 'bxis0.npy': numbers });
twice.set(Buffer.from('axis0.npy'), Buffer.from(twice).lastIndexOf('bxis0.npy'));

test.each<[string, Uint8Array, string, string]>([
  ['an empty file', new Uint8Array(), 'not-a-zip', 'r.npz'],
  ['a text', Buffer.from('{"etascope": 1}'.repeat(9)), 'not-a-zip', 'r.npz'],
  ['half a file', file.slice(0, file.length / 2), 'truncated', 'r.npz'],
  ['a file without its last byte', file.slice(0, -1), 'truncated', 'r.npz'],
  ['a directory that is elsewhere', patchEnd(16, [7, 0, 0, 0]), 'truncated', 'r.npz'],
  ['ZIP64', patchEnd(10, [255, 255]), 'unsupported-zip', 'r.npz'],
  ['changed data', flipPacked('density.npy'), 'damaged-entry', 'r.npz: density.npy'],
  [
    'a wrong checksum',
    patchEntry('spec.npy', 16, [1, 2, 3, 4]),
    'damaged-entry',
    'r.npz: spec.npy',
  ],
  ['a size too small', patchEntry('spec.npy', 24, [128, 1]), 'damaged-entry', 'r.npz: spec.npy'],
  ['a bomb', patchEntry('axis0.npy', 24, [0, 0, 0, 0x70]), 'damaged-entry', 'r.npz: axis0.npy'],
  ['more than 4 GiB', patchEntry('axis0.npy', 24, [255, 255, 255, 255]), 'too-large', 'r.npz'],
  ['encryption', patchEntry('spec.npy', 8, [1]), 'unsupported-zip', 'r.npz: spec.npy'],
  ['bzip2', patchEntry('spec.npy', 10, [12]), 'unsupported-zip', 'r.npz: spec.npy'],
  [
    'an entry past the end',
    patchEntry('spec.npy', 42, [0, 0, 0, 9]),
    'truncated',
    'r.npz: spec.npy',
  ],
  ['an entry elsewhere', patchEntry('spec.npy', 42, [1]), 'damaged-entry', 'r.npz: spec.npy'],
  ['an entry twice', twice, 'duplicate-entry', 'r.npz: axis0.npy'],
  ['no NPY', rezip({ 'density.npy': Buffer.from('PNG') }), 'not-npy', 'r.npz: density.npy'],
  ['no header', withHeader("{'descr'", "{'order'"), 'not-npy', 'r.npz: density.npy'],
  ['a negative shape', withHeader(`(${columns}, `, `(-2, `), 'not-npy', 'r.npz: density.npy'],
  ['pickled objects', withHeader("'<u4'", "'|O' "), 'object-array', 'r.npz: density.npy'],
  ['float32', withHeader("'<u4'", "'<f4'"), 'unsupported-type', 'r.npz: density.npy'],
  ['big endian', withHeader("'<u4'", "'>u4'"), 'unsupported-type', 'r.npz: density.npy'],
  ['a structure', withHeader("'<u4'", '[(2)]'), 'unsupported-type', 'r.npz: density.npy'],
  ['Fortran order', withHeader('False', 'True '), 'fortran-order', 'r.npz: density.npy'],
  ['a bigger shape', withHeader(`, ${bins})`, ', 99)'), 'truncated', 'r.npz: density.npy'],
  [
    'an array cut short',
    rezip({ 'density.npy': density.slice(0, -4) }),
    'truncated',
    'r.npz: density.npy',
  ],
  [
    'a cut header',
    rezip({ 'density.npy': density.slice(0, 99) }),
    'truncated',
    'r.npz: density.npy',
  ],
  ['no Unicode', rezip({ 'spec.npy': surrogate }), 'bad-text', 'r.npz: spec.npy'],
  ['no spec', rezip({ 'spec.npy': undefined }), 'missing-array', 'r.npz: spec.npy'],
  ['a spec of numbers', rezip({ 'spec.npy': numbers }), 'missing-array', 'r.npz: spec.npy'],
  ['a spec that is no JSON', rezip({ 'spec.npy': text('{"eta') }), 'not-json', 'r.npz: spec.npy'],
  [
    'a spec that is none',
    rezip({ 'spec.npy': text(JSON.stringify({ ...spec, steps: 7 })) }),
    'wrong-type',
    'r.npz: spec.npy',
  ],
  [
    'no provenance',
    rezip({ 'provenance.npy': undefined }),
    'missing-array',
    'r.npz: provenance.npy',
  ],
  [
    'a wrong provenance',
    rezip({ 'provenance.npy': text('{"etascope":"0.1.0","engine":"gpu"}') }),
    'bad-provenance',
    'r.npz: provenance.npy',
  ],
  [
    'a provenance that is no JSON',
    rezip({ 'provenance.npy': text('?') }),
    'bad-provenance',
    'r.npz: provenance.npy',
  ],
  ['no axis', rezip({ 'axis0.npy': undefined }), 'missing-array', 'r.npz: axis0.npy'],
  ['a short axis', rezip({ 'axis0.npy': numbers }), 'bad-array', 'r.npz: axis0.npy'],
])('%s is refused', (_, bytes, code, where) => {
  const reading = () => resultFromNpz(bytes, 'r.npz');
  expect(reading).toThrow(RequestError);
  expect(reading).toThrow(expect.objectContaining({ code, where }));
});

test('an entry that holds more than it says is refused, even with the right checksum', () => {
  const start = unzipSync(file)['spec.npy']?.subarray(0, 256) ?? new Uint8Array();
  const bytes = patchEntry('spec.npy', 24, [0, 1, 0, 0]);
  const crc = Buffer.alloc(4);
  crc.writeUint32LE(crc32(start));
  bytes.set(crc, Buffer.from(bytes).lastIndexOf('spec.npy') - 46 + 16);
  expect(() => resultFromNpz(bytes, 'r.npz')).toThrow(
    expect.objectContaining({ code: 'damaged-entry', where: 'r.npz: spec.npy' }),
  );
});

test('a bomb is refused by its ratio, before memory is taken', () => {
  const bomb = patchEntry('axis0.npy', 24, [0, 0, 0, 0x70]);
  expect(() => resultFromNpz(bomb, 'r.npz')).toThrow(/no packing can be that tight/);
});

test('every file cut short is refused', () => {
  for (let length = 0; length < file.length; length++) {
    expect(() => resultFromNpz(file.slice(0, length), 'r.npz')).toThrow(RequestError);
  }
});

test('one changed byte is noticed, or changes nothing', () => {
  const result = smallResult();
  const change = fc.record({
    at: fc.integer({ min: 0, max: file.length - 1 }),
    by: fc.integer({ min: 1, max: 255 }),
  });
  fc.assert(
    fc.property(change, ({ at, by }) => {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ by;
      try {
        // A name in the directory may change: then an optional array is read under another one.
        const { arrays, ...rest } = resultFromNpz(changed, 'r.npz');
        const { arrays: wanted, ...wantedRest } = result;
        expect(rest).toEqual(wantedRest);
        const known = Object.values(wanted);
        for (const array of Object.values(arrays)) expect(known).toContainEqual(array);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
      }
    }),
    { seed: 1, numRuns: 2000 },
  );
});
