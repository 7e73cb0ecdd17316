import { MOMENTS_WIDTH, type MomentsLayout } from '../../../measure/layout.ts';
import type { Variate } from '../precision/variate.ts';
import type { OrbitSums } from './orbit-sums.ts';

const BIAS = 127;
/** Words of a piece: count, then power sums of a block, of a row of blocks, and of the rows before. */
const COUNT = 0;
const LEVELS = ['block', 'row', 'total'] as const;
const POWERS = [1, 2, 3, 4] as const;
const sumAt = (level: number, power: number) => 1 + level * POWERS.length + power - 1;

/**
 * Power sums of a value: see shaders/measures/moments.wgsl.
 *
 * @param order among the moments of the run.
 */
export function momentSums(
  variate: Variate,
  { start }: MomentsLayout,
  order: number,
  batches: number,
): OrbitSums {
  const name = (of: string) => `${of}${order}`;
  const { statements, result, functions, partial, type } = variate;
  const exponentAt = variate.words;
  const value = [...statements, `let y = ${result};`];
  // differences of what is not too large stay in the range of f32
  const defined = [
    ...(type === 'f32' ? ['(abs(y) < 0x1p120f)'] : []),
    ...(partial ? ['!outOfDomain'] : []),
  ].join(' & ');
  const clear = partial ? ['outOfDomain = false;'] : [];
  return {
    words: { tile: 0, batch: variate.words + 1, piece: sumAt(LEVELS.length, 1) },
    write(word) {
      const sum = (level: number, power: number) => word('piece', sumAt(level, power));
      const difference = variate.minus('y', name('origin'));
      const powers = `powersOf(${difference} * ${name('scale')})`;
      return {
        imports: [
          ...['exponentFor', 'scaleOf', 'powersOf'].map(
            (of) => `package::measures::moments::${of}`,
          ),
          ...importsOf(functions, partial),
        ],
        declarations: [
          `var<private> ${name('origin')}: ${type};`, // a value of the batch
          `var<private> ${name('scale')}: f32;`,
          `var<private> ${name('count')}: u32;`,
          ...LEVELS.map((level) => `var<private> ${name(level)}: vec4f;`),
          `var<private> ${name('largest')}: f32;`,
          `var<private> ${name('isFound')}: bool;`,
        ],
        load: [
          `${name('origin')} = ${variate.load((index) => word('batch', index))};`,
          `${name('scale')} = scaleOf(${word('batch', exponentAt)});`,
          `${name('count')} = ${word('piece', COUNT)};`,
          ...LEVELS.map((level, at) => {
            const parts = POWERS.map((power) => `bitcast<f32>(${sum(at, power)})`);
            return `${name(level)} = vec4f(${parts.join(', ')});`;
          }),
        ],
        add: [
          ...value,
          ...(defined
            ? [
                `let isDefined = ${defined};`,
                `${name('block')} += select(vec4f(), ${powers}, isDefined);`,
                `${name('count')} += u32(isDefined);`,
              ]
            : [`${name('block')} += ${powers};`]),
          ...clear,
        ],
        check: [
          `${name('row')} += ${name('block')};`,
          `${name('block')} = vec4f();`,
          `if (isRowEnd) { ${name('total')} += ${name('row')}; ${name('row')} = vec4f(); }`,
        ],
        store: [
          `${word('piece', COUNT)} = ${name('count')}${defined ? '' : ' + states'};`,
          ...LEVELS.flatMap((level, at) =>
            POWERS.map((power, k) => `${sum(at, power)} = bitcast<u32>(${name(level)}[${k}]);`),
          ),
        ],
        look: [
          ...value,
          `if (${defined || 'true'}) {`,
          `if (!${name('isFound')}) { ${name('origin')} = y; }`,
          `${name('isFound')} = true;`,
          `let size = max(abs(${difference}), ${variate.resolution('y')});`,
          `${name('largest')} = max(${name('largest')}, size);`,
          '}',
          ...clear,
        ],
        storeLook: [
          ...variate.store(name('origin')).map((text, at) => `${word('batch', at)} = ${text};`),
          `${word('batch', exponentAt)} = exponentFor(${name('largest')});`,
        ],
      };
    },
    take(tile, { width, data }, { batch }) {
      const { words, floats, columns, orbits } = tile;
      const count = tile.at('piece', COUNT);
      const exponent = tile.at('batch', exponentAt);
      const origin = Array.from({ length: variate.words }, (_, index) => tile.at('batch', index));
      const sums = POWERS.map((power) =>
        LEVELS.map((_, level) => tile.at('piece', sumAt(level, power))),
      );
      for (let place = 0; place < columns * orbits; place++) {
        const states = words[count + place] ?? 0;
        if (states === 0) continue;
        const at = place * width + start + batch * MOMENTS_WIDTH;
        data[at] = (data[at] ?? 0) + states;
        data[at + 1] = variate.value(words, origin, place);
        const size = 2 ** ((words[exponent + place] ?? 0) - BIAS);
        let scale = 1;
        for (let k = 0; k < POWERS.length; k++) {
          scale *= size;
          let sum = 0;
          for (const from of sums[k] ?? []) sum += floats[from + place] ?? 0;
          data[at + 2 + k] = (data[at + 2 + k] ?? 0) + sum * scale;
        }
      }
    },
    finish({ columns, orbits, settingOf }, { width, data }) {
      for (let column = 0; column < columns; column++) {
        const unit = variate.unit(settingOf(column));
        if (unit === 1) continue;
        for (let place = column * orbits; place < (column + 1) * orbits; place++) {
          for (let batch = 0; batch < batches; batch++) {
            const at = place * width + start + batch * MOMENTS_WIDTH;
            data[at + 1] = (data[at + 1] ?? 0) * unit; // the shift
            for (const power of POWERS) {
              data[at + 1 + power] = (data[at + 1 + power] ?? 0) * unit ** power;
            }
          }
        }
      }
    },
  };
}

/** What text that calls functions of shaders/lib/math.wgsl imports. */
export function importsOf(functions: readonly string[], partial: boolean): readonly string[] {
  const names = partial ? [...functions, 'outOfDomain'] : functions;
  return names.map((name) => `package::lib::math::${name}`);
}
