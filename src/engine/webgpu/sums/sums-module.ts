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

/** The generated module `sums`: `loadSums`, `addState` and `storeSums` of all measures. */
export function writeSums(measures: readonly OrbitSums[], marks: MarkWords): string {
  const texts: readonly SumsText[] = measures.map((measure, index) =>
    measure.write(
      (lifetime, word) =>
        `marks[place + ${(marks.places[index]?.[lifetime] ?? 0) + word}u * stride]`,
    ),
  );
  const imports = new Set(texts.flatMap((text) => text.imports));
  const lines = (statements: readonly string[]) => statements.map((line) => `  ${line}`).join('\n');
  const blocks = texts
    .filter(({ add }) => add.length > 0)
    .map(({ add }) => `  {\n  ${lines(add).replaceAll('\n', '\n  ')}\n  }`);
  return `import orbit::{State, Column};
import package::kernels::marks::marks;
import package::lib::position::{Coordinate, Frequency, phaseOf, sinOfPhase, cosOfPhase, between, turnsOf};
${[...imports].map((path) => `import ${path};`).join('\n')}

${texts.flatMap((text) => text.declarations).join('\n')}

fn loadSums(place: u32, stride: u32) {
${lines(texts.flatMap((text) => text.load))}
}

fn addState(state: State, column: Column, n: u32) {
${blocks.join('\n')}
}

fn storeSums(place: u32, stride: u32) {
${lines(texts.flatMap((text) => text.store))}
}
`;
}
