import { compileObjective } from '../formula/objective.ts';
import { compileObserved, layRun } from '../measure/layout.ts';
import { canonicalJson } from '../spec/canonical.ts';
import { requestsOf } from '../spec/measures/registry.ts';
import { parseSpec } from '../spec/parse.ts';
import { presets } from '../spec/presets.ts';
import type {
  Axis,
  DensityRequest,
  EscapeRequest,
  JointDensityRequest,
  Spec,
} from '../spec/spec.ts';
import type { AxisNames } from '../view/axes.ts';
import type { Bounds, Cells, Viewport } from '../view/viewport.ts';
import { axisBounds, extentOf, rangeBounds, rangeOf, SHARE, timesOf, WHOLE } from './extents.ts';
import { affordable, withinPlane } from './pictures/affordable.ts';

/** What every request of the explorer has; which of it, its kind says. */
interface Request {
  readonly spec: Spec;
  /** What lies across, where that is a parameter. */
  readonly axis?: Axis;
  /** The first density of the spec, where that is what is drawn. */
  readonly density?: DensityRequest;
  /** The first joint density, where that is what is drawn. */
  readonly joint?: JointDensityRequest;
  /** Place of what is drawn among the measures. */
  readonly place?: number;
}

/** A density over one axis. */
export interface DensitySweep extends Request {
  readonly kind: 'density';
  readonly axis: Axis;
  readonly density: DensityRequest;
  readonly place: number;
}

/** Escape times over one axis; up are all times to the horizon, over powers of ten. */
export interface EscapeSweep extends Request {
  readonly kind: 'escape';
  readonly axis: Axis;
  readonly escape: EscapeRequest;
  readonly place: number;
}

/** One value at each point of a plane of two axes; which one is a question of the look. */
export interface Plane extends Request {
  readonly kind: 'map';
  readonly axis: Axis;
  readonly upAxis: Axis;
}

/** A density without an axis: how high it is over its range. */
export interface DensityCurve extends Request {
  readonly kind: 'curve';
  readonly density: DensityRequest;
  readonly place: number;
}

/** A joint density without an axis. */
export interface JointPlane extends Request {
  readonly kind: 'joint';
  readonly joint: JointDensityRequest;
  readonly place: number;
}

/** Escape times without an axis. */
export interface EscapeCurve extends Request {
  readonly kind: 'escape-curve';
  readonly escape: EscapeRequest;
  readonly place: number;
}

/** Numbers of which there is no picture, over one axis or none. */
export interface Unpictured extends Request {
  readonly kind: 'none';
}

/** A spec as the explorer shows it: every spec is one of these. */
export type Explorable =
  | DensitySweep
  | EscapeSweep
  | Plane
  | JointPlane
  | DensityCurve
  | EscapeCurve
  | Unpictured;

/**
 * Validates a spec for the explorer, its formulas included.
 *
 * @throws {RequestError} the codes of `parseSpec` and of formulas.
 */
export function parseExplorable(input: unknown): Explorable {
  const spec = parseSpec(input);
  compileObserved(layRun(spec), compileObjective(spec.objective));
  const [axis, upAxis] = spec.axes;
  if (axis && upAxis) return { kind: 'map', spec, axis, upAxis };
  const [joint] = axis ? [] : requestsOf(spec.measures, 'joint-density');
  if (joint) return { kind: 'joint', spec, joint: joint.request, place: joint.index };
  const [density] = requestsOf(spec.measures, 'density');
  if (density) {
    const { request, index: place } = density;
    return axis
      ? { kind: 'density', spec, axis, density: request, place }
      : { kind: 'curve', spec, density: request, place };
  }
  const [escapes] = requestsOf(spec.measures, 'escape');
  if (escapes) {
    const { request, index: place } = escapes;
    return axis
      ? { kind: 'escape', spec, axis, escape: request, place }
      : { kind: 'escape-curve', spec, escape: request, place };
  }
  return { kind: 'none', spec, ...(axis ? { axis } : {}) };
}

/** The window that a spec asks for. */
export function viewportOf(request: Explorable): Viewport {
  switch (request.kind) {
    case 'density':
      return { across: extentOf(request.axis), up: rangeOf(request.density.range) };
    case 'escape':
      return { across: extentOf(request.axis), up: timesOf(request.escape) };
    case 'map':
      return { across: extentOf(request.axis), up: extentOf(request.upAxis) };
    case 'joint':
      return { across: rangeOf(request.joint.range[0]), up: rangeOf(request.joint.range[1]) };
    case 'curve':
      return { across: rangeOf(request.density.range), up: SHARE };
    case 'escape-curve':
      return { across: timesOf(request.escape), up: SHARE };
    case 'none':
      return { across: request.axis ? extentOf(request.axis) : SHARE, up: SHARE };
  }
}

/** How far the window of a spec may go; a direction that cannot be computed anew stays whole. */
export function boundsOf(request: Explorable): Readonly<Record<keyof Viewport, Bounds>> {
  const whole = ({ from, to }: Viewport['up']) => ({ least: from, most: to, cells: WHOLE });
  const { across, up } = viewportOf(request);
  switch (request.kind) {
    case 'density':
      return { across: axisBounds(request.axis), up: rangeBounds(request.density.bins) };
    case 'map':
      return { across: axisBounds(request.axis), up: axisBounds(request.upAxis) };
    case 'joint':
      return {
        across: rangeBounds(request.joint.bins[0]),
        up: rangeBounds(request.joint.bins[1]),
      };
    case 'curve':
      return { across: rangeBounds(request.density.bins), up: whole(up) };
    case 'escape-curve':
      return { across: whole(across), up: whole(up) };
    default: {
      const { axis } = request;
      return { across: axis ? axisBounds(axis) : whole(across), up: whole(up) };
    }
  }
}

/**
 * The same request for another window, or at another resolution.
 *
 * Escape times keep their cells, which their horizon sets. A map whose orbits would take too many steps
 * for so many cells is computed at fewer, alike in both directions.
 */
export function withWindow(request: Explorable, viewport: Viewport, cells: Cells): Explorable {
  const { spec } = request;
  const { across, up } = viewport;
  const over = (axis: Axis, { from, to }: Viewport['up'], count: number) => ({
    ...axis,
    from,
    to,
    count,
  });
  switch (request.kind) {
    case 'density': {
      const { axis, density, place } = request;
      const range = [up.from, up.to] as const;
      const measures = spec.measures.with(place, { ...density, range, bins: cells.bins });
      return parseExplorable({ ...spec, axes: [over(axis, across, cells.columns)], measures });
    }
    case 'escape':
      return parseExplorable({ ...spec, axes: [over(request.axis, across, cells.columns)] });
    case 'map': {
      const { columns, bins } = affordable(spec, cells);
      const axes = [over(request.axis, across, columns), over(request.upAxis, up, bins)];
      return parseExplorable({ ...spec, axes });
    }
    case 'joint': {
      const { joint, place } = request;
      const { columns, bins } = withinPlane(cells);
      const range: JointDensityRequest['range'] = [
        [across.from, across.to],
        [up.from, up.to],
      ];
      const next = { ...joint, range, bins: [columns, bins] as const };
      return parseExplorable({ ...spec, measures: spec.measures.with(place, next) });
    }
    case 'curve': {
      const { density, place } = request;
      const range = [across.from, across.to] as const;
      const measures = spec.measures.with(place, { ...density, range, bins: cells.columns });
      return parseExplorable({ ...spec, measures });
    }
    case 'escape-curve':
      return request;
    case 'none': {
      const { axis } = request;
      return axis ? parseExplorable({ ...spec, axes: [over(axis, across, axis.count)] }) : request;
    }
  }
}

/** The names of the two directions of its window. */
export function namesOf(request: Explorable): AxisNames {
  const { axis, density } = request;
  const across = axis ? parameterLabel(axis.parameter) : (density?.of ?? '');
  switch (request.kind) {
    case 'density':
      return { across, up: request.density.of };
    case 'escape':
      return { across, up: 'steps to escape', what: 'Escape times' };
    case 'map':
      return { across, up: parameterLabel(request.upAxis.parameter), what: 'Map' };
    case 'joint':
      return { across: request.joint.of[0], up: request.joint.of[1] };
    case 'curve':
      return { across, up: 'share of the most visits', what: 'Density' };
    case 'escape-curve':
      return {
        across: 'steps to escape',
        up: 'share of the most escapes',
        what: 'Escape times',
      };
    case 'none':
      return { across, up: '' };
  }
}

/** Names of the built-in specs: the explorer can show all. */
export const explorablePresets: readonly string[] = Object.keys(presets);

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
  if (one === other) return true;
  if (one.kind !== other.kind || one.spec.title !== other.spec.title) return false;
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
  return explorablePresets.find((name) => {
    const isTitled = presets[name]?.spec.title === request.spec.title; // parses no other
    return isTitled && isSameBeside(presetRequest(name), request);
  });
}

/** A parameter as it is written on an axis. */
export function parameterLabel(parameter: string): string {
  const letters: Readonly<Record<string, string>> = { eta: 'η', epsilon: 'ε' };
  const [kind, name] = parameter.split('.');
  if (name === undefined) return letters[parameter] ?? parameter;
  return kind === 'initial' ? `${name} at the start` : name;
}
