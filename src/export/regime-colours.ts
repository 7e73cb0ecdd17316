import { regimes } from '../measure/regime.ts';

// Chosen to differ in lightness as much as in hue, so that no kind of colour blindness takes two of the
// regimes for one: dark blue, two scales of middle tones, amber, vermilion, grey, near white.
const colours = ['#131c3a', '', '#eaa90f', '#c2401c', '#6e6e6e', '#f4f1ea'] as const;
/** Periods 2, 4, 8 … from the first colour to the second; periods with another factor likewise. */
const doublings = ['#2c6aa8', '#86d0bd'] as const;
const others = ['#b089df', '#dcb6ea'] as const;
/** Logarithm to base 2 of the period that has the second colour; longer ones have it too. */
const LONGEST = 6;

/** What a cell does, with its colour. */
export interface RegimeColour {
  readonly meaning: string;
  /** sRGB, `#rrggbb`. */
  readonly colour: string;
}

/**
 * Colour and meaning of a regime.
 *
 * @param regime its number; anything that is none is called unknown.
 * @param period of a cycle.
 */
export function regimeColour(regime: number, period: number): RegimeColour {
  const meaning = regimes[regime];
  if (meaning === undefined) return { meaning: 'unknown', colour: '#000000' };
  if (meaning !== 'periodic') return { meaning, colour: colours[regime] ?? '#000000' };
  const isDoubling = Number.isInteger(Math.log2(period));
  const way = Math.min(1, Math.max(0, (Math.log2(period) - 1) / (LONGEST - 1)));
  const colour = between(isDoubling ? doublings : others, way);
  return { meaning: `periodic, period ${period}`, colour };
}

/** Between two colours, channel by channel in sRGB. */
function between([from, to]: readonly [string, string], way: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round((a ?? 0) + way * ((b ?? 0) - (a ?? 0)));
  });
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
