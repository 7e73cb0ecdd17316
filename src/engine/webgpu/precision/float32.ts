import { emitWgsl } from '../../../formula/emit-wgsl.ts';
import type { Expression } from '../../../formula/tree.ts';
import { parameterValues } from '../../waves.ts';
import { planPhases } from '../phases.ts';
import {
  beginDraw,
  DRAW_IMPORTS,
  type DrawnPhases,
  drawField,
  drawPhases,
  NEXT_DRAW,
} from '../rules/drawn-phases.ts';
import { measured } from './measured-offset.ts';
import { momentumWord } from './momentum.ts';
import type { OrbitProgram, OrbitRequest } from './orbit.ts';
import { layState } from './state-fields.ts';
import { floatOf, roundedVariate } from './variate.ts';

const LARGEST_RADIUS = 1e37;

/**
 * `float32`: positions, phases and kicks in plain f32, as the hardware does it.
 *
 * Kept for the study of exactly that: such orbits fall on short cycles, and their statistics are not
 * those of the map.
 */
export function createFloat32Orbit({
  spec,
  objective,
  settings,
  table,
  rule,
}: OrbitRequest): OrbitProgram {
  const { variables } = objective;
  const radius = Math.min(spec.stop.radius, LARGEST_RADIUS);
  const slopes = objective.gradient.map(({ macro, micro }) =>
    objective.pool.apply('add', macro, micro),
  );
  const waves = planPhases(variables, slopes, [], settings, 1, table);
  const word = table.word;
  /** WGSL of the turns of a wave; undefined where an argument is none. */
  const turnsOf = (argument: Expression): string | undefined => {
    const wave = waves.waves.get(argument);
    if (!wave || wave.parts.length === 0) return undefined;
    const turns = wave.parts.map(({ variable, ratio }) => {
      const key = `turns ${argument.id} ${variable}`;
      const perUnit = word(key, 'f32', (at) => ratio(at) / waves.unit(variable, at));
      return `state.x${variable} * ${perUnit}`;
    });
    if (wave.isShifted) {
      turns.push(
        word(`shift ${argument.id}`, 'f32', (at) => wave.shift(at) - Math.round(wave.shift(at))),
      );
    }
    return turns.join(' + ');
  };
  const emit = (roots: readonly Expression[], drawn?: DrawnPhases) =>
    emitWgsl(roots, {
      variable: ({ name, scale }) => {
        const at = variables.indexOf(name);
        if (scale === 'macro') return `state.x${at}`;
        return `(state.x${at} * ${word('1 / epsilon', 'f32', ({ epsilon = 1 }) => 1 / epsilon)})`;
      },
      parameter: ({ name }) =>
        word(`parameter ${name}`, 'f32', (setting) => parameterValues(setting)[name] ?? Number.NaN),
      replace: (part) => {
        if (part.kind !== 'apply') return undefined;
        const { operation, operands } = part;
        if (operation !== 'sin' && operation !== 'cos') return undefined;
        const [argument] = operands;
        const phase = argument && drawn?.phase(argument);
        if (phase) return `${operation}OfPhase(${phase})`;
        const turns = argument && turnsOf(argument);
        return turns && `${operation}OfTurns(${turns})`;
      },
    });
  const micros = objective.gradient.map(({ micro }) => micro);
  const drawn = rule.drawsPhases ? drawPhases(waves, micros, spec, table) : undefined;
  const moves = emit(slopes, drawn);
  const eta = word('eta', 'f32', (setting) => setting.eta);
  const limit = word('radius', 'f32', () => radius);
  const indices = variables.map((_, at) => at);
  const each = (text: (at: number) => string, separator = '\n  ') =>
    indices.map(text).join(separator);
  const sizes = variables.map((_, at) =>
    waves.hasPeriod(at)
      ? word(`unit ${at}`, 'f32', (setting) => waves.unit(at, setting))
      : `max(1f, abs(a.x${at}))`,
  );

  const fields = layState([
    ...indices.map((at) => ({ name: `x${at}`, type: 'f32' as const })),
    ...(rule.keepsMove ? indices.map((at) => ({ name: `move${at}`, type: 'f32' as const })) : []),
    ...(drawn ? [drawField] : []),
  ]);
  const draws = drawn ? [...drawn.statements, `let draw = ${NEXT_DRAW};`] : [];
  const momentum = rule.keepsMove ? momentumWord(table) : '';
  /** What the state keeps, from values with the names of its fields. */
  const made = (isInside: string) => `State(${[...fields.names, isInside].join(', ')})`;
  const ahead = `
// Where the gradient is taken.
fn ahead(state: State, column: Column) -> State {
  var next = state;
  ${each((at) => `next.x${at} += ${momentum} * state.move${at};`)}
  return next;
}
`;
  const given = rule.looksAhead ? 'given' : 'state';
  const moved = each((at) => {
    const kick = `${eta} * ${moves.results[at]}`;
    if (!rule.keepsMove) return `let x${at} = state.x${at} - ${kick};`;
    if (rule.looksAhead) {
      return `let x${at} = state.x${at} - ${kick};\n  let move${at} = x${at} - given.x${at};`;
    }
    return `let move${at} = ${momentum} * state.move${at} - ${kick};
  let x${at} = state.x${at} + move${at};`;
  });

  const held =
    (name: string): OrbitProgram['position'] =>
    (variable, words, place, stride) =>
      floatOf(words[place + fields.at(`${name}${variable}`) * stride] ?? 0);

  return {
    stateWords: fields.words,
    isQuick: !moves.partial, // functions with a domain are long: several copies take some drivers minutes
    canCollapse: !drawn, // whose orbits come back to nothing
    representation: 'f32 positions, no noise: orbits collapse onto short cycles',
    warnings: [
      'precision float32: orbits fall on short cycles after some thousand steps, so densities are not those of the map; use precision statistics for those',
    ],
    wgsl: () => `import package::lib::math::{${['outOfDomain', ...moves.functions].join(', ')}};
import package::lib::position::{Coordinate, Frequency, phaseOf, sinOfPhase, cosOfPhase, sinOfTurns, cosOfTurns};
${drawn ? DRAW_IMPORTS : ''}
@group(0) @binding(2) var<storage, read_write> states: array<u32>; // [word][column][orbit]

${table.wgsl()}
struct State {
  ${fields.members.join('\n  ')}
  isInside: bool, // the radius and the domain of its formula
}

fn loadState(place: u32, stride: u32, column: Column) -> State {
  ${fields.load.join('\n  ')}
  return ${made('true')};
}

fn storeState(place: u32, stride: u32, state: State) {
  ${fields.store.join('\n  ')}
}
${rule.looksAhead ? ahead : ''}
// One step of the rule.
fn step(${given}: State, column: Column) -> State {
  ${rule.looksAhead ? 'let state = ahead(given, column);' : ''}
  ${draws.join('\n  ')}
  ${moves.statements.join('\n  ')}
  ${moved}
  let isInside = ${each((at) => `(abs(x${at}) <= ${limit})`, ' & ')}${moves.partial ? ' & !outOfDomain' : ''};
  ${moves.partial ? 'outOfDomain = false;' : ''}
  return ${made('isInside')};
}

// A step is as quick as it can be.
fn quickStep(state: State, column: Column) -> State { return step(state, column); }

fn isSame(a: State, b: State) -> bool {
  return ${fields.areSame};
}

fn apart(a: State, b: State, column: Column) -> f32 {
  var distance = 0f;
  ${each((at) => `distance = max(distance, abs(b.x${at} - a.x${at}) / ${sizes[at]});`)}
  ${rule.keepsMove ? each((at) => `distance = max(distance, abs(b.move${at} - a.move${at}) / ${sizes[at]});`) : ''}
  return distance;
}
`,
    emit: (roots) => emit(roots),
    offset: (of, [lo, hi], bins) =>
      measured(emit([of]), (key, value) => word(key, 'f32', value), lo, hi, bins),
    variate: (of) => roundedVariate(emit([of])),
    hasPeriod: waves.hasPeriod,
    period: waves.unit,
    begin: (_setting, start, name, words, place, stride) => {
      const isInside = start.every((x) => Math.abs(x) <= radius);
      const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
      for (let at = 0; at < variables.length; at++) {
        floats[place + at * stride] = isInside ? (start[at] ?? 0) : 0;
      }
      if (drawn) beginDraw(words, place + fields.at('draw') * stride, stride, name);
      return isInside;
    },
    unit: () => 1,
    position: held('x'),
    ...(rule.keepsMove && { move: held('move') }),
  };
}
