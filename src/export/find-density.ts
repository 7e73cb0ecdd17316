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
  /** Cells; of a joint density those up. */
  readonly bins: number;
  /** Cells across of a joint density, which is a picture without an axis. */
  readonly across?: number;
}

/**
 * Finds the counts of a density, or of escape times, in a result or a strip of one, and makes sure they
 * can be drawn.
 *
 * @param measure its name; default: the first density of the spec or, without one, the escape times; without
 *   an axis, the first joint density before these.
 * @returns counts of shape [columns, bins] or, without an axis, [bins] or [across, bins]
 * @throws {RequestError} the codes of `chooseHistogram`; `bad-array`
 */
export function findDensity(
  { spec, arrays, strip }: Pick<Result, 'spec' | 'arrays' | 'strip'>,
  measure?: string,
): CountArray {
  const { name, bins, across } = chooseHistogram(spec, measure);
  const columns = spec.axes.map(({ count }) => (strip ? strip.to - strip.from : count));
  const wanted = `[${[...columns, ...(across ? [across] : []), bins].join(', ')}]`;
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
 * @throws {RequestError} `no-density`, `not-a-picture` (two axes, or a joint density over one)
 */
export function chooseHistogram(spec: Spec, measure?: string): Histogram {
  const histograms = histogramsOf(spec);
  const chosen =
    measure === undefined
      ? histograms[0]
      : histograms.find((one) => one.name === measure || one.measure === measure);
  if (chosen === undefined) throw noHistogram(spec, histograms, measure);
  const { axes } = spec;
  if (axes.length === 0 || (axes.length === 1 && !chosen.across)) return chosen;
  const cells = chosen.across ? [chosen.across, chosen.bins] : [chosen.bins];
  const shape = [...axes.map(({ count }) => count), ...cells];
  throw new RequestError({
    code: 'not-a-picture',
    where: 'axes',
    what: chosen.across
      ? 'a joint density is a picture at one point, and over an axis it has a dimension more'
      : 'a density over two axes has three dimensions, a picture has two',
    got: `${chosen.name} of shape [${shape.join(', ')}]`,
    cure: `fix ${chosen.across ? 'the axes at values' : 'one axis at a value'} and run again, or slice the array of the NPZ file`,
  });
}

/** In the order in which they are drawn, where none is asked for. */
function histogramsOf({ measures, axes }: Spec): readonly Histogram[] {
  const planes = requestsOf(measures, 'joint-density').map(
    ({ request: { name, bins } }): Histogram => ({
      name,
      measure: name,
      across: bins[0],
      bins: bins[1],
    }),
  );
  const lines = linesOf(measures);
  return axes.length === 0 ? [...planes, ...lines] : [...lines, ...planes];
}

function linesOf(measures: Spec['measures']): readonly Histogram[] {
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
