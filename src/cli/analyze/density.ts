import { type Distances, distances, type Masses, noiseFloor } from '../../analysis/distance.ts';
import type { DensityRequest } from '../../spec/spec.ts';
import type { ColumnTheory } from '../../study/column-theory.ts';
import { exactMasses, gibbsMasses } from '../../study/density-law.ts';
import { andThen, attempt, ifKnown, type Known, reasonsOf } from '../../study/known.ts';
import { weightedSum } from '../../study/stationary-law.ts';
import { edgesOf, numbersOf, placeOf, type Study } from '../../study/study.ts';
import { gibbsNotes } from './law-of-rule.ts';
import { plainText } from './number-text.ts';
import { axisNames, placeCells } from './place-text.ts';
import type { Section } from './section.ts';

const kinds = [
  ['total variation', 'totalVariation'],
  ['Kolmogorov', 'kolmogorov'],
  ['Wasserstein', 'wasserstein'],
] as const satisfies readonly (readonly [string, keyof Distances])[];

interface Beside {
  readonly distances: Distances;
  /** Floors of so many independent samples as there are states, and as there are in effect. */
  readonly floor: Distances;
  readonly cautiousFloor?: Distances;
}

/** Distances of a density to the law of the stochastic map and to Gibbs', with their noise floors. */
export function densitySection(
  study: Study,
  { name, of, bins }: DensityRequest,
  theoryOf: (column: number) => ColumnTheory,
): Section {
  const edges = edgesOf(study, `${name}_edges`, bins + 1);
  const counts = numbersOf(study, name, [bins]);
  const outside = numbersOf(study, `${name}_outside`, [2]);
  const effective = effectiveSamples(study, of);
  const sumOf = weightedSum(of, study.spec);
  const rows = study.chosen.map((column) => {
    const masses = { bins: counts.of(column), outside: outside.of(column) };
    const visits = total(masses.bins) + total(masses.outside);
    const samples = effective(column);
    const compare = (law: Known<Masses>): Known<Beside> =>
      andThen(law, (expected) =>
        attempt(() => ({
          distances: distances(masses, expected, edges),
          floor: noiseFloor(expected, edges, visits),
          ...(samples === undefined
            ? {}
            : { cautiousFloor: noiseFloor(expected, edges, Math.max(1, samples)) }),
        })),
      );
    const theory = theoryOf(column);
    return {
      column,
      visits,
      samples,
      exact: compare(exactMasses(sumOf, theory, edges)),
      gibbs: compare(gibbsMasses(of, sumOf, theory, edges)),
    };
  });
  const hasSamples = rows.some(({ samples }) => samples !== undefined);
  const compared = rows.filter(({ exact, gibbs }) => 'value' in exact || 'value' in gibbs);
  return {
    heading: `${name}: density of ${of}`,
    table: {
      head: [...axisNames(study), 'distance', 'to exact', 'floor', 'to Gibbs', 'floor'],
      rows: compared.flatMap(({ column, exact, gibbs }) =>
        kinds.map(([words, kind]) => [
          ...placeCells(study, column),
          words,
          ...[exact, gibbs].flatMap((known) => {
            const beside = ifKnown(known);
            if (!beside) return ['', ''];
            return [plainText(beside.distances[kind], 3), floorText(beside, kind)];
          }),
        ]),
      ),
    },
    notes: [
      ...(compared.length > 0 ? [floorNote(hasSamples, of)] : []),
      ...(rows.some(({ gibbs }) => 'value' in gibbs) ? gibbsNotes(study.spec.optimizer.rule) : []),
      ...reasonsOf(rows.map(({ exact }) => exact)).map((why) => `no exact law: ${why}`),
      ...reasonsOf(rows.map(({ gibbs }) => gibbs)).map((why) => `no Gibbs law: ${why}`),
    ],
    json: {
      name,
      of,
      columns: rows.map(({ column, visits, samples, exact, gibbs }) => ({
        column,
        ...placeOf(study, column),
        visits,
        effectiveSamples: samples ?? null,
        exact: ifKnown(exact) ?? null,
        gibbs: ifKnown(gibbs) ?? null,
      })),
    },
  };
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function floorText({ floor, cautiousFloor }: Beside, kind: keyof Distances): string {
  const least = plainText(floor[kind], 2);
  return cautiousFloor ? `${least} to ${plainText(cautiousFloor[kind], 2)}` : least;
}

function floorNote(hasSamples: boolean, of: string): string {
  const independent =
    'the floor is the mean distance of so many independent samples to their own law';
  return hasSamples
    ? `${independent}: as many as states were seen, to as many as the standard error of the mean of ${of} leaves (variance / error²); successive states lie between`
    : `${independent}; states of one orbit are correlated, and theirs is higher: moments of ${of} would tell by how much`;
}

/** Independent samples with the same standard error of the mean, where moments of the same formula tell. */
function effectiveSamples(study: Study, of: string): (column: number) => number | undefined {
  const moments = study.spec.measures.find(
    (request) => request.measure === 'moments' && request.of === of,
  );
  if (!moments) return () => undefined;
  const variance = numbersOf(study, `${moments.name}_variance`);
  const error = numbersOf(study, `${moments.name}_mean_stderr`);
  const count = numbersOf(study, `${moments.name}_count`);
  return (column) => {
    const samples = Math.round(variance.at(column) / error.at(column) ** 2);
    return Number.isFinite(samples) ? Math.min(samples, count.at(column)) : undefined;
  };
}
