import type { SimdGraph, SimdValue } from '../../formula/simd/graph.ts';
import { type ColumnSetting, columnSetting } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Waves } from '../waves.ts';
import type { Reach } from './kernel-request.ts';

/**
 * The numbers of its column that every lane carries, f64, computed on the host. What varies from column
 * to column, or when a window moves, stands here and not in the kernel's text, so that a new window
 * needs no new module.
 */
export interface LaneTable {
  /** Adds a word and gives its value in the graph; words of equal key are one word. */
  word(graph: SimdGraph, key: string, value: (setting: ColumnSetting) => number): SimdValue;
  /**
   * The word that stands for slot `start` of a lane's row; the worker knows where the row is.
   *
   * Its number is 1.5 * 2^50 plus the place of the slot, counted in u32 from the start of memory.
   */
  row(graph: SimdGraph, start: number): SimdValue;
  /** Adds a word that says whether no step leads from within the radius beyond it. */
  confine(isConfined: (setting: ColumnSetting) => boolean): void;
  /** Place of that word, if it was added. */
  readonly confined: number | undefined;
  /** Words of a lane. */
  readonly width: number;
  /** Places of the words that hold slots, with the slot each stands for. */
  readonly rows: readonly { readonly word: number; readonly slot: number }[];
  /** Place of the length of a turn, per variable. */
  readonly units: readonly number[];
  /** How far each variable may go. */
  readonly reaches: readonly Reach[];
  /** Rows of `count` columns from `columnFrom` on: f64 [count, width]; slots stay 0. */
  fill(spec: Spec, columnFrom: number, count: number): Float64Array<ArrayBuffer>;
}

/** Infinity is beyond any reach. */
const LARGEST = Number.MAX_VALUE;

/**
 * A table that has the unit and the reach of every variable, and grows with what is asked of it.
 *
 * @param settings of enough columns to see whether a unit varies.
 */
export function createLaneTable(
  variables: readonly string[],
  waves: Waves,
  radius: number,
  settings: readonly ColumnSetting[],
): LaneTable {
  const words = new Map<string, { place: number; value: (setting: ColumnSetting) => number }>();
  const rows: { word: number; slot: number }[] = [];
  const add = (key: string, value: (setting: ColumnSetting) => number): number => {
    const word = words.get(key) ?? { place: words.size, value };
    words.set(key, word);
    return word.place;
  };
  const units = variables.map((_, at) => add(`unit ${at}`, (setting) => waves.unit(at, setting)));
  const reaches = variables.map((_, at) => {
    const units = settings.map((setting) => waves.unit(at, setting));
    const isShared = units.every((unit) => unit === units[0]);
    const word = isShared
      ? add(`reach ${at}`, (setting) => Math.min(radius / waves.unit(at, setting), LARGEST))
      : add(`1 / reach ${at}`, (setting) => waves.unit(at, setting) / radius);
    return { word, isShared };
  });
  let confined: number | undefined;
  const leaf = (graph: SimdGraph, place: number) => graph.leaf(`(local.get $w${place}_@)`);
  return {
    units,
    reaches,
    rows,
    word: (graph, key, value) => leaf(graph, add(key, value)),
    confine(isConfined) {
      confined = add('confined', (setting) => Number(isConfined(setting)));
    },
    get confined() {
      return confined;
    },
    row(graph, slot) {
      const word = add(`row ${slot}`, () => 0);
      if (!rows.some((row) => row.word === word)) rows.push({ word, slot });
      return leaf(graph, word);
    },
    get width() {
      return words.size;
    },
    fill(spec, columnFrom, count) {
      const all = [...words.values()];
      const table = new Float64Array(count * all.length);
      for (let column = 0; column < count; column++) {
        const setting = columnSetting(spec, columnFrom + column);
        for (const { place, value } of all) table[column * all.length + place] = value(setting);
      }
      return table;
    },
  };
}
