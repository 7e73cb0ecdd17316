import type { Result } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';
import type { Spec } from '../spec/spec.ts';
import { chooseHistogram } from './find-density.ts';
import { checkLook, type MapOptions, paintMap } from './map.ts';
import { choiceText, chooseMapArray } from './map-arrays.ts';
import { curveSize, type Painting, paintDensity } from './picture.ts';
import type { Size } from './resample.ts';

/** What a picture of a spec's result will show. */
export interface PicturePlan {
  /** The array. */
  readonly array: string;
  /** Pixels where no size is asked for. */
  readonly size: Size;
}

/**
 * What `paintResult` would paint of a result of this spec, asked before the run.
 *
 * @throws {RequestError} the codes of `chooseHistogram` and `no-range` or, over two axes, of
 *   `chooseMapArray` and `checkLook`.
 */
export function planPicture(spec: Spec, options: MapOptions = {}): PicturePlan {
  const [width, height] = spec.axes.map(({ count }) => count);
  if (width !== undefined && height !== undefined) {
    const choice = chooseMapArray(spec, options.measure);
    checkLook(choice, options);
    return { array: choiceText(choice), size: { width, height } };
  }
  const { name, bins, across } = chooseHistogram(spec, options.measure);
  if (options.range !== undefined) {
    throw new RequestError({
      code: 'no-range',
      where: 'range',
      what: 'the colours of a density go from 0 to its most visits',
      got: `[${options.range.join(', ')}]`,
      cure: 'choose a tone instead',
    });
  }
  const columns = width ?? across;
  return {
    array: name,
    size: columns === undefined ? curveSize(bins) : { width: columns, height: bins },
  };
}

/**
 * Paints a result: over two axes a map, else a density or escape times, and without an axis a joint density.
 *
 * @throws {RequestError} the codes of `planPicture`, and of `paintMap` or `paintDensity`.
 */
export function paintResult(result: Result, options: MapOptions = {}): Painting {
  planPicture(result.spec, options);
  return result.spec.axes.length === 2 ? paintMap(result, options) : paintDensity(result, options);
}
