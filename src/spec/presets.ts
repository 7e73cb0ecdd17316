import { escapePresets } from './presets/escape.ts';
import { exponentPresets } from './presets/exponents.ts';
import { knownMapPresets } from './presets/known-maps.ts';
import { lawPresets } from './presets/laws.ts';
import { localChaosPresets } from './presets/local-chaos.ts';
import { momentumPresets } from './presets/momentum.ts';
import type { Presets } from './presets/preset.ts';

export type { Preset } from './presets/preset.ts';

/** The built-in specs by name; each is also a file of `examples/`. */
export const presets: Presets = {
  ...localChaosPresets,
  ...knownMapPresets,
  ...lawPresets,
  ...exponentPresets,
  ...escapePresets,
  ...momentumPresets,
};
