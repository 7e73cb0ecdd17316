import type { Engine, RunOptions } from '../engine/engine.ts';
import type { Provenance, Result } from '../engine/result.ts';
import { runStrips } from '../engine/run-strips.ts';
import { layRun } from '../measure/layout.ts';
import { columnCount } from '../spec/columns.ts';
import type { Spec } from '../spec/spec.ts';
import { type EncodedPicture, encodePainting } from './encoded-picture.ts';
import type { MapOptions } from './map.ts';
import { paintResult, planPicture } from './paint-result.ts';
import { provenanceText } from './png.ts';
import { createStripPicture } from './strip-picture.ts';

/** Pixels from which on a density is painted in bands: whole, each would take 25 bytes on the way. */
const LARGE = 2 ** 23;
/** Bytes of counts and records that are computed at once. */
const STRIP_BYTES = 2 ** 26;
/** Bytes that a counter takes on the way from an engine into an array, and a value of a record. */
const [COUNTER, VALUE] = [24, 16];

/** What a picture may take; no pixel depends on it. */
export interface PrintLimits {
  /** Pixels from which on a density is painted in bands. */
  readonly large?: number;
  /** Bytes of the counts and records that are there at once. */
  readonly stripBytes?: number;
}

/** A picture that was computed for its own sake. */
export interface Print extends EncodedPicture {
  readonly provenance: Provenance;
}

/**
 * Encodes the picture of a result as PNG, with its spec inside. A large density is painted and packed in
 * bands, so that beside its counts hardly more than the file is held.
 *
 * @returns the picture; until then the share that is done.
 * @throws {RequestError} the codes of `provenanceText` and of `paintResult`.
 */
export async function* encodePicture(
  result: Result,
  options: MapOptions,
  { large = LARGE }: PrintLimits = {},
): AsyncGenerator<number, EncodedPicture> {
  const { spec, provenance } = result;
  const text = provenanceText(result); // before a strip is painted, which is not the picture of its spec
  if (!isLarge(spec, options, large)) return encodePainting(paintResult(result, options), text);
  const picture = createStripPicture(spec, options, true);
  picture.take(result);
  return yield* picture.encode(provenance);
}

/**
 * Computes the picture of a spec, and encodes it as PNG when the generator is asked to. Where the whole
 * result would be large, strip after strip is computed, and of each no more is kept than its pixels need.
 *
 * @throws {RequestError} the codes of `paintResult`; what the engine throws.
 */
export async function printPicture(
  engine: Engine,
  spec: Spec,
  options: MapOptions,
  run: Pick<RunOptions, 'signal' | 'onProgress'>,
  { large = LARGE, stripBytes = STRIP_BYTES }: PrintLimits = {},
): Promise<AsyncGenerator<number, Print>> {
  planPicture(spec, options);
  const places = placesAtOnce(spec, stripBytes);
  const isBanded = isLarge(spec, options, large);
  // Without an axis there is one place, however many its orbits are.
  if (spec.axes.length === 0 || (places >= (spec.axes[0]?.count ?? 1) && !isBanded)) {
    const result = await engine.run(spec, run);
    return withProvenance(encodePicture(result, options, { large }), result.provenance);
  }
  const picture = createStripPicture(spec, options, isBanded);
  const { take } = picture;
  const provenance = await runStrips(engine, spec, { ...run, places, take });
  return withProvenance(picture.encode(provenance), provenance);
}

async function* withProvenance(
  encoding: AsyncGenerator<number, EncodedPicture>,
  provenance: Provenance,
): AsyncGenerator<number, Print> {
  return { ...(yield* encoding), provenance };
}

/** Whether it is a density over one axis with so many pixels: a map has no more cells than can be held. */
function isLarge(spec: Spec, { measure, size }: MapOptions, large: number): boolean {
  if (spec.axes.length !== 1) return false;
  const { width, height } = size ?? planPicture(spec, { measure }).size;
  return width * height >= large;
}

/** Places of the first axis that are computed at once: as many in every strip, as far as they come out even. */
function placesAtOnce(spec: Spec, bytes: number): number {
  const count = spec.axes[0]?.count ?? 1;
  const { row, record } = layRun(spec, 1);
  const column = COUNTER * row + VALUE * spec.ensemble.orbits * record.width;
  const strips = Math.ceil((columnCount(spec) * column) / bytes);
  return Math.ceil(count / Math.min(count, strips));
}
