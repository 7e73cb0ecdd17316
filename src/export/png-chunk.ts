import { RequestError } from '../spec/errors.ts';
import { crc32 } from './crc32.ts';

export interface Chunk {
  /** Four letters, e.g. `IHDR`. */
  readonly type: string;
  readonly data: Uint8Array;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Writes chunks as a PNG file: signature, then length, type, data and CRC of each.
 *
 * @see PNG specification, section 5
 */
export function writeChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const length = chunks.reduce((sum, { data }) => sum + data.length + 12, signature.length);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes.set(signature);
  let at = signature.length;
  for (const { type, data } of chunks) {
    const end = at + 8 + data.length;
    view.setUint32(at, data.length);
    bytes.set(latin1Bytes(type), at + 4);
    bytes.set(data, at + 8);
    view.setUint32(end, crc32(bytes.subarray(at + 4, end)));
    at = end + 4;
  }
  return bytes;
}

/**
 * Reads the chunks of a PNG file up to `IEND`; their data share memory with `bytes`.
 *
 * @param where names the file in errors.
 * @throws {RequestError} `not-a-png`; `truncated`; `damaged-chunk` if a CRC differs.
 */
export function readChunks(bytes: Uint8Array, where: string): readonly Chunk[] {
  if (signature.some((byte, index) => bytes[index] !== byte)) {
    throw new RequestError({ code: 'not-a-png', where, what: 'not a PNG file' });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let at = signature.length;
  while (chunks.at(-1)?.type !== 'IEND') {
    const end = at + 12 <= bytes.length ? at + 8 + view.getUint32(at) : Number.POSITIVE_INFINITY;
    if (end + 4 > bytes.length) {
      throw new RequestError({
        code: 'truncated',
        where,
        what: `ends after ${bytes.length} bytes, before its last chunk`,
        cure: 'copy the file again',
      });
    }
    const type = latin1Text(bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) {
      throw new RequestError({
        code: 'damaged-chunk',
        where: `${where}: ${JSON.stringify(type)}`,
        what: 'its checksum differs',
        cure: 'the file is damaged: copy it again',
      });
    }
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** One byte a character, code points 0 to 255. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The inverse of `latin1Bytes`; a TextDecoder's `latin1` is windows-1252, another code. */
export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
