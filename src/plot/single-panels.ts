import type { Result } from '../engine/result.ts';
import type { Mark, Panel } from '../figure/figure.ts';
import type { DensityRequest, EscapeRequest, MeasureRequest } from '../spec/spec.ts';
import { knownLaws } from '../study/known-laws.ts';
import type { Candidate } from './candidate.ts';
import { bareNumbersOf, numbersOf, strided, totalOf } from './numbers.ts';

/** What a result without an axis has beside single numbers: laws, times, last states, spectra. */
export function singlePanels(result: Result, request: MeasureRequest): readonly Candidate[] {
  const { name } = request;
  const { objective, ensemble } = result.spec;
  const one = (array: string, panel: Candidate['panel']): Candidate => ({
    measure: name,
    array,
    panel,
  });
  switch (request.measure) {
    case 'density':
      return [one(name, () => lawPanel(result, request))];
    case 'escape':
      return [
        one(`${name}_histogram`, () => timesPanel(result, request)),
        one(`${name}_survival`, () => survivalPanel(result, request)),
      ];
    case 'lyapunov':
      return request.exponents > 1
        ? [one(name, () => spectrumPanel(result, name, request.exponents))]
        : [];
    case 'final': {
      const [first = '', second] = objective.variables;
      if (second === undefined) return [];
      const states = numbersOf(result, name, [ensemble.orbits, objective.variables.length]);
      const of = (index: number) => strided(states, objective.variables.length, index);
      const marks: readonly Mark[] = [{ mark: 'points', x: of(0), y: of(1), size: 1.5 }];
      const panel = { x: { label: `last ${first}` }, y: { label: `last ${second}` }, marks };
      return [one(name, () => panel)];
    }
    default:
      return []; // single numbers
  }
}

/** A density as the probability of its bins over their width, so that laws lie over it. */
function lawPanel(result: Result, { name, of, bins }: DensityRequest): Panel {
  const counts = numbersOf(result, name, [bins]);
  const edges = bareNumbersOf(result, `${name}_edges`, [bins + 1]);
  const visits = totalOf(counts) + totalOf(numbersOf(result, `${name}_outside`, [2]));
  const widths = counts.map((_, bin) => (edges[bin + 1] ?? 0) - (edges[bin] ?? 0));
  const centres = counts.map((_, bin) => ((edges[bin + 1] ?? 0) + (edges[bin] ?? 0)) / 2);
  return {
    x: { label: of },
    y: { label: `probability density of ${of}` },
    marks: [
      {
        mark: 'histogram',
        edges,
        heights: counts.map((n, bin) => n / visits / (widths[bin] ?? 1)),
        label: 'states of the orbits',
      },
      ...knownLaws(result.spec, { of }, edges).map(({ label, bins: masses }, index): Mark => {
        const y = widths.map((width, bin) => (masses[bin] ?? Number.NaN) / width);
        return {
          mark: 'curve',
          x: centres,
          y,
          dash: true,
          label,
          colour: index === 0 ? 'theory' : 5,
        };
      }),
    ],
  };
}

/** Orbits by the logarithm of their escape time. */
function timesPanel(result: Result, { name, when, bins }: EscapeRequest): Panel {
  const edges = bareNumbersOf(result, `${name}_edges`, [bins + 1]);
  return {
    x: { label: `steps to ${when}`, scale: 'log' },
    y: { label: 'orbits' },
    marks: [
      { mark: 'histogram', edges, heights: numbersOf(result, `${name}_histogram`, [bins]) },
      ...meanRule(result, name),
    ],
  };
}

/** The share of orbits that is still there, over time. */
function survivalPanel(result: Result, { name, when, bins }: EscapeRequest): Panel {
  const edges = bareNumbersOf(result, `${name}_edges`, [bins + 1]);
  const counts = numbersOf(result, `${name}_histogram`, [bins]);
  const { orbits } = result.spec.ensemble;
  let left = orbits;
  const rest = counts.map((n) => {
    left -= n;
    return left / orbits;
  });
  return {
    x: { label: `steps to ${when}` },
    y: { label: 'share of the orbits still there', scale: 'log' },
    marks: [{ mark: 'curve', x: edges, y: [1, ...rest] }, ...meanRule(result, name)],
  };
}

function meanRule(result: Result, name: string): readonly Mark[] {
  const [mean = Number.NaN] = numbersOf(result, `${name}_mean`);
  return mean > 0
    ? [{ mark: 'rule', axis: 'x', at: mean, label: 'mean of those that escaped' }]
    : [];
}

/** Lyapunov exponents by their number. */
function spectrumPanel(result: Result, name: string, exponents: number): Panel {
  return {
    x: { label: 'number of the exponent' },
    y: { label: 'Lyapunov exponent λ (per step)' },
    marks: [
      { mark: 'rule', axis: 'y', at: 0 },
      {
        mark: 'points',
        x: Float64Array.from({ length: exponents }, (_, index) => index + 1),
        y: numbersOf(result, name, [exponents]),
        error: numbersOf(result, `${name}_stderr`, [exponents]),
      },
    ],
  };
}
