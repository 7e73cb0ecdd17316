import type { ColumnSetting } from '../../spec/columns.ts';
import { RequestError } from '../../spec/errors.ts';

type WordType = 'f32' | 'u32' | 'i32';

interface Word {
  readonly name: string;
  readonly type: WordType;
  readonly value: (setting: ColumnSetting) => number;
}

/**
 * The constants of every column: one row of 4-byte words a column, computed on the host in f64.
 *
 * What varies from column to column, or when the explorer moves its window, stands here and not in
 * the shader's text, so that a new window needs no new pipeline.
 */
export interface ColumnTable {
  /**
   * Adds a word and returns its WGSL expression, `column.NAME`; words of equal key are one word.
   *
   * @param key says what it is, e.g. `epsilon`.
   */
  word(key: string, type: WordType, value: (setting: ColumnSetting) => number): string;
  /** Words in a row. */
  readonly width: number;
  /** `struct Column` and `loadColumn`. */
  wgsl(): string;
  /**
   * The rows of `count` columns from `columnFrom` on: shape [count, words].
   *
   * @throws {RequestError} `not-representable` where a constant of a column is not finite.
   */
  fill(
    settingOf: (column: number) => ColumnSetting,
    columnFrom: number,
    count: number,
  ): Uint32Array<ArrayBuffer>;
}

export function createColumnTable(): ColumnTable {
  const words = new Map<string, Word>();
  return {
    get width() {
      return words.size;
    },
    word(key, type, value) {
      const known = words.get(key);
      const word = known ?? { name: `w${words.size}`, type, value };
      if (!known) words.set(key, word);
      return `column.${word.name}`;
    },
    wgsl() {
      const all = [...words.values()];
      const members = all.map(({ name, type }) => `  ${name}: ${type},`).join('\n');
      const loads = all.map(({ type }, index) => {
        const raw = `columnTable[row + ${index}u]`;
        return `    ${type === 'u32' ? raw : `bitcast<${type}>(${raw})`},`;
      });
      return `@group(0) @binding(1) var<storage, read> columnTable: array<u32>;

struct Column {
${members}
}

fn loadColumn(index: u32) -> Column {
  let row = index * ${all.length}u;
  return Column(
${loads.join('\n')}
  );
}
`;
    },
    fill(settingOf, columnFrom, count) {
      const all = [...words.entries()];
      const view = new DataView(new ArrayBuffer(Math.max(4, count * all.length * 4)));
      let at = 0;
      for (let column = columnFrom; column < columnFrom + count; column++) {
        const setting = settingOf(column);
        for (const [key, { type, value }] of all) {
          const number = value(setting);
          if (!Number.isFinite(type === 'f32' ? Math.fround(number) : number)) {
            throw new RequestError({
              code: 'not-representable',
              where: `column ${column}`,
              what: `${key} does not fit a 32-bit float`,
              got: String(number),
              cure: 'choose numbers within 1e-37 and 1e37, or precision float64',
            });
          }
          if (type === 'f32') view.setFloat32(at, number, true);
          else if (type === 'i32') view.setInt32(at, number, true);
          else view.setUint32(at, number, true);
          at += 4;
        }
      }
      return new Uint32Array(view.buffer);
    },
  };
}
