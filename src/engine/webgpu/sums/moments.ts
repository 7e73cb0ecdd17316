import { MOMENTS_WIDTH, type MomentsLayout } from '../../../measure/layout.ts';
import { floatOf, type Variate } from '../precision/variate.ts';
import type { OrbitSums } from './orbit-sums.ts';

const BIAS = 127;
/** Words of a piece: count, then power sums of a block and of the blocks before. */
const COUNT = 0;
const BLOCK = 1;
const TOTAL = 5;
const POWERS = [1, 2, 3, 4] as const;

/**
 * Power sums of a value: see shaders/measures/moments.wgsl.
 *
 * @param order among the moments of the run.
 */
export function momentSums(variate: Variate, { start }: MomentsLayout, order: number): OrbitSums {
  const [moments, origin] = [`moments${order}`, `origin${order}`];
  const { statements, result, functions, partial, type } = variate;
  const exponentAt = variate.words;
  return {
    words: { tile: 0, batch: variate.words + 1, piece: 9 },
    write(word) {
      const sums = (from: number) =>
        POWERS.map((_, k) => `bitcast<f32>(${word('piece', from + k)})`).join(', ');
      const keep = (from: number, of: string) =>
        POWERS.map((_, k) => `${word('piece', from + k)} = bitcast<u32>(${moments}.${of}[${k}]);`);
      const isDefined = [
        ...(type === 'f32' ? ['abs(y) < 0x1p120f'] : []), // differences stay in the range of f32
        ...(partial ? ['!outOfDomain'] : []),
      ].join(' && ');
      const add = [
        `if (${moments}.exponent == 0u) { ${origin} = y; ${moments}.exponent = 1u; }`,
        `addDifference(&${moments}, ${variate.minus('y', origin)});`,
      ];
      return {
        imports: [
          ...['Moments', 'addDifference', 'closeBlock', 'isBlockEnd'].map(
            (name) => `package::measures::moments::${name}`,
          ),
          ...importsOf(functions, partial),
        ],
        declarations: [
          `var<private> ${moments}: Moments;`,
          `var<private> ${origin}: ${type};`, // the first value of the batch
        ],
        load: [
          `${origin} = ${variate.load((index) => word('batch', index))};`,
          `${moments} = Moments(${word('piece', COUNT)}, ${word('batch', exponentAt)}, vec4f(${sums(BLOCK)}), vec4f(${sums(TOTAL)}));`,
        ],
        add: [
          ...statements,
          `let y = ${result};`,
          ...(isDefined ? [`if (${isDefined}) {`, ...add, '}'] : add),
          ...(partial ? ['outOfDomain = false;'] : []),
          `if (isBlockEnd(n)) { closeBlock(&${moments}); }`,
        ],
        store: [
          ...variate.store(origin).map((text, index) => `${word('batch', index)} = ${text};`),
          `${word('batch', exponentAt)} = ${moments}.exponent;`,
          `${word('piece', COUNT)} = ${moments}.count;`,
          ...keep(BLOCK, 'block'),
          ...keep(TOTAL, 'total'),
        ],
      };
    },
    take({ word, setting }, record, { batch }) {
      const count = word('piece', COUNT);
      if (count === 0) return;
      const at = start + batch * MOMENTS_WIDTH;
      const words = Array.from({ length: variate.words }, (_, index) => word('batch', index));
      record[at] = (record[at] ?? 0) + count;
      record[at + 1] = variate.value(words, setting);
      const size = variate.unit(setting) * 2 ** (word('batch', exponentAt) - BIAS);
      for (const k of POWERS) {
        const sum = floatOf(word('piece', BLOCK + k - 1)) + floatOf(word('piece', TOTAL + k - 1));
        record[at + 1 + k] = (record[at + 1 + k] ?? 0) + sum * size ** k;
      }
    },
  };
}

/** What text that calls functions of shaders/lib/math.wgsl imports. */
export function importsOf(functions: readonly string[], partial: boolean): readonly string[] {
  const names = partial ? [...functions, 'outOfDomain'] : functions;
  return names.map((name) => `package::lib::math::${name}`);
}
