import { CHECKPOINT } from '../../../measure/layout.ts';
import type { Lifetime, OrbitSums, SumsText } from './orbit-sums.ts';

/** How an orbit ended and after how many steps: shaders/kernels/marks.wgsl. */
export const ENDS = 2;

/**
 * The words kept of every orbit beside its state, [word][column][orbit]: how it ended; then, of all
 * measures, those of the tile, of a batch, and of a piece.
 */
export interface MarkWords {
  /** Words of an orbit. */
  readonly width: number;
  /** First word of a lifetime; those of a piece go to the end. */
  readonly from: Readonly<Record<Lifetime, number>>;
  /** Per measure, its first word of each lifetime. */
  readonly places: readonly Readonly<Record<Lifetime, number>>[];
}

/** Places the words of all measures. */
export function layMarks(measures: readonly OrbitSums[]): MarkWords {
  let width = ENDS;
  const lay = (lifetime: Lifetime) => {
    const from = width;
    const places = measures.map(({ words }) => {
      const at = width;
      width += words[lifetime];
      return at;
    });
    return { from, places };
  };
  const laid = { tile: lay('tile'), batch: lay('batch'), piece: lay('piece') };
  const { tile, batch, piece } = laid;
  return {
    width,
    from: { tile: tile.from, batch: batch.from, piece: piece.from },
    places: measures.map((_, index) => ({
      tile: tile.places[index] ?? 0,
      batch: batch.places[index] ?? 0,
      piece: piece.places[index] ?? 0,
    })),
  };
}

/** Checkpoints in a row, and observed states from one to the next. */
const ROW = 32;

/**
 * The generated module `sums` of all measures: `loadSums`, `addState` for every observed state,
 * `checkSums` for those at checkpoints, `storeSums`; `checkpointAfter`; `lookAt` and `storeLook` for the
 * first states of a batch.
 */
export function writeSums(measures: readonly OrbitSums[], marks: MarkWords): string {
  const texts: readonly SumsText[] = measures.map((measure, index) =>
    measure.write(
      (lifetime, word) =>
        `marks[place + ${(marks.places[index]?.[lifetime] ?? 0) + word}u * stride]`,
    ),
  );
  const imports = new Set(texts.flatMap((text) => text.imports));
  const lines = (statements: readonly string[]) => statements.map((line) => `  ${line}`).join('\n');
  const flat = (of: 'load' | 'store' | 'storeLook') => lines(texts.flatMap((text) => text[of]));
  const blocks = (of: 'add' | 'check' | 'look') =>
    texts
      .filter((text) => text[of].length > 0)
      .map((text) => `  {\n  ${lines(text[of]).replaceAll('\n', '\n  ')}\n  }`)
      .join('\n');
  const isChecked = texts.some(({ check }) => check.length > 0);
  return `import orbit::{State, Column};
import package::kernels::slice::slice;
import package::kernels::marks::marks;
import package::lib::position::{Coordinate, Frequency, Bend, phaseOf, chirped, sinOfPhase, cosOfPhase, sinOfTurns, cosOfTurns, between, turnsOf};
${[...imports].map((path) => `import ${path};`).join('\n')}

${texts.flatMap((text) => text.declarations).join('\n')}

fn loadSums(place: u32, stride: u32) {
${flat('load')}
}

fn addState(state: State, column: Column) {
${blocks('add')}
}

// Steps of this slice up to the next checkpoint behind n of them: an observed state whose number is a
// multiple of ${CHECKPOINT}, which divides 2^32.
fn checkpointAfter(n: u32) -> u32 {
  ${isChecked ? `return min(slice.steps, n + ${CHECKPOINT}u - (slice.observed + n + ${CHECKPOINT - 1}u) % ${CHECKPOINT}u);` : 'return slice.steps;'}
}

// After n steps of this slice, at a checkpoint or at the end of the slice.
fn checkSums(state: State, n: u32) {
${
  isChecked
    ? `  let number = slice.observed + n - 1u;
  if (number % ${CHECKPOINT}u != 0u) { return; }
  let isRowEnd = number % ${ROW * CHECKPOINT}u == 0u;
${blocks('check')}`
    : ''
}
}

// After addState was called so many times.
fn storeSums(place: u32, stride: u32, states: u32) {
${flat('store')}
}

fn lookAt(state: State, column: Column) {
${blocks('look')}
}

fn storeLook(place: u32, stride: u32) {
${flat('storeLook')}
}
`;
}
