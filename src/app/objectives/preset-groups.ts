import { escapePresets } from '../../spec/presets/escape.ts';
import { exponentPresets } from '../../spec/presets/exponents.ts';
import { knownMapPresets } from '../../spec/presets/known-maps.ts';
import { lawPresets } from '../../spec/presets/laws.ts';
import { localChaosPresets } from '../../spec/presets/local-chaos.ts';
import { momentumPresets } from '../../spec/presets/momentum.ts';
import type { Presets } from '../../spec/presets/preset.ts';
import { presets } from '../../spec/presets.ts';

/** Presets that show one thing, and its name. */
export interface PresetGroup {
  readonly title: string;
  readonly names: readonly string[];
}

const titled: readonly (readonly [string, Presets])[] = [
  ['Local chaos', localChaosPresets],
  ['Global chaos and its laws', lawPresets],
  ['Exponents and regimes', exponentPresets],
  ['Escape', escapePresets],
  ['Momentum', momentumPresets],
  ['Maps with known answers', knownMapPresets],
];

/** All presets, grouped by what they show; those of no group come last. */
export const presetGroups: readonly PresetGroup[] = withOthers(
  titled.map(([title, group]) => ({ title, names: Object.keys(group) })),
);

/**
 * The presets whose name, title, explanation or source has every word of a text, in their groups.
 *
 * @returns groups with at least one preset.
 */
export function findPresets(text: string): readonly PresetGroup[] {
  const words = plain(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  return presetGroups
    .map(({ title, names }) => ({
      title,
      names: names.filter((name) => {
        const { spec, about, source } = presets[name] ?? {};
        const all = plain([name, title, spec?.title, about, source].join(' '));
        return words.every((word) => all.includes(word));
      }),
    }))
    .filter(({ names }) => names.length > 0);
}

function withOthers(groups: readonly PresetGroup[]): readonly PresetGroup[] {
  const known = new Set(groups.flatMap(({ names }) => names));
  const names = Object.keys(presets).filter((name) => !known.has(name));
  return names.length === 0 ? groups : [...groups, { title: 'Others', names }];
}

/** Text as it is searched: without case, accents and hyphens. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replaceAll('-', ' ')
    .toLowerCase();
}
