import type { Surroundings } from '../../src/bench/report.ts';
import type { Engine, RunTimings } from '../../src/engine/engine.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import {
  curveSizes,
  type Direction,
  directions,
  orbitStepsOf,
  type Size,
  specOf,
} from './sizes.ts';

/** One size, timed. */
export interface Point extends Size {
  /** The fastest of the runs, on the wall. */
  readonly wallSeconds: number;
  /** Of that run; absent where the device does not tell. */
  readonly kernelSeconds?: number;
}

/** Speed along one direction. */
export interface Curve {
  readonly over: Direction;
  readonly points: readonly Point[];
  /** The least size with 90 % of the best speed of the curve. */
  readonly full: number;
}

/** The most memory that a process held which ran one size. */
export interface MemoryPoint extends Size {
  readonly bytes: number;
}

/** How one engine scales in one precision. */
export interface ScalingLane {
  readonly engine: Engine['name'];
  readonly precision: string;
  readonly device: string;
  readonly curves: readonly Curve[];
  /** Over orbits, then over steps, which must not matter. */
  readonly memory: {
    readonly orbits: readonly MemoryPoint[];
    readonly steps: readonly MemoryPoint[];
  };
}

/** What `npm run bench:scaling` writes. */
export interface ScalingReport {
  readonly etascopeScaling: 1;
  readonly surroundings: Surroundings;
  readonly lanes: readonly ScalingLane[];
}

/** Share of the best speed at which a device counts as full. */
const FULL = 0.9;
const RUNS = 3;
/** Orbit-steps per second that any device reaches. */
const LEAST_SPEED = 1e7;

/** Orbit-steps per second on the wall. */
export function speedOf(point: Point): number {
  return orbitStepsOf(point) / point.wallSeconds;
}

/**
 * Times an engine along every direction, one size at least; a curve ends where its next point would take longer
 * than `most` seconds at the best speed so far, or its last one did.
 *
 * @throws {Error} where a run loses visits.
 */
export async function measureCurves(
  engine: Engine,
  precision: string,
  most: number,
  onPoint: (what: string) => void,
): Promise<readonly Curve[]> {
  const curves: Curve[] = [];
  let best = LEAST_SPEED;
  for (const over of directions) {
    const points: Point[] = [];
    for (const size of curveSizes[over]) {
      const last = points.at(-1);
      if (last && (orbitStepsOf(size) / best > most || last.wallSeconds > most)) break;
      onPoint(`${engine.name}, ${precision}: ${size[over]} ${over}`);
      const point = await measurePoint(engine, size, precision, most);
      points.push(point);
      best = Math.max(best, speedOf(point));
    }
    const fastest = Math.max(...points.map(speedOf));
    const full = points.find((point) => speedOf(point) >= FULL * fastest)?.[over] ?? Number.NaN;
    curves.push({ over, points, full });
  }
  return curves;
}

async function measurePoint(
  engine: Engine,
  size: Size,
  precision: string,
  most: number,
): Promise<Point> {
  // Compiles the kernels, whose text does not know how many steps there are.
  await engine.run(
    parseSpec(specOf({ ...size, orbits: Math.min(size.orbits, 64), steps: 1 }, precision)),
  );
  const spec = parseSpec(specOf(size, precision));
  let best: RunTimings | undefined;
  let spent = 0;
  for (let run = 0; run < RUNS && spent < most; run++) {
    let told: RunTimings = { wallSeconds: Number.NaN };
    const { arrays } = await engine.run(spec, {
      onTimings: (timings) => {
        told = timings;
      },
    });
    const counted = ['density', 'density_outside', 'density_lost']
      .flatMap((name) => Array.from(arrays[name]?.data ?? [], Number))
      .reduce((sum, count) => sum + count, 0);
    if (counted !== orbitStepsOf(size)) {
      throw new Error(`${engine.name}: counted ${counted} visits of ${orbitStepsOf(size)}`);
    }
    if (!best || told.wallSeconds < best.wallSeconds) best = told;
    spent += told.wallSeconds;
  }
  return { ...size, ...(best ?? { wallSeconds: Number.NaN }) };
}
