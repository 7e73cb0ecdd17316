import { compileObjective } from '../formula/objective.ts';
import { compileObserved, layRun } from '../measure/layout.ts';
import { canonicalJson } from '../spec/canonical.ts';
import { RequestError } from '../spec/errors.ts';
import { requestsOf } from '../spec/measures/registry.ts';
import { parseSpec } from '../spec/parse.ts';
import { presets } from '../spec/presets.ts';
import type { Axis, DensityRequest, Spec } from '../spec/spec.ts';
import type { Cells } from '../view/plot.ts';
import type { Bounds, Viewport } from '../view/viewport.ts';

/** A spec that the explorer can show: the density over one axis. */
export interface Explorable {
  readonly spec: Spec;
  readonly axis: Axis;
  /** The first density of the spec. */
  readonly density: DensityRequest;
  /** Its place among the measures. */
  readonly place: number;
}

/** Beyond it no parameter and no value has a meaning; it keeps the window from running away. */
const FARTHEST = 1e100;

/**
 * Validates a spec for the explorer, its formulas included.
 *
 * @throws {RequestError} the codes of `parseSpec` and of formulas; `not-a-picture` unless it has one
 *   axis and a density.
 */
export function parseExplorable(input: unknown): Explorable {
  const spec = parseSpec(input);
  compileObserved(layRun(spec), compileObjective(spec.objective));
  const [axis] = spec.axes;
  const [density] = requestsOf(spec.measures, 'density');
  if (axis && spec.axes.length === 1 && density) {
    return { spec, axis, density: density.request, place: density.index };
  }
  throw new RequestError({
    code: 'not-a-picture',
    where: 'axes',
    what: 'the explorer draws a density over one axis',
    got: `${spec.axes.length} axes, measures: ${spec.measures.map(({ measure }) => measure).join(', ')}`,
    cure: 'give eta, or another parameter, one axis; the command line runs the others',
  });
}

/** The window that a spec asks for. */
export function viewportOf({ axis, density }: Explorable): Viewport {
  const [from, to] = density.range;
  return {
    across: { from: axis.from, to: axis.to, scale: axis.scale },
    up: { from, to, scale: 'linear' },
  };
}

/** How far the window of a spec may go. */
export function boundsOf({ axis, density }: Explorable): Readonly<Record<keyof Viewport, Bounds>> {
  const isPositive = axis.scale === 'log' || axis.parameter === 'epsilon';
  const least = isPositive ? 1 / FARTHEST : axis.parameter === 'eta' ? 0 : -FARTHEST;
  return {
    across: { least, most: FARTHEST, cells: axis.count },
    up: { least: -FARTHEST, most: FARTHEST, cells: density.bins },
  };
}

/** The same request for another window, or at another resolution. */
export function withWindow(
  { spec, axis, density, place }: Explorable,
  { across, up }: Viewport,
  { columns, bins }: Cells,
): Explorable {
  return parseExplorable({
    ...spec,
    axes: [{ ...axis, from: across.from, to: across.to, count: columns }],
    measures: spec.measures.with(place, { ...density, range: [up.from, up.to], bins }),
  });
}

/** Names of the built-in specs that the explorer can show; maps and escape times are for the command line. */
export const explorablePresets: readonly string[] = Object.entries(presets)
  .filter(([, { spec }]) => {
    const hasDensity = spec.measures.some(({ measure }) => measure === 'density');
    return hasDensity && spec.axes?.length === 1;
  })
  .map(([name]) => name);

/**
 * The request of a built-in spec.
 *
 * @param name one of `explorablePresets`.
 */
export function presetRequest(name: string): Explorable {
  return parseExplorable(presets[name]?.spec);
}

/** Whether two requests are the same but for window and resolution. */
export function isSameBeside(one: Explorable, other: Explorable): boolean {
  const comparable = (each: Explorable) =>
    canonicalJson(withWindow(each, viewportOf(other), { columns: 1, bins: 1 }).spec);
  try {
    return comparable(one) === comparable(other);
  } catch {
    return false; // the window of the one is none of the other
  }
}

/** The preset that a request is of, whatever its window and resolution. */
export function presetNameOf(request: Explorable): string | undefined {
  return explorablePresets.find((name) => isSameBeside(presetRequest(name), request));
}

/** A parameter as it is written on an axis. */
export function parameterLabel(parameter: string): string {
  const letters: Readonly<Record<string, string>> = { eta: 'η', epsilon: 'ε' };
  const [kind, name] = parameter.split('.');
  if (name === undefined) return letters[parameter] ?? parameter;
  return kind === 'initial' ? `${name} at the start` : name;
}
