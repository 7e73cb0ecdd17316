import { regimes } from '../measure/regime.ts';
import { RequestError } from '../spec/errors.ts';
import { wordCure } from '../spec/nearest-word.ts';
import type { MeasureRequest, Spec } from '../spec/spec.ts';

/**
 * What the values of an array are, which says how they are painted:
 * - `exponent`: on either side of 0, which stands in the middle of the colours
 * - `real`: the same where both signs occur
 * - `amount`: from 0 on
 * - `magnitude`: over powers of ten
 * - `period`: the same, and no value between two cells has a meaning
 * - `regime`: names by number, in colours of their own
 */
export type Kind = 'exponent' | 'real' | 'amount' | 'magnitude' | 'period' | 'regime';

/** An array over two axes that can be painted. */
export interface MapArray {
  readonly name: string;
  readonly kind: Kind;
  /** Lengths of the dimensions beyond the axes. */
  readonly rest: readonly number[];
  /** Whether a place in `rest` has to be named, because none comes before the others. */
  readonly hasNoFirst?: true;
}

/** An array with the place in its further dimensions that is painted, as `lyapunov[1]` says. */
export interface MapChoice {
  readonly array: MapArray;
  readonly place: readonly number[];
}

/** All arrays of a spec with two axes that can be painted, those of each measure in order. */
export function mapArrays(spec: Spec): readonly MapArray[] {
  return [
    ...spec.measures.flatMap((request) => arraysOf(request, spec)),
    { name: 'diverged', kind: 'amount', rest: [] },
    { name: 'distinct', kind: 'magnitude', rest: [] },
  ];
}

function arraysOf(request: MeasureRequest, { ensemble, objective }: Spec): readonly MapArray[] {
  const { name } = request;
  const { orbits } = ensemble;
  const array = (suffix: string, kind: Kind, ...rest: number[]): MapArray => ({
    name: `${name}${suffix}`,
    kind,
    rest,
  });
  switch (request.measure) {
    case 'density':
      return [
        { ...array('', 'amount', request.bins), hasNoFirst: true },
        { ...array('_outside', 'amount', 2), hasNoFirst: true },
        array('_lost', 'amount'),
      ];
    case 'joint-density':
      return [
        { ...array('', 'amount', ...request.bins), hasNoFirst: true },
        array('_outside', 'amount'),
        array('_lost', 'amount'),
      ];
    case 'moments':
      return [
        ...['mean', 'variance', 'skewness', 'kurtosis'].flatMap((moment) => [
          array(`_${moment}`, moment === 'variance' ? 'magnitude' : 'real'),
          array(`_${moment}_stderr`, 'magnitude'),
        ]),
        array('_count', 'amount'),
      ];
    case 'lyapunov':
      return [
        array('', 'exponent', request.exponents),
        array('_stderr', 'magnitude', request.exponents),
      ];
    case 'period':
      return [array('', 'period', orbits)];
    case 'escape':
      return [
        array('_mean', 'magnitude'),
        array('_stderr', 'magnitude'),
        array('_count', 'amount'),
        array('_censored', 'amount'),
        { ...array('_histogram', 'amount', request.bins), hasNoFirst: true },
        ...(request.times ? [array('_times', 'magnitude', orbits)] : []),
      ];
    case 'final':
      return [array('', 'real', orbits, objective.variables.length)];
    case 'regime':
      return [
        array('', 'regime'),
        array('_period', 'period'),
        { ...array('_orbits', 'amount', regimes.length), hasNoFirst: true },
      ];
  }
}

/**
 * Chooses what to paint of a spec with two axes.
 *
 * @param text an array, a measure (its first array), or either with a place in its further dimensions,
 *   such as `lyapunov[1]` or `final[3,0]`; a place left out is the first. Default: the first measure
 *   that is no density of any kind.
 * @throws {RequestError} `unknown-array`, with all names; `bad-place`; `not-a-picture` for a density
 *   without a place.
 */
export function chooseMapArray(spec: Spec, text?: string): MapChoice {
  const [, name = '', inside] = /^(.*?)(?:\[([\d, ]*)\])?$/s.exec(text ?? defaultName(spec)) ?? [];
  const arrays = mapArrays(spec);
  const [first] = spec.measures.flatMap((request) =>
    request.name === name ? arraysOf(request, spec) : [],
  );
  const array = arrays.find((candidate) => candidate.name === name) ?? first;
  if (!array) {
    throw new RequestError({
      code: 'unknown-array',
      where: 'measure',
      what: 'no such measure or array that could be painted over two axes',
      got: JSON.stringify(name),
      cure: wordCure(
        name,
        arrays.map((candidate) => candidate.name),
      ),
    });
  }
  const given = inside === undefined ? [] : inside.split(',').map(Number);
  if (given.length === 0 && array.hasNoFirst) throw lacksPlace(array);
  const place = array.rest.map((_, dimension) => given[dimension] ?? 0);
  const fits = place.every((index, dimension) => index < (array.rest[dimension] ?? 0));
  if (given.length <= array.rest.length && fits) return { array, place };
  throw new RequestError({
    code: 'bad-place',
    where: 'measure',
    what: `${array.name} has ${array.rest.length === 0 ? 'no dimension' : `[${array.rest.join(', ')}]`} beyond the axes`,
    got: `${array.name}[${given.join(', ')}]`,
    cure: array.rest.length === 0 ? `ask for ${array.name} alone` : 'counting begins with 0',
  });
}

/** The first measure that is a picture as it stands; else a density, which is told to name a bin. */
function defaultName({ measures }: Spec): string {
  const isDensity = ({ measure }: MeasureRequest) => measure.endsWith('density');
  const chosen = measures.find((request) => !isDensity(request)) ?? measures[0];
  return chosen?.name ?? 'diverged';
}

function lacksPlace({ name, rest }: MapArray): RequestError {
  const ends = [rest.map(() => 0), rest.map((length) => length - 1)];
  const [first, last] = ends.map((place) => `${name}[${place.join(',')}]`);
  const dimensions = rest.length === 1 ? 'three' : 'four';
  return new RequestError({
    code: 'not-a-picture',
    where: 'axes',
    what: `${name} over two axes has ${dimensions} dimensions, and a picture has two`,
    cure: `choose a place in the rest, ${first} to ${last}, or another array, or fix one of the axes at a value`,
  });
}

/** The choice in words, as it may be asked for: `lyapunov[0]`. */
export function choiceText({ array, place }: MapChoice): string {
  return place.length === 0 ? array.name : `${array.name}[${place.join(',')}]`;
}
