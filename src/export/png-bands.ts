import { writeChunks } from './png-chunk.ts';
import { headChunks, type PixelFormat } from './png-head.ts';

/** A PNG file that is written band by band, so that its pixels need not be there at once. */
export interface PngBands {
  /** Adds rows: the bytes of their pixels, as PNG has them. */
  push(pixels: Uint8Array): Promise<void>;
  /** The file, once all rows are there. */
  finish(): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Begins a PNG file. Equal pictures give equal files in the same browser or version of Node, whose own
 * deflate packs them: that of fflate, fed piece by piece, writes streams that no decoder reads (0.8.3).
 *
 * @param text keyword to text, as of `encodePng`.
 * @throws {Error} if a keyword or text cannot stand in a PNG.
 */
export function createPngBands(
  format: PixelFormat,
  text: Readonly<Record<string, string>>,
): PngBands {
  const head = headChunks(format, text);
  const deflate = new CompressionStream('deflate');
  const writer = deflate.writable.getWriter();
  const packing = gather(deflate.readable);
  packing.catch(() => {}); // whoever writes is told
  const length = (format.width * format.bits * (format.colour === 'rgb' ? 3 : 1)) / 8;
  return {
    async push(pixels) {
      const rows = pixels.length / length;
      const lines = new Uint8Array(rows * (length + 1)); // filter type 0 (none) before each row
      for (let row = 0; row < rows; row++) {
        lines.set(pixels.subarray(row * length, (row + 1) * length), row * (length + 1) + 1);
      }
      await writer.write(lines);
    },
    async finish() {
      await writer.close();
      const packed = await packing;
      return writeChunks([
        ...head,
        ...packed.map((data) => ({ type: 'IDAT', data })),
        { type: 'IEND', data: new Uint8Array() },
      ]);
    },
  };
}

/** Bytes of one chunk of pixels. */
const CHUNK = 2 ** 20;

/** All that comes out of a stream, in pieces of about a megabyte. */
async function gather(stream: ReadableStream<Uint8Array>): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  const room = new Uint8Array(CHUNK);
  let filled = 0;
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    let rest = read.value;
    while (rest.length > 0) {
      const part = rest.subarray(0, CHUNK - filled);
      room.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
      if (filled < CHUNK) continue;
      pieces.push(room.slice());
      filled = 0;
    }
  }
  return [...pieces, room.slice(0, filled)];
}
