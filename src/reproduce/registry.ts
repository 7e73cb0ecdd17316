import { lyapunovEpsilon } from './lyapunov-epsilon.ts';
import { lyapunovEta } from './lyapunov-eta.ts';
import { regimes } from './regimes.ts';
import type { Reproduction } from './reproduction.ts';

/** Every reproduction, in the order of the gallery. */
export const reproductions: readonly Reproduction[] = [lyapunovEta, lyapunovEpsilon, regimes];
