import type { TangentsLayout } from '../../../measure/layout.ts';
import { RequestError } from '../../../spec/errors.ts';
import type { Snippet } from '../precision/snippet.ts';
import type { Matrix } from '../rules/orbit-rule.ts';
import { importsOf } from './moments.ts';
import { noText, type OrbitSums } from './orbit-sums.ts';

/** The Jacobian of a step as WGSL. */
export interface JacobianText extends Omit<Snippet, 'result'> {
  /** f32. */
  readonly entries: Matrix;
  /** Its determinant, f32, where that is known without cancellation. */
  readonly determinant: string | undefined;
  /** Paths of what the statements use, but for functions. */
  readonly imports: readonly string[];
}

const ONE = 0x3f800000; // of f32
/** Each is a variable of an invocation, which may have 8192 bytes of them. */
const MOST_COMPONENTS = 1024;
/** Words of a piece: steps, then the exponent taken out of each vector. */
const STEPS = 0;
const EXPONENTS = 1;

/**
 * Growth of tangent vectors: at every observed state each is multiplied by the Jacobian there, freed
 * from what it has of those before it (Gram and Schmidt), and kept in range by a power of two.
 *
 * Where the determinant is known and all vectors are asked for, the last grows as much as it leaves to
 * be grown: what the first ones take off it would leave no digit of f32.
 *
 * A vector that becomes 0, as where a derivative is exactly 0, starts anew with a growth of 2^-127.
 *
 * @throws {RequestError} `limit` where there are more components than a device can hold.
 */
export function tangentSums(
  { statements, functions, partial, entries, determinant, imports }: JacobianText,
  { start, exponents }: TangentsLayout,
): OrbitSums {
  const dimension = entries.length;
  if (exponents * dimension > MOST_COMPONENTS) {
    throw new RequestError({
      code: 'limit',
      where: 'measures',
      what: `the WebGPU engine turns tangent vectors of at most ${MOST_COMPONENTS} components together`,
      got: `${exponents} exponents of ${dimension} dimensions`,
      cure: 'ask for fewer exponents, or for the engine cpu',
    });
  }
  const rows = Array.from({ length: dimension }, (_, row) => row);
  const vectors = Array.from({ length: exponents }, (_, vector) => vector);
  /** Vector that holds the volume in its component, where one does. */
  const volume = determinant && exponents > 1 && exponents === dimension ? exponents - 1 : -1;
  const join = (texts: readonly string[], mark: string) => texts.join(` ${mark} `);
  const part = (vector: number, row: number) => `tangent${vector}_${row}`;
  const turned = (vector: number, row: number) => `turned${vector}_${row}`;
  const dot = (a: number, b: number) =>
    join(
      rows.map((row) => `${turned(a, row)} * ${turned(b, row)}`),
      '+',
    );
  /** Statements that give the image of a vector. */
  const turn = (vector: number): readonly string[] =>
    rows.map((row) => {
      if (vector === volume) {
        const grown = row === vector ? `${determinant} * ${part(vector, row)}` : '0f';
        return `var ${turned(vector, row)} = ${grown};`;
      }
      const summands = (entries[row] ?? []).flatMap((entry, column) =>
        entry ? [`${entry} * ${part(vector, column)}`] : [],
      );
      return `var ${turned(vector, row)} = ${join(summands, '+') || '0f'};`;
    });
  const straighten = (vector: number): readonly string[] =>
    vectors.slice(0, vector).flatMap((other) => {
      const share = `share${vector}_${other}`;
      return [
        `let ${share} = (${dot(other, vector)}) / (${dot(other, other)});`,
        ...rows.map((row) => `${turned(vector, row)} -= ${share} * ${turned(other, row)};`),
      ];
    });
  const rescale = (vector: number): readonly string[] => {
    const size = rows.reduce(
      (text, row) =>
        text ? `max(${text}, abs(${turned(vector, row)}))` : `abs(${turned(vector, row)})`,
      '',
    );
    const own = `exponent${vector}`;
    const isUsual = `isUsual${vector}`;
    return [
      `let ${own} = exponentOf(${size});`,
      `let ${isUsual} = isNormal(${own});`,
      `let factor${vector} = inverseOf(select(0, ${own}, ${isUsual}));`,
      ...rows.map((row) => {
        const anew = row === vector ? '1f' : '0f';
        const name = turned(vector, row);
        return `${name} = select(${anew}, ${name} * factor${vector}, ${isUsual});`;
      }),
      `growth${vector} += ${own};`,
    ];
  };
  const each = (text: (vector: number, row: number) => string) =>
    vectors.flatMap((vector) => rows.map((row) => text(vector, row)));

  /** ln of the lengths of the vectors when sums were last taken, [orbits, exponents]. */
  let lengths = new Float64Array(0);
  return {
    words: { tile: exponents * dimension, batch: 0, piece: EXPONENTS + exponents },
    initial: vectors.map((vector) => [vector * dimension + vector, ONE] as const),
    write(word) {
      const at = (vector: number, row: number) => word('tile', vector * dimension + row);
      const moves = [
        ...vectors.flatMap((vector) => [
          ...turn(vector),
          ...(vector === volume ? [] : straighten(vector)),
          ...rescale(vector),
        ]),
        ...each((vector, row) => `${part(vector, row)} = ${turned(vector, row)};`),
        ...(partial ? ['tangentSteps++;'] : []),
      ];
      return {
        ...noText,
        imports: [
          ...['exponentOf', 'isNormal', 'inverseOf'].map(
            (name) => `package::measures::lyapunov::${name}`,
          ),
          ...importsOf(functions, partial),
          ...imports,
        ],
        declarations: [
          ...each((vector, row) => `var<private> ${part(vector, row)}: f32;`),
          ...vectors.map((vector) => `var<private> growth${vector}: i32;`),
          'var<private> tangentSteps: u32;',
        ],
        load: [
          ...each((vector, row) => `${part(vector, row)} = bitcast<f32>(${at(vector, row)});`),
          ...vectors.map(
            (vector) => `growth${vector} = bitcast<i32>(${word('piece', EXPONENTS + vector)});`,
          ),
          `tangentSteps = ${word('piece', STEPS)};`,
        ],
        add: [
          ...statements,
          ...(partial ? ['if (!outOfDomain) {', ...moves, '}', 'outOfDomain = false;'] : moves),
        ],
        store: [
          ...each((vector, row) => `${at(vector, row)} = bitcast<u32>(${part(vector, row)});`),
          ...vectors.map(
            (vector) => `${word('piece', EXPONENTS + vector)} = bitcast<u32>(growth${vector});`,
          ),
          `${word('piece', STEPS)} = tangentSteps${partial ? '' : ' + states'};`,
        ],
      };
    },
    begin(orbits) {
      lengths = new Float64Array(orbits * exponents);
    },
    take(tile, { width, data }, { batch, isWarmUp }) {
      const { words, ints, floats, columns, orbits } = tile;
      const sums = new Float64Array(columns * orbits); // of what the vectors so far grew by
      for (const vector of vectors) {
        const grown = tile.at('piece', EXPONENTS + vector);
        const steps = tile.at('piece', STEPS);
        const parts = rows.map((row) => tile.at('tile', vector * dimension + row));
        for (let place = 0; place < columns * orbits; place++) {
          let squares = 0;
          for (const from of parts) squares += (floats[from + place] ?? 0) ** 2;
          const length = Math.log(squares) / 2;
          const before = lengths[place * exponents + vector] ?? 0;
          lengths[place * exponents + vector] = length;
          if (isWarmUp) continue;
          const at = place * width + start + batch * (1 + exponents);
          if (vector === 0) data[at] = (data[at] ?? 0) + (words[steps + place] ?? 0);
          const growth = (ints[grown + place] ?? 0) * Math.LN2 + length - before;
          const others = vector === volume ? (sums[place] ?? 0) : 0;
          sums[place] = (sums[place] ?? 0) + growth;
          data[at + 1 + vector] = (data[at + 1 + vector] ?? 0) + growth - others;
        }
      }
    },
  };
}
