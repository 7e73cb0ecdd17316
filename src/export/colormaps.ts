import { RequestError } from '../spec/errors.ts';
import { colormapTables } from './colormap-tables.ts';

type TableName = keyof typeof colormapTables;
/** A baked table, or the same one reversed (`_r`, as in matplotlib). */
export type ColormapName = TableName | `${TableName}_r`;

/** A way from [0, 1] to colour. */
export interface Colormap {
  readonly name: ColormapName;
  /** 256 sRGB entries, [256, 3] uint8; entry i stands at t = i / 255. */
  readonly colours: Uint8Array;
  /** Whether red, green and blue are equal everywhere, so that one channel says all. */
  readonly isGrey: boolean;
}

const tableNames = Object.keys(colormapTables) as TableName[]; // the keys are a literal type

/** Every name `colormap` knows: each table, then each reversed. */
export const colormapNames: readonly ColormapName[] = [
  ...tableNames,
  ...tableNames.map((name) => `${name}_r` as const),
];

/**
 * Looks a colormap up by name, e.g. `inferno` or `grey_r`.
 *
 * @throws {RequestError} `unknown-colormap` if there is none of that name; the message lists them.
 * @see https://bids.github.io/colormap for viridis, magma and inferno
 */
export function colormap(name: string): Colormap {
  const known = colormapNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new RequestError({
      code: 'unknown-colormap',
      where: 'map',
      what: 'no such colormap',
      got: JSON.stringify(name),
      cure: `choose one of ${tableNames.join(', ')}, or one of them reversed, e.g. ${tableNames[0]}_r`,
    });
  }
  const table = tableNames.find((candidate) => candidate === known.replace(/_r$/, '')) ?? 'grey';
  const entries = colormapTables[table].match(/.{6}/g) ?? [];
  if (known.endsWith('_r')) entries.reverse();
  const colours = Uint8Array.from(entries.join('').match(/../g) ?? [], (hex) =>
    Number.parseInt(hex, 16),
  );
  return { name: known, colours, isGrey: table === 'grey' };
}

/**
 * Paints shares t in [0, 1] with 8 bits a channel: the table's entry nearest to t.
 *
 * @returns [t.length, channels] uint8, one channel for a grey map, else red, green, blue
 */
export function paint8(t: Float64Array, { colours, isGrey }: Colormap): Uint8Array {
  const channels = isGrey ? 1 : 3;
  const painted = new Uint8Array(channels * t.length);
  for (let pixel = 0; pixel < t.length; pixel++) {
    const entry = 3 * Math.round(255 * (t[pixel] ?? 0));
    for (let channel = 0; channel < channels; channel++) {
      painted[channels * pixel + channel] = colours[entry + channel] ?? 0;
    }
  }
  return painted;
}

/**
 * Paints shares t in [0, 1] with 16 bits a channel: between the two entries around t the sRGB
 * values are interpolated linearly, so that `grey` is round(65535 t).
 *
 * @returns [t.length, channels] uint16, one channel for a grey map, else red, green, blue
 */
export function paint16(t: Float64Array, { colours, isGrey }: Colormap): Uint16Array {
  const channels = isGrey ? 1 : 3;
  const painted = new Uint16Array(channels * t.length);
  for (let pixel = 0; pixel < t.length; pixel++) {
    const position = 255 * (t[pixel] ?? 0);
    const entry = Math.min(Math.floor(position), 254);
    for (let channel = 0; channel < channels; channel++) {
      const below = colours[3 * entry + channel] ?? 0;
      const above = colours[3 * (entry + 1) + channel] ?? 0;
      // 257 = 65535 / 255 takes an 8-bit value to the same share of 16 bits.
      painted[channels * pixel + channel] = Math.round(
        257 * (below + (position - entry) * (above - below)),
      );
    }
  }
  return painted;
}
