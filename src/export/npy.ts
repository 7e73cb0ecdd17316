import type { ResultArray } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';

/** A result array, or a 0-d text. */
export type NpyArray = ResultArray | { readonly type: 'text'; readonly data: string };

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const descriptions = { uint32: '<u4', uint64: '<u8', float64: '<f8' } as const;

/**
 * Writes one array as NPY 1.0, byte for byte as `numpy.save` does: C order, little-endian, data at a
 * multiple of 64 bytes. A text becomes a 0-d array of `<U` (UTF-32).
 *
 * @throws {Error} if the shape does not hold as many elements as there are.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function encodeNpy(array: NpyArray): Uint8Array {
  if (array.type === 'text') {
    const points = Uint32Array.from(array.data, (character) => character.codePointAt(0) ?? 0);
    return npy(`<U${points.length}`, [], points);
  }
  const { type, shape, data } = array;
  if (shape.reduce((product, length) => product * length, 1) !== data.length) {
    throw new Error(`an array of shape [${shape.join(', ')}] cannot hold ${data.length} elements`);
  }
  const bytes = npy(descriptions[type], shape, data);
  if (type === 'float64') levelNans(bytes, data);
  return bytes;
}

const NAN = Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0x7f);

/**
 * Writes every NaN in the same bits: those of 0 / 0 depend on whether the code that divides has been
 * compiled yet, and equal results are to give equal files.
 */
function levelNans(bytes: Uint8Array, data: Float64Array): void {
  const start = bytes.length - data.byteLength;
  for (let index = 0; index < data.length; index++) {
    if (Number.isNaN(data[index])) bytes.set(NAN, start + NAN.length * index);
  }
}

// WebAssembly and WebGPU, and so every machine this runs on, are little-endian: bytes go as they are.
function npy(description: string, shape: readonly number[], data: ArrayBufferView): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dict = `{'descr': '${description}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const preamble = magic.length + 4;
  const start = Math.ceil((preamble + dict.length + 1) / 64) * 64;
  const header = `${dict.padEnd(start - preamble - 1)}\n`;
  const bytes = new Uint8Array(start + data.byteLength);
  bytes.set([...magic, 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), preamble);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return bytes;
}

/**
 * Reads an NPY file of uint32, uint64 or float64 in C order, or of one 0-d text.
 *
 * @param where names the file and entry in errors.
 * @returns an array that may share memory with `bytes`.
 * @throws {RequestError} `not-npy`; `truncated` if there is less or more data than the shape needs;
 *   `object-array` for pickled objects, which are never loaded; `fortran-order`;
 *   `unsupported-type`; `bad-text` if a text is no Unicode.
 */
export function decodeNpy(bytes: Uint8Array, where: string): NpyArray {
  const { description, isFortran, shape, start } = readHeader(bytes, where);
  const width = /^<U(\d{1,9})$/.exec(description)?.[1];
  if (width !== undefined && shape.length === 0) {
    return { type: 'text', data: readText(dataOf(bytes, start, 4 * Number(width), where), where) };
  }
  const type = elementTypes.find((candidate) => descriptions[candidate] === description);
  if (type === undefined) throw unsupported(description, shape, where);
  if (isFortran && shape.length > 1) {
    throw new RequestError({
      code: 'fortran-order',
      where,
      what: 'the array is in Fortran order',
      got: `shape [${shape.join(', ')}]`,
      cure: 'save numpy.ascontiguousarray(a) instead',
    });
  }
  const length = shape.reduce((product, side) => product * side, 1);
  const size = type === 'uint32' ? 4 : 8;
  const data = dataOf(bytes, start, size * length, where);
  // A typed array can look at memory in place only at a multiple of its element size.
  const aligned = data.byteOffset % size === 0 ? data : data.slice();
  const view = [aligned.buffer, aligned.byteOffset, length] as const;
  switch (type) {
    case 'uint32':
      return { type, shape, data: new Uint32Array(...view) };
    case 'uint64':
      return { type, shape, data: new BigUint64Array(...view) };
    case 'float64':
      return { type, shape, data: new Float64Array(...view) };
  }
}

const elementTypes = ['uint32', 'uint64', 'float64'] as const;

interface Header {
  readonly description: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  /** Byte at which the data begin. */
  readonly start: number;
}

function readHeader(bytes: Uint8Array, where: string): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  const preamble = version === 1 ? 10 : 12;
  const isNpy = magic.every((byte, index) => bytes[index] === byte);
  if (!isNpy || version < 1 || version > 3 || bytes.length < preamble) throw notNpy(where);
  const start = preamble + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (start > bytes.length) throw truncated(where, `${bytes.length} bytes`, `a header of ${start}`);

  // A Python dict, as numpy writes it; never evaluated.
  const header = new TextDecoder().decode(bytes.subarray(preamble, start));
  const description = /'descr': *(?:'([^']*)'|\[)/.exec(header);
  const order = /'fortran_order': *(True|False)/.exec(header)?.[1];
  const tuple = /'shape': *\(((?:\d{1,16}, *)*(?:\d{1,16})?)\)/.exec(header)?.[1];
  if (description === null || order === undefined || tuple === undefined) throw notNpy(where);
  return {
    description: description[1] ?? 'a structure',
    isFortran: order === 'True',
    shape: (tuple.match(/\d+/g) ?? []).map(Number),
    start,
  };
}

function dataOf(bytes: Uint8Array, start: number, size: number, where: string): Uint8Array {
  if (bytes.length - start !== size) {
    throw truncated(where, `${bytes.length - start} bytes of data`, `${size} for its shape`);
  }
  return bytes.subarray(start);
}

function readText(data: Uint8Array, where: string): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let text = '';
  for (let offset = 0; offset < data.length; offset += 4) {
    const point = view.getUint32(offset, true);
    if (point > 0x10ffff) {
      throw new RequestError({
        code: 'bad-text',
        where,
        what: `character ${offset / 4} is no Unicode`,
        got: `0x${point.toString(16)}`,
      });
    }
    text += String.fromCodePoint(point);
  }
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0) end -= 1; // numpy pads with zeros
  return text.slice(0, end);
}

function notNpy(where: string): RequestError {
  return new RequestError({
    code: 'not-npy',
    where,
    what: 'not an NPY array',
    cure: 'expected what numpy.save or etascope writes',
  });
}

function truncated(where: string, got: string, needed: string): RequestError {
  return new RequestError({
    code: 'truncated',
    where,
    what: `need ${needed}`,
    got,
    cure: 'the file is damaged: copy it again',
  });
}

function unsupported(description: string, shape: readonly number[], where: string): RequestError {
  if (description.endsWith('O')) {
    return new RequestError({
      code: 'object-array',
      where,
      what: 'holds pickled Python objects, which can run code and are never loaded',
      cure: 'save numbers or text',
    });
  }
  return new RequestError({
    code: 'unsupported-type',
    where,
    what: 'cannot read this type',
    got: `${description} of shape [${shape.join(', ')}]`,
    cure: 'need <u4, <u8, <f8, or a 0-d <U',
  });
}
