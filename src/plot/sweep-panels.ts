import type { Result } from '../engine/result.ts';
import type { AxisLine, Colour, Mark, PointsMark } from '../figure/figure.ts';
import { regimes } from '../measure/regime.ts';
import type { MeasureRequest } from '../spec/spec.ts';
import type { Candidate } from './candidate.ts';
import { escapeLabel, exponentName, momentLabel, momentNames } from './labels.ts';
import { numbersOf, strided } from './numbers.ts';

/** Columns from which on points are drawn small. */
const MANY = 200;

/**
 * Curves of a measure over one axis, each of its arrays in a panel.
 *
 * @param request `columns` for what every result has of its columns.
 */
export function sweepPanels(
  result: Result,
  request: MeasureRequest | 'columns',
  x: AxisLine,
): readonly Candidate[] {
  const values = numbersOf(result, 'axis0');
  const points = (y: ArrayLike<number>, error?: ArrayLike<number>): PointsMark => ({
    mark: 'points',
    x: values,
    y,
    ...(error ? { error } : {}),
    size: values.length > MANY ? 2.5 : 5,
  });
  const panel = (label: string, marks: () => readonly Mark[], y: Partial<AxisLine> = {}) => {
    return () => ({ x, y: { label, ...y }, marks: marks() });
  };
  if (request === 'columns') {
    const columns = (array: string, label: string): Candidate => ({
      ...{ measure: array, array, isExtra: true },
      panel: panel(label, () => [points(numbersOf(result, array))]),
    });
    return [
      columns('diverged', 'orbits that diverged'),
      columns('distinct', 'different last states'),
    ];
  }
  const { name } = request;
  const one = (array: string, draw: Candidate['panel']): Candidate => ({
    measure: name,
    array,
    panel: draw,
  });
  switch (request.measure) {
    case 'moments':
      return momentNames.map((moment) => {
        const array = `${name}_${moment}`;
        const marks = () => [
          points(numbersOf(result, array), numbersOf(result, `${array}_stderr`)),
        ];
        return one(array, panel(momentLabel(moment, request.of), marks));
      });
    case 'lyapunov': {
      const { exponents } = request;
      const part = (array: string, index: number) =>
        strided(numbersOf(result, array, [exponents]), exponents, index);
      const marks = (): readonly Mark[] => [
        { mark: 'rule', axis: 'y', at: 0 },
        ...Array.from({ length: exponents }, (_, index) => ({
          ...points(part(name, index), part(`${name}_stderr`, index)),
          ...(exponents === 1
            ? {}
            : { label: exponentName(index, exponents), colour: colourAt(index) }),
        })),
      ];
      return [one(name, panel(`${exponentName(0, 1)} (per step)`, marks))];
    }
    case 'period':
      return [
        one(
          name,
          panel('period', () => periodPoints(result, name), { scale: 'log' }),
        ),
      ];
    case 'escape': {
      const marks = () => [
        points(numbersOf(result, `${name}_mean`), numbersOf(result, `${name}_stderr`)),
      ];
      const label = `${escapeLabel(request.when)}, of those that escaped`;
      return [one(`${name}_mean`, panel(label, marks, { scale: 'log' }))];
    }
    case 'regime':
      return [
        one(
          name,
          panel('share of the orbits', () => shares(result, name), { domain: [0, 1.02] }),
        ),
      ];
    case 'final':
      return result.spec.objective.variables.map((variable, index) =>
        one(
          `${name}[${index}]`,
          panel(`last ${variable}`, () => lastStates(result, name, index)),
        ),
      );
    case 'density':
      return []; // has a picture
    case 'joint-density':
      return []; // over an axis it has three dimensions
  }
}

/** Colours of a family of curves. */
function colourAt(index: number): Colour {
  return index === 0 ? 'data' : (([0, 1, 2, 3, 4, 5] as const)[(index - 1) % 6] ?? 'data');
}

/** The periods that orbits of each column have; none, no point. */
function periodPoints(result: Result, name: string): readonly Mark[] {
  const { orbits } = result.spec.ensemble;
  const seen = perColumn(result, numbersOf(result, name, [orbits]), orbits);
  return [{ mark: 'points', ...seen, size: 3, label: 'periods of the orbits of a column' }];
}

function lastStates(result: Result, name: string, index: number): readonly Mark[] {
  const { objective, ensemble } = result.spec;
  const variables = objective.variables.length;
  const all = numbersOf(result, name, [ensemble.orbits, variables]);
  return [
    {
      mark: 'points',
      ...perColumn(result, strided(all, variables, index), ensemble.orbits),
      size: 1.2,
    },
  ];
}

/** Every different value of each column, over the column's place. */
function perColumn(result: Result, values: Float64Array, orbits: number) {
  const x: number[] = [];
  const y: number[] = [];
  numbersOf(result, 'axis0').forEach((place, column) => {
    for (const value of new Set(values.subarray(column * orbits, (column + 1) * orbits))) {
      x.push(place);
      y.push(value);
    }
  });
  return { x, y };
}

/** The share of each regime that occurs. */
function shares(result: Result, name: string): readonly Mark[] {
  const counts = numbersOf(result, `${name}_orbits`, [regimes.length]);
  const x = numbersOf(result, 'axis0');
  return regimes.flatMap((label, regime): readonly Mark[] => {
    const y = strided(counts, regimes.length, regime).map((n) => n / result.spec.ensemble.orbits);
    return y.some((share) => share > 0)
      ? [{ mark: 'curve', x, y, label, colour: colourAt(regime) }]
      : [];
  });
}
