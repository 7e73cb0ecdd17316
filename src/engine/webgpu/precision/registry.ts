import { createFloat32Orbit } from './float32.ts';
import type { OrbitProgram, OrbitRequest } from './orbit.ts';
import { createStatisticsOrbit } from './statistics.ts';

/** The precisions of the WebGPU engine: one line each. */
export const precisions: Readonly<Record<string, (request: OrbitRequest) => OrbitProgram>> = {
  statistics: createStatisticsOrbit,
  float32: createFloat32Orbit,
};
