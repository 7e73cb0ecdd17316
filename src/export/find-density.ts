import type { Result, ResultArray } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';
import { requestsOf } from '../spec/measures/registry.ts';
import type { Spec } from '../spec/spec.ts';

/** Counts as an array of a result. */
export type CountArray = Exclude<ResultArray, { readonly type: 'float64' }>;

/** Counts over cells that lie in order: a density, or the histogram of escape times. */
export interface Histogram {
  /** Name of its array. */
  readonly name: string;
  /** Name of its measure. */
  readonly measure: string;
  readonly bins: number;
}

/**
 * Finds the counts of a density, or of escape times, in a result and makes sure they can be drawn.
 *
 * @param measure its name; default: the first density of the spec or, without one, the escape times.
 * @returns counts of shape [columns, bins] or, without an axis, [bins]
 * @throws {RequestError} the codes of `chooseHistogram`; `bad-array`
 */
export function findDensity({ spec, arrays }: Result, measure?: string): CountArray {
  const { name, bins } = chooseHistogram(spec, measure);
  const wanted = `[${[...spec.axes.map(({ count }) => count), bins].join(', ')}]`;
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

/**
 * Chooses the histogram of a spec that can be drawn.
 *
 * @param measure name of a measure or its histogram; default as of `findDensity`.
 * @throws {RequestError} `no-density`, `not-a-picture` (two axes)
 */
export function chooseHistogram(spec: Spec, measure?: string): Histogram {
  const histograms = histogramsOf(spec);
  const chosen =
    measure === undefined
      ? histograms[0]
      : histograms.find((one) => one.name === measure || one.measure === measure);
  if (chosen === undefined) throw noHistogram(spec, histograms, measure);
  if (spec.axes.length < 2) return chosen;
  const shape = [...spec.axes.map(({ count }) => count), chosen.bins];
  throw new RequestError({
    code: 'not-a-picture',
    where: 'axes',
    what: 'a density over two axes has three dimensions, a picture has two',
    got: `${chosen.name} of shape [${shape.join(', ')}]`,
    cure: 'fix one axis at a value and run again, or slice the array of the NPZ file',
  });
}

function histogramsOf({ measures }: Spec): readonly Histogram[] {
  return [
    ...requestsOf(measures, 'density').map(({ request: { name, bins } }) => ({
      name,
      measure: name,
      bins,
    })),
    ...requestsOf(measures, 'escape').map(({ request: { name, bins } }) => ({
      name: `${name}_histogram`,
      measure: name,
      bins,
    })),
  ];
}

function noHistogram(spec: Spec, known: readonly Histogram[], measure?: string): RequestError {
  const isThere = spec.measures.some(({ name }) => name === measure);
  const axis = spec.axes.length === 0 ? 'without an axis' : 'over one axis';
  return new RequestError({
    code: 'no-density',
    where: 'measure',
    what:
      measure === undefined
        ? `the spec asks for no density and no escape times, which can be drawn ${axis}`
        : isThere
          ? `a density or escape times can be drawn ${axis}, other measures over two`
          : 'no density or escape of that name',
    ...(measure === undefined ? {} : { got: JSON.stringify(measure) }),
    cure:
      known.length > 0
        ? `choose one of ${known.map(({ name }) => name).join(', ')}`
        : 'add { "measure": "density", "of": …, "range": …, "bins": … } to its measures, give it a second axis, or draw the NPZ file with etascope plot',
  });
}
