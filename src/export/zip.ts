import { inflateSync } from 'fflate';
import { RequestError } from '../spec/errors.ts';
import { crc32 } from './crc32.ts';

// fflate's own reader checks no CRC, allocates what the file claims, and names no entry in errors.

/** Deflate cannot shrink data by more than this; a file that claims it did is a bomb. */
const maxRatio = 1032;
/** Bytes one archive may unpack to: what the 32-bit sizes of a plain ZIP can say. */
export const maxZipBytes = 2 ** 32 - 1;

/**
 * Unpacks a ZIP archive without ZIP64 or encryption: names to contents, in the archive's order.
 *
 * The file is not trusted: bounds, sizes and checksums are tested, and no more memory is taken than
 * its length allows for.
 *
 * @param where names the file in errors; `: ENTRY` is added where one is at fault.
 * @throws {RequestError} `not-a-zip`; `truncated`; `unsupported-zip` (ZIP64, encryption, other
 *   methods than stored and deflate); `damaged-entry`; `duplicate-entry`; `too-large`.
 * @see PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end)
 */
export function readZip(bytes: Uint8Array, where: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const entries = readDirectory(bytes, where);
  if (entries.reduce((sum, { size }) => sum + size, 0) > maxZipBytes) {
    throw new RequestError({
      code: 'too-large',
      where,
      what: `unpacks to more than ${maxZipBytes} bytes`,
      cure: 'read it with numpy',
    });
  }
  for (const entry of entries) {
    if (files.has(entry.name)) {
      throw new RequestError({
        code: 'duplicate-entry',
        where: `${where}: ${entry.name}`,
        what: 'stands in the archive twice',
      });
    }
    files.set(entry.name, unpack(bytes, entry, `${where}: ${entry.name}`));
  }
  return files;
}

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Byte at which its local header begins. */
  readonly offset: number;
}

function readDirectory(bytes: Uint8Array, where: string): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view, where);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffff_ffff) throw unsupported(where, 'ZIP64');
  const entries: Entry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw truncated(where);
    const nameStart = at + 46;
    const nameEnd = nameStart + view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(nameStart, nameEnd)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The end record is the last 22 bytes, or up to 65535 bytes earlier where a comment follows. */
function findEnd(view: DataView, where: string): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65557); at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  const isCut = view.byteLength >= 4 && view.getUint32(0, true) === 0x04034b50;
  if (isCut) throw truncated(where);
  throw new RequestError({
    code: 'not-a-zip',
    where,
    what: 'not a ZIP archive, so not an NPZ file',
    cure: 'expected what etascope run --out writes',
  });
}

function unpack(bytes: Uint8Array, entry: Entry, where: string): Uint8Array {
  const { flags, method, crc, packedSize, size, offset } = entry;
  if (flags & 1) throw unsupported(where, 'encryption');
  if (method !== 0 && method !== 8) throw unsupported(where, `compression method ${method}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + 30 > bytes.length) throw truncated(where);
  if (view.getUint32(offset, true) !== 0x04034b50) throw damaged(where, 'its header is not there');
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packedSize > bytes.length) throw truncated(where);
  const packed = bytes.subarray(start, start + packedSize);
  if (size > maxRatio * packedSize) throw damaged(where, 'no packing can be that tight');
  const contents = method === 0 ? packed.slice() : inflate(packed, size, where);
  if (contents.length !== size) throw damaged(where, `unpacks to another size than ${size}`);
  if (crc32(contents) !== crc) throw damaged(where, 'its checksum differs');
  return contents;
}

function inflate(packed: Uint8Array, size: number, where: string): Uint8Array {
  try {
    // One byte more than promised, so that an entry that holds too much shows.
    return inflateSync(packed, { out: new Uint8Array(size + 1) });
  } catch (cause) {
    // fflate throws Errors with a message for bad data, the engine a RangeError for lack of memory.
    throw damaged(where, cause instanceof Error ? cause.message : 'it cannot be unpacked');
  }
}

function damaged(where: string, what: string): RequestError {
  return new RequestError({
    code: 'damaged-entry',
    where,
    what,
    cure: 'the file is damaged: copy it again',
  });
}

function truncated(where: string): RequestError {
  return new RequestError({
    code: 'truncated',
    where,
    what: 'the archive ends too early, or its directory is damaged',
    cure: 'copy the file again',
  });
}

function unsupported(where: string, got: string): RequestError {
  return new RequestError({
    code: 'unsupported-zip',
    where,
    what: 'cannot read this kind of ZIP',
    got,
    cure: 'load and save it with numpy.savez_compressed',
  });
}
