import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { figurePng, figureSvg } from '../../src/cli/draw-figure.ts';
import { readPngText } from '../../src/export/png.ts';
import type { Figure } from '../../src/figure/figure.ts';
import { colourOf } from '../../src/figure/palette.ts';
import { panelOf } from './drawn.ts';

const textFigure = (text: string): Figure => ({
  title: '',
  panels: [panelOf([{ mark: 'text', x: 5, y: 50, text }], { width: 60, height: 40 })],
});

/** Pixels of the text's place, by which characters are told apart. */
async function drawnAs(text: string): Promise<string> {
  return Buffer.from(decode(await figurePng(textFigure(text))).data).toString('base64');
}

test('a PNG has twice the pixels of the SVG, its colours, white around them, and its text', async () => {
  const figure = {
    title: 'A figure',
    panels: [panelOf([{ mark: 'points', x: [5], y: [50], size: 40 }])],
  } as const;
  const bytes = await figurePng(figure, { text: { Title: 'η' } });
  const { width, height, data, palette } = decode(bytes); // so few colours that it has a palette
  const svg = await figureSvg(figure);
  const [, wide, high] = / width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  expect([width, height]).toEqual([2 * Number(wide), 2 * Number(high)]);
  expect(readPngText(bytes, 'a.png')).toEqual({ Title: 'η' });

  const counts = new Map<string, number>();
  for (const entry of data) {
    const colour = `#${Buffer.from(palette?.[entry] ?? []).toString('hex')}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  // the disk of 80 pixels, but its rim
  expect(counts.get(colourOf('data'))).toBeGreaterThan(0.95 * Math.PI * 40 ** 2);
  expect(counts.get(colourOf('data'))).toBeLessThan(Math.PI * 40 ** 2);
  expect(counts.get('#ffffff')).toBeGreaterThan(0.8 * width * height);
  expect(await figurePng(figure, { text: { Title: 'η' } })).toEqual(bytes);
  expect(decode(await figurePng(figure, { zoom: 1 })).width).toBe(width / 2);
});

test('the letters of the field are drawn, each as itself and none as the box for what is missing', async () => {
  const letters = [...'ηελσμ₁₂²⁻⁹−×·≥ö'];
  const drawn = await Promise.all(letters.map(drawnAs));
  const missing = await drawnAs('\u{F0000}'); // private: in no font
  expect(new Set([...drawn, missing, await drawnAs(' ')]).size).toBe(letters.length + 2);
});
