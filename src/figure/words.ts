/** The font of every word; the first is in the PNG, the others where an SVG is opened without it. */
export const fontFamily = '"DejaVu Sans", Verdana, sans-serif';

/** Sizes of words, px. */
export const fontSizes = {
  title: 17,
  subtitle: 13,
  panel: 14,
  axis: 13,
  tick: 12,
  note: 12,
} as const;

/** Advance widths of DejaVu Sans, in units of the font's size, for the characters that are far from 0.62. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[il.,;:'|!jI]/, 0.32],
  [/[ ()[\]/frt-]/, 0.38],
  [/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉]/, 0.4],
  [/[mwMW…@%]/, 0.95],
  [/[=+−×·<>≤≥≈±~]/, 0.84],
  [/[A-Z]/, 0.69],
];

/**
 * About how wide a text is, px: within a tenth, for leaving room. Measured nowhere, so that a figure is the
 * same on every machine.
 */
export function textWidth(text: string, size: number): number {
  let units = 0;
  for (const sign of text) units += widths.find(([signs]) => signs.test(sign))?.[1] ?? 0.62;
  return units * size;
}

/** Breaks a text at spaces into lines that fit `width`, px; a word that is too long stands alone. */
export function wrapText(text: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
