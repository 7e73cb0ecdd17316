import type { Engine, RunOptions } from '../engine/engine.ts';
import type { Provenance, Result } from '../engine/result.ts';
import { runStrips } from '../engine/run-strips.ts';
import { layRun } from '../measure/layout.ts';
import type { Spec } from '../spec/spec.ts';
import type { MapOptions } from './map.ts';
import { paintResult, planPicture } from './paint-result.ts';
import { encodePng, provenanceText } from './png.ts';
import { createStripPicture, type EncodedPicture, isOfStrips } from './strip-picture.ts';

/** Cells from which on a density is painted in bands: whole, each would take 25 bytes on the way. */
const LARGE = 2 ** 23;
/** Bytes of counts and records that are computed at once. */
const STRIP_BYTES = 2 ** 26;
/** Bytes that a counter takes on the way from an engine into an array, and a value of a record. */
const [COUNTER, VALUE] = [24, 16];

/** What a picture may take; no pixel depends on it. */
export interface PrintLimits {
  /** Cells from which on it is computed and painted piece by piece. */
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
  const text = provenanceText(result); // before a strip is painted, which is not the picture of its spec
  if (isLarge(result.spec, options, large)) {
    const picture = createStripPicture(result.spec, options);
    picture.take(result);
    return yield* picture.encode(result.provenance);
  }
  const painting = paintResult(result, options);
  const { width, height, bits, legend } = painting;
  return { width, height, bits, legend, bytes: encodePng(painting, text) };
}

/**
 * Computes the picture of a spec, and encodes it as PNG when the generator is asked to. Of a large density
 * strip after strip is computed, and of each no more is kept than its pixels need.
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
  if (!isLarge(spec, options, large)) {
    const result = await engine.run(spec, run);
    return withProvenance(encodePicture(result, options, { large }), result.provenance);
  }
  const picture = createStripPicture(spec, options);
  const { take } = picture;
  const places = placesAtOnce(spec, stripBytes);
  const provenance = await runStrips(engine, spec, { ...run, places, take });
  return withProvenance(picture.encode(provenance), provenance);
}

async function* withProvenance(
  encoding: AsyncGenerator<number, EncodedPicture>,
  provenance: Provenance,
): AsyncGenerator<number, Print> {
  return { ...(yield* encoding), provenance };
}

function isLarge(spec: Spec, options: MapOptions, large: number): boolean {
  if (!isOfStrips(spec, options)) return false;
  const { width, height } = planPicture(spec, { measure: options.measure }).size;
  return width * height >= large;
}

/** Places of the first axis that are computed at once: as many in every strip, as far as they come out even. */
function placesAtOnce(spec: Spec, bytes: number): number {
  const count = spec.axes[0]?.count ?? 1;
  const { row, record } = layRun(spec, 1);
  const each = COUNTER * row + VALUE * spec.ensemble.orbits * record.width;
  const strips = Math.ceil((count * each) / bytes);
  return Math.ceil(count / Math.min(count, strips));
}
