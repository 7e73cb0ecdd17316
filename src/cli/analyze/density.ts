import {
  type Distances,
  distances,
  type Masses,
  massesOf,
  noiseFloor,
} from '../../analysis/distance.ts';
import { normalTails } from '../../analysis/gamma.ts';
import { gibbsLaw } from '../../analysis/gibbs.ts';
import { gibbsBox } from '../../analysis/gibbs-box.ts';
import { linearMarginal } from '../../analysis/linear-marginal.ts';
import type { DensityRequest } from '../../spec/spec.ts';
import { andThen, attempt, ifKnown, type Known, reasonsOf } from './known.ts';
import { gibbsNotes } from './law-of-rule.ts';
import { plainText } from './number-text.ts';
import type { Section } from './section.ts';
import {
  centreOf,
  gibbsNormal,
  linearSystem,
  type Normal,
  temperatureOf,
  type WeightedSum,
  weightedSum,
} from './stationary-law.ts';
import { axisNames, edgesOf, numbersOf, placeCells, placeOf, type Study } from './study.ts';
import type { ColumnTheory } from './theory.ts';

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

/** The stochastic map's law of a weighted sum of the coordinates over the bins. */
export function exactMasses(
  sumOf: (theory: ColumnTheory) => Known<WeightedSum>,
  theory: ColumnTheory,
  edges: Float64Array,
): Known<Masses> {
  return andThen(theory.kicks, (noises) =>
    andThen(theory.quadratic(), ({ hessian, minimum }) =>
      andThen(sumOf(theory), ({ weights, constant }) =>
        attempt(() => {
          const { distribution } = linearMarginal(linearSystem(theory, hessian, noises), weights);
          const centre = centreOf(weights, minimum, constant);
          return massesOf((y) => distribution(y - centre), edges);
        }),
      ),
    ),
  );
}

/** Gibbs' law over the bins: of a weighted sum a normal one on a quadratic macro part, else by quadrature. */
export function gibbsMasses(
  of: string,
  sumOf: (theory: ColumnTheory) => Known<WeightedSum>,
  theory: ColumnTheory,
  edges: Float64Array,
): Known<Masses> {
  const { objective, kicks } = theory;
  const quadratic = ifKnown(theory.quadratic());
  const sum = ifKnown(sumOf(theory));
  return andThen(kicks, (noises) =>
    andThen(temperatureOf(theory, noises), (temperature): Known<Masses> => {
      if (quadratic && sum) return normalMasses(gibbsNormal(quadratic, sum, temperature), edges);
      if (objective.variables.length > 1 || of.trim() !== objective.variables[0]) {
        return { missing: 'it is integrated for the variable itself, of one' };
      }
      return attempt(() => {
        const law = gibbsLaw(objective, temperature, gibbsBox(objective, temperature, [0]));
        const bins = law.binProbabilities(edges);
        const [lowest = 0, first = 0] = [law.box[0]?.[0], edges[0]];
        const [below = 0] = lowest < first ? law.binProbabilities([lowest, first]) : [];
        return { bins, outside: [below, Math.max(0, 1 - total([...bins]) - below)] };
      });
    }),
  );
}

function normalMasses(normal: Known<Normal>, edges: Float64Array): Known<Masses> {
  return andThen(normal, ({ mean, variance }) => ({
    value: massesOf((y) => {
      const deviations = (y - mean) / Math.sqrt(variance);
      const tail = normalTails(deviations) / 2;
      return deviations < 0 ? tail : 1 - tail;
    }, edges),
  }));
}
