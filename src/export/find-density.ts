import type { Result, ResultArray } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';

/** Counts as an array of a result. */
export type CountArray = Exclude<ResultArray, { readonly type: 'float64' }>;

/**
 * Finds the counts of a density in a result and makes sure they can be drawn.
 *
 * @param measure its name; default: the first density of the spec
 * @returns counts of shape [columns, bins] or, without an axis, [bins]
 * @throws {RequestError} `no-density`, `not-a-picture` (two axes), `bad-array`
 */
export function findDensity({ spec, arrays }: Result, measure?: string): CountArray {
  const densities = spec.measures.filter((request) => request.measure === 'density');
  const names = densities.map(({ name }) => name);
  const density =
    measure === undefined ? densities[0] : densities.find(({ name }) => name === measure);
  if (density === undefined) {
    throw new RequestError({
      code: 'no-density',
      where: 'measure',
      what: names.length === 0 ? 'the spec asks for no density' : 'no density of that name',
      ...(measure === undefined ? {} : { got: JSON.stringify(measure) }),
      cure:
        names.length === 0
          ? 'add { "measure": "density", "of": …, "range": …, "bins": … } to its measures'
          : `choose one of ${names.join(', ')}`,
    });
  }
  const { name, bins } = density;
  const shape = [...spec.axes.map(({ count }) => count), bins];
  const wanted = `[${shape.join(', ')}]`;
  if (shape.length > 2) {
    throw new RequestError({
      code: 'not-a-picture',
      where: 'axes',
      what: 'a density over two axes has three dimensions, a picture has two',
      got: `${name} of shape ${wanted}`,
      cure: 'fix one axis at a value and run again, or slice the array of the NPZ file',
    });
  }
  const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
  if (array === undefined || array.type === 'float64' || `[${array.shape.join(', ')}]` !== wanted) {
    throw new RequestError({
      code: 'bad-array',
      where: name,
      what: `expected counts of shape ${wanted}`,
      got: array ? `${array.type} of shape [${array.shape.join(', ')}]` : 'no such array',
      cure: 'the arrays do not belong to the spec: run it again',
    });
  }
  return array;
}
