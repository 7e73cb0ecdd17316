import type { ColumnSetting } from '../../../spec/columns.ts';
import type { Variate } from '../precision/variate.ts';
import { noText, type OrbitSums } from './orbit-sums.ts';

/** A coordinate along which the micro-structure has a period. */
export interface PeriodicCoordinate {
  readonly variate: Variate;
  /** In the unit of the variable. */
  period(setting: ColumnSetting): number;
}

const SEEN = 0; // word of the tile: whether any state was looked at

/**
 * How far an orbit wanders: at every checkpoint the least and the largest place along each coordinate,
 * counted from the first.
 *
 * @param at place of the extent in a record.
 */
export function extentSums(coordinates: readonly PeriodicCoordinate[], at: number): OrbitSums {
  let words = SEEN + 1;
  const placed = coordinates.map((coordinate, index) => {
    const from = words;
    words += coordinate.variate.words + 2;
    const least = from + coordinate.variate.words;
    const names = {
      first: `first${index}`,
      place: `place${index}`,
      away: `away${index}`,
      least: `least${index}`,
      most: `most${index}`,
    };
    return { ...coordinate, names, from, least, most: least + 1 };
  });
  return {
    words: { tile: coordinates.length > 0 ? words : 0, batch: 0, piece: 0 },
    write(word) {
      if (coordinates.length === 0) return noText;
      return {
        ...noText,
        declarations: [
          'var<private> isSeen: bool;',
          ...placed.flatMap(({ variate, names }) => [
            `var<private> ${names.first}: ${variate.type};`,
            `var<private> ${names.least}: f32;`,
            `var<private> ${names.most}: f32;`,
          ]),
        ],
        load: [
          `isSeen = ${word('tile', SEEN)} != 0u;`,
          ...placed.flatMap(({ variate, names, from, least, most }) => [
            `${names.first} = ${variate.load((index) => word('tile', from + index))};`,
            `${names.least} = bitcast<f32>(${word('tile', least)});`,
            `${names.most} = bitcast<f32>(${word('tile', most)});`,
          ]),
        ],
        check: [
          ...placed.flatMap(({ variate, names }) => [
            '{',
            ...variate.statements,
            `let ${names.place} = ${variate.result};`,
            `if (!isSeen) { ${names.first} = ${names.place}; }`,
            `let ${names.away} = ${variate.minus(names.place, names.first)};`,
            `${names.least} = min(${names.least}, ${names.away});`,
            `${names.most} = max(${names.most}, ${names.away});`,
            '}',
          ]),
          'isSeen = true;',
        ],
        store: [
          `${word('tile', SEEN)} = u32(isSeen);`,
          ...placed.flatMap(({ variate, names, from, least, most }) => [
            ...variate
              .store(names.first)
              .map((text, index) => `${word('tile', from + index)} = ${text};`),
            `${word('tile', least)} = bitcast<u32>(${names.least});`,
            `${word('tile', most)} = bitcast<u32>(${names.most});`,
          ]),
        ],
      };
    },
    finish(tile, { width, data }) {
      const { floats, columns, orbits, settingOf } = tile;
      const ranges = placed.map(({ least, most }) => [
        tile.at('tile', least),
        tile.at('tile', most),
      ]);
      for (let column = 0; column < columns; column++) {
        const setting = settingOf(column);
        const sizes = placed.map(({ variate, period }) => variate.unit(setting) / period(setting));
        for (let place = column * orbits; place < (column + 1) * orbits; place++) {
          const extents = ranges.map(
            ([least = 0, most = 0], index) =>
              ((floats[most + place] ?? 0) - (floats[least + place] ?? 0)) * (sizes[index] ?? 0),
          );
          data[place * width + at] = extents.length > 0 ? Math.max(...extents) : Number.NaN;
        }
      }
    },
  };
}
