import { FormulaError } from '../../formula/errors.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import type { Objective } from '../../spec/spec.ts';
import type { SessionContext } from '../context.ts';
import { type Landscape, landscapeOf, type Orbit, orbitFrom, stepOf } from './orbit.ts';
import { type ColumnPlace, columnAt } from './place.ts';

/** The orbit at the cursor, and the landscape it is on. */
export interface Here extends ColumnPlace {
  readonly landscape: Landscape;
  /** Absent of rules that no orbit can be followed of alone. */
  readonly orbit?: Orbit | undefined;
  readonly step?: ReturnType<typeof stepOf>;
}

/** Follows the orbit at the cursor; undefined where the objective cannot be read. */
export function here(context: SessionContext): Here | undefined {
  const { spec } = context.state.request;
  const place = columnAt(context, spec);
  try {
    const landscape = knownLandscape(spec.objective, place.setting);
    const step = stepOf(spec, landscape, place.setting);
    const orbit = step && orbitFrom(step, place.start, spec.steps.skip);
    return { ...place, landscape, orbit, step };
  } catch (error) {
    if (error instanceof FormulaError) return undefined; // said beside its field
    throw error;
  }
}

interface Known {
  readonly key: string;
  readonly landscape: Landscape;
}

/** The landscape of each objective that was asked for last: compiled once while the cursor moves. */
const landscapes = new WeakMap<Objective, Known>();

function knownLandscape(objective: Objective, { epsilon, parameters }: ColumnSetting): Landscape {
  const key = JSON.stringify([epsilon, parameters]);
  const known = landscapes.get(objective);
  if (known?.key === key) return known.landscape;
  const landscape = landscapeOf(objective, {
    parameters,
    ...(epsilon === undefined ? {} : { epsilon }),
  });
  landscapes.set(objective, { key, landscape });
  return landscape;
}

/** The interval of values with some room about it. */
export function around(values: readonly number[], least = 0): readonly [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(high >= low)) return [-1, 1];
  const middle = (low + high) / 2;
  const half = Math.max(0.62 * (high - low), least / 2, 1e-9 * Math.abs(middle), 1e-300);
  return [middle - half, middle + half];
}
