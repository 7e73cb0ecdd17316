import type { Reproduction } from './reproduction.ts';

/** Every reproduction, in the order of the gallery. */
export const reproductions: readonly Reproduction[] = [];
