import type { Expression } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import { requestsOf } from '../../../spec/measures/registry.ts';
import { type Phases, planPhases } from '../phases.ts';
import { writeFixedFormulas } from './fixed-formulas.ts';
import {
  FARTHEST_CELL,
  type FixedPoint,
  fixedOffset,
  fixedVariate,
  joined,
  split,
} from './fixed-point.ts';
import { measured } from './measured-offset.ts';
import type { OrbitProgram, OrbitRequest } from './orbit.ts';
import { writePolynomialKicks } from './polynomial-kick.ts';
import { roundedVariate } from './variate.ts';

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
  const emit = (roots: readonly Expression[]) =>
    writeFixedFormulas(roots, variables, phases, table);
  const fixed: FixedPoint = { variables, settings, table, unit };

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
    canCollapse: false,
    representation:
      describe(variables, phases, plainUnit, polynomial && plainBits) +
      (shortest < radius ? `; radius cut to ${shortest.toPrecision(3)}` : ''),
    warnings:
      shortest < Math.min(radius, 10 * looked)
        ? [
            `stop.radius: positions reach only 2^30 periods of the micro-structure, ${shortest.toPrecision(3)} where they are shortest; orbits count as diverged from there on, not from ${radius}`,
          ]
        : [],
    wgsl: () => `import package::lib::position::{Coordinate, Frequency, FARTHEST_KICK, kicked, turnsOf, between,
  phaseOf, sinOfPhase, cosOfPhase, nextNoise};
import package::lib::fixed::{fixedProduct, fixedSum, fixedMove};
import package::lib::math::{${['outOfDomain', ...moves.functions].join(', ')}};

@group(0) @binding(2) var<storage, read_write> states: array<u32>; // [word][column][orbit]

${table.wgsl()}
struct State {
  ${each(({ at }) => `at${at}: Coordinate,\n  x${at}: f32,`)}
  noise: u32,
  isInside: bool, // the radius and the domain of its formula
}

fn loadState(place: u32, stride: u32, column: Column) -> State {
  ${each(({ at }) => `let at${at} = Coordinate(bitcast<i32>(states[place + ${2 * at}u * stride]), states[place + ${2 * at + 1}u * stride]);`)}
  return State(
    ${each(({ at, length }) => `at${at}, turnsOf(at${at}) * ${length},`, '\n    ')}
    states[place + ${stateWords - 1}u * stride],
    true,
  );
}

fn storeState(place: u32, stride: u32, state: State) {
  ${each(({ at }) => `states[place + ${2 * at}u * stride] = bitcast<u32>(state.at${at}.cell);\n  states[place + ${2 * at + 1}u * stride] = state.at${at}.phase;`)}
  states[place + ${stateWords - 1}u * stride] = state.noise;
}

// One step of gradient descent. Where a kick is too large the position is wrong, and no longer inside.
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

fn isSame(a: State, b: State) -> bool {
  return ${each(({ at }) => `(a.at${at}.cell == b.at${at}.cell) & (a.at${at}.phase == b.at${at}.phase)`, ' & ')} & (a.noise == b.noise);
}

fn apart(a: State, b: State, column: Column) -> f32 {
  var distance = 0f;
  ${each(({ at, length }) => `distance = max(distance, abs(turnsOf(between(b.at${at}, a.at${at})))${phases.hasPeriod(at) ? '' : ` * ${length} / max(1f, abs(a.x${at}))`});`)}
  return distance;
}
`,
    emit,
    offset: (of, range, bins) =>
      fixedOffset(fixed, of, range, bins) ?? measured(emit([of]), word, ...range, bins),
    variate: (of) => fixedVariate(fixed, of) ?? roundedVariate(emit([of])),
    hasPeriod: phases.hasPeriod,
    period: unit,
    begin: (setting, start, noise, words, place, stride) => {
      let isInside = true;
      for (let at = 0; at < variables.length; at++) {
        const x = start[at] ?? 0;
        isInside &&= Math.abs(x) <= reach(at, setting);
        const { cell, phase } = split(isInside ? x / unit(at, setting) : 0);
        words[place + 2 * at * stride] = cell;
        words[place + (2 * at + 1) * stride] = phase;
      }
      words[place + (stateWords - 1) * stride] = noise;
      return isInside;
    },
    unit,
    position: (variable, words, place, stride) => {
      const at = place + 2 * variable * stride;
      return joined(words[at] ?? 0, words[at + stride] ?? 0);
    },
  };
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
