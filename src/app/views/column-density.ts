import { distances } from '../../analysis/distance.ts';
import type { Result } from '../../engine/result.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import type { DensityRequest, Spec } from '../../spec/spec.ts';
import type { Feature } from '../context.ts';
import { createLawAsker } from './ask-laws.ts';
import { createChart, curve, drawChart } from './chart.ts';
import type { LawAnswer, LawMasses } from './laws.ts';
import { type ColumnPlace, columnAt, numbersAt, resultOf } from './place.ts';
import { createSection } from './section.ts';
import { sideRoom } from './side-room.ts';

/** What is drawn of a column of a density. */
interface Column {
  readonly request: DensityRequest;
  readonly edges: readonly number[];
  readonly masses: LawMasses;
}

/** Most bins that are drawn and compared: a curve of more is noise. */
const MOST_BINS = 256;

/** The density of the column at the cursor, with the laws of the stochastic map and of Gibbs beside. */
export const columnDensity: Feature = (context) => {
  const { events, signal } = context;
  const asker = createLawAsker(signal);
  const chart = createChart('Density of the column at the cursor');
  const section = createSection(context, 'side', { name: 'density', title: 'Density here' }, () =>
    draw(),
  );
  const words = document.createElement('p');
  section.body.append(chart, words);
  let told: LawAnswer | undefined;

  const draw = () => {
    const result = resultOf(context);
    const request = context.state.request.density;
    if (!result || !request) {
      words.textContent = 'Shown when the run is done.';
      return;
    }
    const place = columnAt(context, result.spec);
    const column = columnOf(result, request.name, place);
    if (!column) return;
    told = undefined;
    const question = {
      kind: 'density',
      spec: withSetting(result.spec, place.setting),
      of: request.of,
      edges: column.edges,
    } as const;
    asker.ask(question, (answer) => {
      told = answer;
      paint(column);
    });
    if (!told) paint(column);
  };
  const paint = ({ request, edges, masses }: Column) => {
    const { exact, gibbs, missing = '' } = told ?? {};
    const laws = { exact, gibbs };
    const seen = sharesOf(masses);
    const highest = Math.max(...seen, ...(exact?.bins ?? []), ...(gibbs?.bins ?? []), 1e-9);
    const [from = 0, to = 1] = [edges[0], edges.at(-1)];
    const width = (to - from) / seen.length;
    drawChart(chart, {
      ...sideRoom(section.body, 164),
      across: { from, to, scale: 'linear' },
      up: { from: 0, to: (1.08 * highest) / width, scale: 'linear' },
      names: { across: request.of, up: 'density' },
      shapes: (frame) => [
        curve('filled', stepsOf(edges, seen, width), frame),
        ...Object.entries(laws).flatMap(([name, law]) =>
          law ? [curve(name, middlesOf(edges, law.bins, width), frame)] : [],
        ),
      ],
    });
    words.replaceChildren();
    const isVisited = [...masses.bins, ...masses.outside].some((visits) => Number(visits) > 0);
    for (const [name, label] of [
      ['exact', 'law of the stochastic map'],
      ['gibbs', 'Gibbs’ law'],
    ] as const) {
      const law = laws[name];
      if (!law || !isVisited) continue; // nothing was visited, and has no distance to a law
      const { totalVariation, kolmogorov } = distances(masses, law, edges);
      const line = document.createElement('span');
      line.className = `law ${name}`;
      line.dataset.totalVariation = String(totalVariation);
      line.dataset.kolmogorov = String(kolmogorov);
      line.textContent = `${label}: TV ${short(totalVariation)}, KS ${short(kolmogorov)}`;
      words.append(line);
    }
    if (missing !== '') words.append(`No ${exact || gibbs ? 'other' : 'known'} law: ${missing}`);
  };
  events.on(
    'request',
    ({ request }) => {
      section.offer(request.kind === 'density' || request.kind === 'curve');
      section.refresh();
    },
    signal,
  );
  for (const event of ['result', 'cursor'] as const) events.on(event, section.refresh, signal);
};

/** A spec without an axis that is like a column of another. */
function withSetting(spec: Spec, { eta, epsilon, momentum, parameters }: ColumnSetting): Spec {
  return {
    ...spec,
    objective: { ...spec.objective, parameters, ...(epsilon === undefined ? {} : { epsilon }) },
    optimizer: { ...spec.optimizer, eta, ...(momentum === undefined ? {} : { momentum }) },
    axes: [],
  };
}

/** The counts of a column in at most `MOST_BINS` bins of equal width, the last some rest. */
function columnOf(result: Result, name: string, { column }: ColumnPlace): Column | undefined {
  const request = result.spec.measures.find((each) => each.name === name);
  if (request?.measure !== 'density') return undefined;
  const { bins } = request;
  const counts = numbersAt(result, name, column, bins);
  const outside = numbersAt(result, `${name}_outside`, column, 2);
  const fine = numbersAt(result, `${name}_edges`, 0, bins + 1);
  if (counts.length === 0) return undefined;
  const every = Math.ceil(bins / MOST_BINS);
  const length = Math.floor(bins / every);
  const merged = Array.from({ length }, (_, bin) =>
    counts.slice(bin * every, (bin + 1) * every).reduce((sum, count) => sum + count, 0),
  );
  const rest = counts.slice(length * every).reduce((sum, count) => sum + count, 0);
  const [below = 0, above = 0] = outside;
  return {
    request,
    edges: Array.from({ length: length + 1 }, (_, edge) => fine[edge * every] ?? Number.NaN),
    masses: { bins: merged, outside: [below, above + rest] },
  };
}

/** Shares of all that was counted, of each bin. */
function sharesOf({ bins, outside }: LawMasses): readonly number[] {
  const total = [...bins, ...outside].reduce((sum, count) => sum + count, 0);
  return bins.map((count) => (total === 0 ? 0 : count / total));
}

function stepsOf(edges: readonly number[], shares: readonly number[], width: number) {
  const [first = 0, last = 0] = [edges[0], edges.at(-1)];
  const tops = shares.flatMap((share, bin) => [
    [edges[bin] ?? 0, share / width] as const,
    [edges[bin + 1] ?? 0, share / width] as const,
  ]);
  return [[first, 0] as const, ...tops, [last, 0] as const];
}

function middlesOf(edges: readonly number[], shares: readonly number[], width: number) {
  return shares.map(
    (share, bin) => [((edges[bin] ?? 0) + (edges[bin + 1] ?? 0)) / 2, share / width] as const,
  );
}

const short = (value: number) => String(Number(value.toPrecision(2)));
