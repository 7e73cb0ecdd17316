import { zipSync } from 'fflate';
import type { Provenance, Result, ResultArray } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';
import { parseSpec } from '../spec/parse.ts';
import type { Spec } from '../spec/spec.ts';
import { decodeNpy, encodeNpy, type NpyArray } from './npy.ts';
import { parseProvenance, recipeOf } from './provenance.ts';
import { maxZipBytes, readZip } from './zip.ts';

/** Arrays by name, as they stood in the file. */
export type NpzArrays = Readonly<Record<string, NpyArray>>;

// 1920 x 1080 uint32, two cores shared: level 1 0.16 s, 427 kB; 3 0.13 s, 401 kB; 6 0.23 s, 375 kB
// (a bifurcation diagram); 1 0.34 s, 3.22 MB; 3 0.46 s, 3.16 MB; 6 0.74 s, 3.08 MB (noise).
const level = 3;
/** The clock is no part of a result. Noon: every time zone has had it on that day. */
const mtime = '1980-01-01T12:00:00';

/**
 * Writes a result as NPZ, for `numpy.load`: its arrays under their names, `spec` (the canonical
 * spec) and `provenance`, both JSON in 0-d unicode arrays. Equal results give equal bytes.
 *
 * @throws {RequestError} `not-whole` for a strip of a run; `too-large` if the arrays have 4 GiB or more,
 *   which a ZIP cannot hold.
 *
 * @example
 * ```py
 * result = numpy.load('result.npz')
 * result['density'].shape, json.loads(str(result['spec']))
 * ```
 */
export function encodeNpz(result: Result): Uint8Array<ArrayBuffer> {
  const { spec, provenance } = recipeOf(result);
  const all: Record<string, NpyArray> = {
    ...result.arrays,
    spec: { type: 'text', data: spec },
    provenance: { type: 'text', data: provenance },
  };
  // Headers, the directory, and deflate's growth of what it cannot shrink: 1 kB and 0.1 % are ample.
  const sizes = Object.values(all).map(({ type, data }) =>
    type === 'text' ? 4 * data.length : data.byteLength,
  );
  const bytes = sizes.reduce((sum, size) => sum + 1.001 * size + 1024, 0);
  if (bytes > maxZipBytes) {
    throw new RequestError({
      code: 'too-large',
      where: 'measures',
      what: 'the arrays of one NPZ file must stay below 4 GiB',
      got: `${(bytes / 2 ** 30).toFixed(1)} GiB`,
      cure: 'ask for fewer columns, bins or measures, or split the axis into several runs',
    });
  }
  const files = Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, array]) => [`${name}.npy`, encodeNpy(array)]);
  return zipSync(Object.fromEntries(files), { level, mtime });
}

/**
 * Reads the arrays of an NPZ file; entries that are no `.npy` are passed over.
 *
 * @param bytes the file, not trusted.
 * @param where names the file in errors; the entry at fault follows it.
 * @throws {RequestError} the codes of `readZip` and of `decodeNpy`.
 */
export function decodeNpz(bytes: Uint8Array, where: string): NpzArrays {
  const files = [...readZip(bytes, where)].filter(([name]) => name.endsWith('.npy'));
  return Object.fromEntries(
    files.map(([name, file]) => [name.slice(0, -4), decodeNpy(file, `${where}: ${name}`)]),
  );
}

/**
 * Restores the result that `encodeNpz` wrote. Its spec is validated as if a user had typed it.
 *
 * @param bytes the file, not trusted.
 * @param where names the file in errors.
 * @throws {RequestError} the codes of `decodeNpz`; `missing-array` if there is no `spec`,
 *   `provenance` or axis; `not-json`; `bad-provenance`; `bad-array` if the axes do not fit the spec;
 *   the codes of `parseSpec`.
 */
export function resultFromNpz(bytes: Uint8Array, where: string): Result {
  const all = decodeNpz(bytes, where);
  const spec = specOf(textOf(all, 'spec', where), `${where}: spec.npy`);
  const text = textOf(all, 'provenance', where);
  const provenance: Provenance = parseProvenance(text, `${where}: provenance.npy`);
  const arrays: Record<string, ResultArray> = {};
  for (const [name, array] of Object.entries(all)) {
    if (array.type !== 'text') arrays[name] = array;
  }
  spec.axes.forEach(({ count }, index) => {
    const axis = arrays[`axis${index}`];
    if (axis?.type === 'float64' && axis.shape.join() === String(count)) return;
    throw new RequestError({
      code: axis ? 'bad-array' : 'missing-array',
      where: `${where}: axis${index}.npy`,
      what: `expected float64 of shape [${count}]`,
      got: axis ? `${axis.type} of shape [${axis.shape.join(', ')}]` : 'no such array',
      cure: 'the file is not as etascope wrote it: run its spec again',
    });
  });
  return { spec, provenance, arrays };
}

function textOf(all: NpzArrays, name: string, where: string): string {
  const array = Object.hasOwn(all, name) ? all[name] : undefined;
  if (array?.type === 'text') return array.data;
  throw new RequestError({
    code: 'missing-array',
    where: `${where}: ${name}.npy`,
    what: 'expected a 0-d unicode array',
    got: array ? `${array.type} of shape [${array.shape.join(', ')}]` : 'no such array',
    cure: 'only files that etascope wrote can be opened',
  });
}

function specOf(text: string, where: string): Spec {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : 'cannot be parsed';
    throw new RequestError({ code: 'not-json', where, what });
  }
  try {
    return parseSpec(document);
  } catch (cause) {
    if (!(cause instanceof RequestError)) throw cause;
    throw new RequestError({ code: cause.code, where, what: cause.message });
  }
}
