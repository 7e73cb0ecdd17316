import type { Expression } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import { requestsOf } from '../../../spec/measures/registry.ts';
import { type Phases, planPhases } from '../phases.ts';
import { beginDraw, DRAW_IMPORTS, drawField, drawPhases } from '../rules/drawn-phases.ts';
import { writeFixedFormulas } from './fixed-formulas.ts';
import {
  FARTHEST_CELL,
  type FixedPoint,
  fixedOffset,
  fixedVariate,
  joined,
  split,
} from './fixed-point.ts';
import { type FixedCoordinate, writeFixedStep } from './fixed-step.ts';
import { measured } from './measured-offset.ts';
import { areNear } from './near-kicks.ts';
import type { OrbitProgram, OrbitRequest } from './orbit.ts';
import { writePolynomialKicks } from './polynomial-kick.ts';
import { layState, type StateField } from './state-fields.ts';
import { roundedVariate } from './variate.ts';

/**
 * `statistics`: positions in 32.32 fixed point, kicks in f32 with one unit in the last place of noise.
 *
 * f32 orbits of such maps fall on a few short cycles; these do not, and their statistics are those of
 * float64 orbits. Where the micro-structure has a period, it is the unit of the position, so that the
 * phase of every harmonic is exact whatever the distance.
 */
export function createStatisticsOrbit(request: OrbitRequest): OrbitProgram {
  const { spec, objective, observed, settings, table, rule } = request;
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

  const micros = objective.gradient.map(({ micro }) => micro);
  const drawn = rule.drawsPhases ? drawPhases(phases, micros, spec, table) : undefined;
  const met = (argument: Expression) => drawn?.phase(argument) ?? phases.phase(argument);
  const moves = writeFixedFormulas(slopes, variables, { phase: met }, table);
  const coordinates = variables.map((_, at): FixedCoordinate => {
    const scale = word(`eta / unit ${at}`, (setting) => setting.eta / unit(at, setting));
    const length = word(`unit ${at}`, (setting) => unit(at, setting));
    const limit = word(`radius ${at}`, (setting) => reach(at, setting));
    return { at, scale, length, limit, slope: moves.results[at] ?? '' };
  });
  const each = (text: (of: FixedCoordinate) => string) => coordinates.map(text).join('\n  ');

  const hasNoPeriod = variables.every((_, at) => !phases.hasPeriod(at));
  const polynomial = hasNoPeriod
    ? writePolynomialKicks(slopes, variables, plainBits, settings, table)
    : undefined;

  const inFixedPoint = (name: string) =>
    coordinates.map(({ at }): StateField => ({ name: `${name}${at}`, type: 'Coordinate' }));
  const fields = layState([
    ...inFixedPoint('at'),
    ...(rule.keepsMove ? inFixedPoint('move') : []),
    { name: 'noise', type: 'u32' },
    ...(drawn ? [drawField] : []),
  ]);
  const made = (isInside: string) =>
    `State(${[...fields.names, ...coordinates.map(({ at }) => `x${at}`), isInside].join(', ')})`;
  const step = writeFixedStep({ coordinates, moves, polynomial, drawn, rule, table, made });

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
    ...requestsOf(spec.measures, 'joint-density').flatMap(({ request }) =>
      request.range.flat().map(Math.abs),
    ),
  );

  const apart = (name: string) =>
    each(
      ({ at, length }) =>
        `distance = max(distance, abs(turnsOf(between(b.${name}${at}, a.${name}${at})))${phases.hasPeriod(at) ? '' : ` * ${length} / max(1f, abs(a.x${at}))`});`,
    );
  return {
    stateWords: fields.words,
    // Products in fixed point and functions with a domain are long: several copies take some drivers minutes.
    isQuick: !polynomial && !moves.partial && areNear(request, slopes, unit),
    canCollapse: false,
    representation:
      describe(variables, phases, plainUnit, polynomial && plainBits) +
      (drawn ? '; phases drawn: 32 bits of Philox' : '') +
      (shortest < radius ? `; radius cut to ${shortest.toPrecision(3)}` : ''),
    warnings:
      shortest < Math.min(radius, 10 * looked)
        ? [
            `stop.radius: positions reach only 2^30 periods of the micro-structure, ${shortest.toPrecision(3)} where they are shortest; orbits count as diverged from there on, not from ${radius}`,
          ]
        : [],
    wgsl: () => `import package::lib::position::{Coordinate, Frequency, Bend, FARTHEST_KICK, NEAR_KICK, kicked, quickKicked, turnsOf, between,
  phaseOf, chirped, sinOfPhase, cosOfPhase, nextNoise};
import package::lib::fixed::{fixedProduct, fixedSum, fixedMove};
import package::lib::math::{${['outOfDomain', ...moves.functions].join(', ')}};
${drawn ? DRAW_IMPORTS : ''}

@group(0) @binding(2) var<storage, read_write> states: array<u32>; // [word][column][orbit]

${table.wgsl()}
struct State {
  ${fields.members.join('\n  ')}
  ${each(({ at }) => `x${at}: f32,`)}
  isInside: bool, // the radius and the domain of its formula
}

fn loadState(place: u32, stride: u32, column: Column) -> State {
  ${fields.load.join('\n  ')}
  ${each(({ at, length }) => `let x${at} = turnsOf(at${at}) * ${length};`)}
  return ${made('true')};
}

fn storeState(place: u32, stride: u32, state: State) {
  ${fields.store.join('\n  ')}
}
${step}
fn isSame(a: State, b: State) -> bool {
  return ${fields.areSame};
}

fn apart(a: State, b: State, column: Column) -> f32 {
  var distance = 0f;
  ${apart('at')}
  ${rule.keepsMove ? apart('move') : ''}
  return distance;
}
`,
    emit,
    offset: (of, range, bins) =>
      fixedOffset(fixed, of, range, bins) ?? measured(emit([of]), word, ...range, bins),
    variate: (of) => fixedVariate(fixed, of) ?? roundedVariate(emit([of])),
    hasPeriod: phases.hasPeriod,
    period: unit,
    begin: (setting, start, name, words, place, stride) => {
      let isInside = true;
      for (let at = 0; at < variables.length; at++) {
        const x = start[at] ?? 0;
        isInside &&= Math.abs(x) <= reach(at, setting);
        const { cell, phase } = split(isInside ? x / unit(at, setting) : 0);
        words[place + 2 * at * stride] = cell;
        words[place + (2 * at + 1) * stride] = phase;
      }
      words[place + fields.at('noise') * stride] = name.noise;
      if (drawn) beginDraw(words, place + fields.at('draw') * stride, stride, name);
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
  { hasPeriod, isRounded, isChirped }: Phases,
  plainUnit: number,
  exactBits: number | undefined,
): string {
  const parts = variables.map((name, at) =>
    hasPeriod(at)
      ? `${name}: cell + 32-bit phase of the micro-period`
      : `${name}: fixed point, ${plainUnit} * (cell + phase / 2^32)`,
  );
  if (isRounded) parts.push('frequencies that are no harmonics: 64-bit product, 2^-30 turn');
  if (isChirped) parts.push('arguments of second degree: 160-bit product, 2^-30 turn');
  parts.push(
    exactBits === undefined
      ? 'kick: f32 with noise of one unit in its last place'
      : `kick: polynomial in 64-bit fixed point with noise of 2^-${exactBits}; f32 with noise where it would not fit`,
  );
  return parts.join('; ');
}
