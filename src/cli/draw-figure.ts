import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Figure } from '../figure/figure.ts';
import { type PngOptions, figurePng as rasterize, type Typesetter } from '../figure/figure-png.ts';

export { figureSvg } from '../figure/figure-svg.ts';

/**
 * Draws a figure as PNG, with the font and the rasterizer out of this program's npm packages.
 *
 * @throws {RequestError} `bad-figure`, as of `figureSvg`.
 */
export async function figurePng(figure: Figure, options: PngOptions = {}): Promise<Uint8Array> {
  typesetter ??= readTypesetter();
  return await rasterize(figure, await typesetter, options);
}

let typesetter: Promise<Typesetter> | undefined;

async function readTypesetter(): Promise<Typesetter> {
  const require = createRequire(import.meta.url);
  const [wasm, font] = await Promise.all([
    readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')),
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
  ]);
  return { wasm, font };
}
