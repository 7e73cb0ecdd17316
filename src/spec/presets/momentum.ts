import type { Presets } from './preset.ts';

/** Heavy ball and Nesterov. */
export const momentumPresets: Presets = {};
