import { Zlib } from 'fflate';
import type { Result } from '../../engine/result.ts';
import { colormap } from '../../export/colormaps.ts';
import { findDensity } from '../../export/find-density.ts';
import type { MapOptions } from '../../export/map.ts';
import { paintResult } from '../../export/paint-result.ts';
import { defaultMap, defaultTone } from '../../export/picture.ts';
import { encodePng, provenanceText } from '../../export/png.ts';
import { type Chunk, writeChunks } from '../../export/png-chunk.ts';
import { textChunk } from '../../export/png-text.ts';
import { toneCurve } from '../../export/tone.ts';

/** Cells from which on a density is painted in bands: whole, each would take 25 bytes on the way. */
const LARGE = 2 ** 23;
/** Rows of a band: as many bins of a column lie beside one another. */
const BAND = 64;
const ENTRIES = 256; // of a colormap
const LEVEL = 6;

/**
 * A picture of a result as PNG, of the very pixels that `paintResult` gives; a large density is
 * painted and packed in bands, so that beside its counts hardly more than the file is held.
 *
 * @param onShare told the share of bands that are done.
 * @throws {RequestError} the codes of `paintResult`.
 */
export function pngBytes(
  result: Result,
  options: MapOptions,
  onShare: (share: number) => void,
  large = LARGE,
): Uint8Array<ArrayBuffer> {
  const { width, height } = options.size ?? {};
  const density = result.spec.axes.length === 1 ? findDensity(result, options.measure) : undefined;
  const [columns = 0, bins = 0] = density?.shape ?? [];
  const isOwn = width === columns && height === bins;
  if (!density || !isOwn || columns * bins < large) {
    return owned(encodePng(paintResult(result, options), provenanceText(result)));
  }
  const { data } = density;
  const counts = data instanceof BigUint64Array || data instanceof Uint32Array ? data : undefined;
  if (!counts) throw new TypeError('a density holds whole counts');
  const { colours, isGrey } = colormap(options.map ?? defaultMap);
  const shade = toneCurve(counts, options.tone ?? defaultTone);

  const packed: Uint8Array[] = [];
  const zlib = new Zlib({ level: LEVEL }, (part) => packed.push(part));
  const line = columns + 1; // a row, after its filter
  for (let top = 0; top < bins; top += BAND) {
    const rows = Math.min(BAND, bins - top);
    const band = new Uint8Array(rows * line);
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) {
        const count = counts[column * bins + (bins - 1 - top - row)] ?? 0;
        const entry = Math.round((ENTRIES - 1) * shade(Number(count)));
        band[row * line + column + 1] = isGrey ? (colours[3 * entry] ?? 0) : entry;
      }
    }
    zlib.push(band, top + rows === bins);
    onShare((top + rows) / bins);
  }

  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, columns);
  header.setUint32(4, bins);
  header.setUint8(8, 8); // bits
  header.setUint8(9, isGrey ? 0 : 3); // grey, or entries of a palette
  const texts = Object.entries(provenanceText(result));
  const chunks: readonly Chunk[] = [
    { type: 'IHDR', data: new Uint8Array(header.buffer) },
    { type: 'sRGB', data: Uint8Array.of(0) },
    ...texts.map(([keyword, value]) => textChunk(keyword, value)),
    ...(isGrey ? [] : [{ type: 'PLTE', data: colours }]),
    ...packed.filter(({ length }) => length > 0).map((data) => ({ type: 'IDAT', data })),
    { type: 'IEND', data: new Uint8Array() },
  ];
  return owned(writeChunks(chunks));
}

/** The encoders never give shared memory. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
