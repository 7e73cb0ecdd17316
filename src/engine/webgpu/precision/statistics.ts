import { emitWgsl, type WgslText } from '../../../formula/emit-wgsl.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import { requestsOf } from '../../../spec/measures/registry.ts';
import { parameterValues } from '../../waves.ts';
import { type Phases, planPhases } from '../phases.ts';
import { measured } from './measured-offset.ts';
import type { OrbitProgram, OrbitRequest } from './orbit.ts';
import { writePolynomialKicks } from './polynomial-kick.ts';

/** Cells stay below this, so that a position and a kick together cannot overflow 32 bits. */
const FARTHEST_CELL = 2 ** 30;

/**
 * `statistics`: positions in 32.32 fixed point, kicks in f32 with one unit in the last place of noise.
 *
 * f32 orbits of such maps fall on a few short cycles; these do not, and their statistics are those of
 * float64 orbits. Where the micro-structure has a period, it is the unit of the position, so that the
 * phase of every harmonic is exact whatever the distance.
 */
export function createStatisticsOrbit(request: OrbitRequest): OrbitProgram {
  const { spec, objective, observed, settings, table } = request;
  const { variables } = objective;
  const { radius } = spec.stop;
  const slopes = objective.gradient.map(({ macro, micro }) =>
    objective.pool.apply('add', macro, micro),
  );
  const plainBits = Math.min(63, 32 - Math.ceil(Math.log2(radius / FARTHEST_CELL)));
  const plainUnit = 2 ** (32 - plainBits);
  const phases = planPhases(variables, slopes, observed, settings, plainUnit, table);
  const { unit } = phases;
  const reach = (variable: number, setting: ColumnSetting) =>
    Math.min(radius, unit(variable, setting) * FARTHEST_CELL);

  const word = (key: string, value: (setting: ColumnSetting) => number) =>
    table.word(key, 'f32', value);
  const emit = (roots: readonly Expression[]): WgslText => {
    const waves = new Map<Expression, { name: string; statement: string }>();
    const text = emitWgsl(roots, {
      variable: ({ name, scale }) => {
        const at = variables.indexOf(name);
        if (scale === 'macro') return `state.x${at}`;
        const perEpsilon = word('1 / epsilon', ({ epsilon = 1 }) => 1 / epsilon);
        return `(state.x${at} * ${perEpsilon})`;
      },
      parameter: ({ name }) =>
        word(`parameter ${name}`, (setting) => parameterValues(setting)[name] ?? Number.NaN),
      replace: (expression) => {
        const wave = waves.get(expression);
        if (wave) return wave.name;
        if (expression.kind !== 'apply') return undefined;
        const { operation, operands } = expression;
        if (operation !== 'sin' && operation !== 'cos') return undefined;
        const phase = operands[0] && phases.phase(operands[0]);
        if (!phase) return undefined;
        const name = `wave${waves.size}`;
        waves.set(expression, { name, statement: `let ${name} = ${operation}OfPhase(${phase});` });
        return name;
      },
    });
    const statements = [...waves.values()].map(({ statement }) => statement);
    return { ...text, statements: [...statements, ...text.statements] };
  };

  const moves = emit(slopes);
  const steps = variables.map((_, at) => {
    const scale = word(`eta / unit ${at}`, (setting) => setting.eta / unit(at, setting));
    const length = word(`unit ${at}`, (setting) => unit(at, setting));
    const limit = word(`radius ${at}`, (setting) => reach(at, setting));
    return { at, scale, length, limit, slope: moves.results[at] };
  });
  const each = (text: (step: (typeof steps)[number]) => string, separator = '\n  ') =>
    steps.map(text).join(separator);

  const hasNoPeriod = variables.every((_, at) => !phases.hasPeriod(at));
  const polynomial = hasNoPeriod
    ? writePolynomialKicks(slopes, variables, plainBits, settings, table)
    : undefined;

  const stateWords = 2 * variables.length + 1;
  // The default radius only stands for infinity: a shorter reach matters where orbits are looked at.
  let shortest = radius;
  for (const setting of settings) {
    for (let at = 0; at < variables.length; at++) {
      shortest = Math.min(shortest, reach(at, setting));
    }
  }
  const looked = Math.max(
    0,
    ...requestsOf(spec.measures, 'density').flatMap(({ request }) => request.range.map(Math.abs)),
  );

  const kicksFit = each(({ at }) => `(abs(kick${at}) <= FARTHEST_KICK)`, ' & ');
  const kicks = `  ${moves.statements.join('\n  ')}
  ${each(({ at, scale, slope }) => `let kick${at} = ${scale} * ${slope};`)}`;
  const validity = moves.partial ? `${kicksFit} & !outOfDomain` : kicksFit;
  const clear = moves.partial ? '  outOfDomain = false;\n' : '';
  /** Moves by kicks in f32. */
  const roundedMove = () => `${kicks}
  let isValid = ${validity};
${clear}  ${each(({ at }) => `let at${at} = kicked(state.at${at}, kick${at}, noise${at});`)}`;
  /** Moves by kicks in fixed point, where they fit. */
  const exactMove = () => `  var isValid = true;
  ${each(({ at }) => `var at${at}: Coordinate;`)}
  if (${polynomial?.isSafe}) {
    ${polynomial?.statements.join('\n    ')}
    ${each(({ at }) => `at${at} = fixedMove(state.at${at}, ${polynomial?.kicks[at]}, noise${at});`)}
  } else {
${kicks}
    isValid = ${validity};
  ${clear}  ${each(({ at }) => `at${at} = kicked(state.at${at}, kick${at}, noise${at});`)}
  }`;

  return {
    stateWords,
    representation:
      describe(variables, phases, plainUnit, polynomial && plainBits) +
      (shortest < radius ? `; radius cut to ${shortest.toPrecision(3)}` : ''),
    warnings:
      shortest < Math.min(radius, 10 * looked)
        ? [
            `stop.radius: positions reach only 2^30 periods of the micro-structure, ${shortest.toPrecision(3)} where they are shortest; orbits count as diverged from there on, not from ${radius}`,
          ]
        : [],
    wgsl: () => `import package::lib::position::{Coordinate, Frequency, FARTHEST_KICK, kicked, turnsOf,
  phaseOf, sinOfPhase, cosOfPhase, nextNoise};
import package::lib::fixed::{fixedProduct, fixedSum, fixedMove};
import package::lib::math::{${['outOfDomain', ...moves.functions].join(', ')}};

@group(0) @binding(2) var<storage, read_write> states: array<u32>; // [word][column][orbit]

${table.wgsl()}
struct State {
  ${each(({ at }) => `at${at}: Coordinate,\n  x${at}: f32,`)}
  noise: u32,
  isFollowed: bool, // false once it has left the radius or the domain of its formula
}

const GONE = 0x80000000u; // no cell of a followed orbit

fn loadState(place: u32, stride: u32, column: Column) -> State {
  ${each(({ at }) => `let at${at} = Coordinate(bitcast<i32>(states[place + ${2 * at}u * stride]), states[place + ${2 * at + 1}u * stride]);`)}
  return State(
    ${each(({ at, length }) => `at${at}, turnsOf(at${at}) * ${length},`, '\n    ')}
    states[place + ${stateWords - 1}u * stride],
    states[place] != GONE,
  );
}

fn storeState(place: u32, stride: u32, state: State) {
  ${each(({ at }) => `states[place + ${2 * at}u * stride] = bitcast<u32>(state.at${at}.cell);\n  states[place + ${2 * at + 1}u * stride] = state.at${at}.phase;`)}
  states[place + ${stateWords - 1}u * stride] = state.noise;
  if (!state.isFollowed) { states[place] = GONE; }
}

// One step of gradient descent. Where a kick is too large the position is wrong, and no longer followed.
fn step(state: State, column: Column) -> State {
  ${each(({ at }) => `let noise${at} = nextNoise(${at === 0 ? 'state.noise' : `noise${at - 1}`});`)}
${polynomial ? exactMove() : roundedMove()}
  ${each(({ at, length }) => `let x${at} = turnsOf(at${at}) * ${length};`)}
  return State(
    ${each(({ at }) => `at${at}, x${at},`, '\n    ')}
    noise${variables.length - 1},
    isValid & ${each(({ at, limit }) => `(abs(x${at}) <= ${limit})`, ' & ')},
  );
}
`,
    offset: (of, [lo, hi], bins) => {
      const at = of.kind === 'variable' && of.scale === 'macro' ? variables.indexOf(of.name) : -1;
      const isNear = settings.every(
        (setting) => Math.abs(lo) < 0.5 * FARTHEST_CELL * unit(at, setting),
      );
      if (at < 0 || !isNear) return measured(emit([of]), word, lo, hi, bins);
      const turns = (setting: ColumnSetting) => split(lo / unit(at, setting));
      const cell = table.word(`low cell ${at} ${lo}`, 'i32', (setting) => turns(setting).cell);
      const phase = table.word(`low phase ${at} ${lo}`, 'u32', (setting) => turns(setting).phase);
      const scale = word(
        `bins per turn ${at} ${lo} ${hi} ${bins}`,
        (setting) => (bins * unit(at, setting)) / (hi - lo),
      );
      return {
        statements: [],
        result: `turnsAbove(state.at${at}, Coordinate(${cell}, ${phase})) * ${scale}`,
        functions: [],
        partial: false,
      };
    },
    begin: (setting, start, noise, words, place, stride) => {
      let isInside = true;
      for (let at = 0; at < variables.length; at++) {
        const x = start[at] ?? 0;
        isInside &&= Math.abs(x) <= reach(at, setting);
        const { cell, phase } = split(isInside ? x / unit(at, setting) : 0);
        words[place + 2 * at * stride] = cell;
        words[place + (2 * at + 1) * stride] = phase;
      }
      if (!isInside) words[place] = 0x80000000;
      words[place + (stateWords - 1) * stride] = noise;
      return isInside;
    },
  };
}

/** A number of turns as cell and phase, rounded to the nearest 2^-32 turn. */
function split(turns: number): { cell: number; phase: number } {
  const cell = Math.floor(turns);
  const phase = Math.round((turns - cell) * 2 ** 32);
  return phase < 2 ** 32 ? { cell, phase } : { cell: cell + 1, phase: 0 };
}

function describe(
  variables: readonly string[],
  { hasPeriod, isRounded }: Phases,
  plainUnit: number,
  exactBits: number | undefined,
): string {
  const parts = variables.map((name, at) =>
    hasPeriod(at)
      ? `${name}: cell + 32-bit phase of the micro-period`
      : `${name}: fixed point, ${plainUnit} * (cell + phase / 2^32)`,
  );
  if (isRounded) parts.push('frequencies that are no harmonics: 64-bit product, 2^-30 turn');
  parts.push(
    exactBits === undefined
      ? 'kick: f32 with noise of one unit in its last place'
      : `kick: polynomial in 64-bit fixed point with noise of 2^-${exactBits}; f32 with noise where it would not fit`,
  );
  return parts.join('; ');
}
