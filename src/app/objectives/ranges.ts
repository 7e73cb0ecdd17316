import type { Extent } from '../../export/extent.ts';
import { rules } from '../../spec/rules.ts';
import type { Axis, Initial, Spec } from '../../spec/spec.ts';

/** What a parameter is taken to be where a spec says nothing of it. */
export const usual = { eta: 0.1, epsilon: 1e-3, momentum: 0.5 } as const;
/** A spread of starts where there is none to go by. */
const UNIT: readonly [number, number] = [-1, 1];
/** A range over powers of ten reaches so far to either side of a value. */
const DECADE = 10;
/** No range goes farther: differences of its ends are finite. */
const FARTHEST = 1e300;

/** All that an axis of a spec can vary, as it is written there. */
export function sweepable({ objective, optimizer }: Pick<Spec, 'objective' | 'optimizer'>) {
  return [
    'eta',
    'epsilon',
    ...(rules[optimizer.rule].hasMomentum ? ['momentum'] : []),
    ...Object.keys(objective.parameters).map((name) => `parameters.${name}`),
    ...objective.variables.map((name) => `initial.${name}`),
  ];
}

/** A range to try a parameter over: about the value that a spec gives it, or over its starts. */
export function rangeOf(parameter: string, spec: Spec, scale: Extent['scale']): Extent {
  const { objective, optimizer, ensemble } = spec;
  const [kind, name = ''] = parameter.split('.');
  if (kind === 'initial') return overStarts(ensemble.initial[name] ?? { uniform: UNIT }, scale);
  const values: Readonly<Record<string, number | undefined>> = {
    eta: optimizer.eta ?? usual.eta,
    epsilon: objective.epsilon ?? usual.epsilon,
    momentum: optimizer.momentum ?? usual.momentum,
    parameters: objective.parameters[name],
  };
  return rangeAbout(parameter, values[kind ?? ''] ?? 0, scale);
}

/** A range about a value of a parameter that is one number. */
export function rangeAbout(parameter: string, value: number, scale: Extent['scale']): Extent {
  if (parameter === 'momentum') return aboutMomentum(value, scale);
  if (scale === 'log') return decades(Math.abs(value) || 1);
  if (parameter === 'eta' || parameter === 'epsilon') {
    const size = value > 0 ? value : 1;
    return tidied({ from: parameter === 'eta' ? 0 : size / DECADE, to: 2 * size, scale });
  }
  const size = Math.abs(value) || 1;
  return tidied({ from: value - size, to: value + size, scale });
}

/** The value that takes the place of an axis: its middle, in three digits. */
export function middleOf({ from, to, scale }: Extent): number {
  const middle = scale === 'log' ? Math.sqrt(from) * Math.sqrt(to) : from / 2 + to / 2;
  const rounded = Number(middle.toPrecision(3));
  return rounded > from && rounded < to ? rounded : middle;
}

/** The same axis over a scale on which it can stand: a logarithm needs ends above 0. */
export function rescaled(axis: Axis, scale: Axis['scale']): Axis {
  if (scale === 'linear' || axis.from > 0) return { ...axis, scale };
  const to = axis.to > 0 ? axis.to : -axis.from;
  return { ...axis, ...tidied({ from: to / DECADE ** 2, to, scale }) };
}

/** Where the orbits of a variable begin, about. */
export function spreadOf(start: Initial): readonly [number, number] {
  if (typeof start === 'number') {
    const reach = Math.max(1, Math.abs(start));
    return [start - reach, start + reach];
  }
  if ('uniform' in start) return start.uniform;
  if ('grid' in start) return start.grid;
  const [mean, sd] = start.normal;
  return [mean - 3 * sd, mean + 3 * sd];
}

function aboutMomentum(value: number, scale: Extent['scale']): Extent {
  if (scale === 'log') return { from: 0.01, to: 1, scale };
  return tidied({ from: Math.max(-1, value - 0.5), to: Math.min(1, value + 0.5), scale });
}

function overStarts(start: Initial, scale: Extent['scale']): Extent {
  const [from, to] = spreadOf(start);
  if (scale === 'linear' || from > 0) return tidied({ from, to, scale });
  const size = Math.max(Math.abs(from), Math.abs(to)) || 1;
  return tidied({ from: size / DECADE ** 2, to: size, scale });
}

function decades(value: number): Extent {
  return tidied({ from: value / DECADE, to: DECADE * value, scale: 'log' });
}

function tidied({ from, to, scale }: Extent): Extent {
  return { from: tidy(from), to: tidy(to), scale };
}

/** A number without the last bits of a sum, so that it can be read; its doubles are finite. */
function tidy(value: number): number {
  return Math.max(-FARTHEST, Math.min(FARTHEST, Number(value.toPrecision(12))));
}
