import { emitWgsl } from '../../../formula/emit-wgsl.ts';
import type { Expression } from '../../../formula/tree.ts';
import { parameterValues, planWaves } from '../../waves.ts';
import { measured } from './measured-offset.ts';
import type { OrbitProgram, OrbitRequest } from './orbit.ts';
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
}: OrbitRequest): OrbitProgram {
  const { variables } = objective;
  const radius = Math.min(spec.stop.radius, LARGEST_RADIUS);
  const slopes = objective.gradient.map(({ macro, micro }) =>
    objective.pool.apply('add', macro, micro),
  );
  const waves = planWaves(variables, slopes, [], settings, 1);
  const word = table.word;
  const emit = (roots: readonly Expression[]) =>
    emitWgsl(roots, {
      variable: ({ name, scale }) => {
        const at = variables.indexOf(name);
        if (scale === 'macro') return `state.x${at}`;
        return `(state.x${at} / ${word('epsilon', 'f32', ({ epsilon = 1 }) => epsilon)})`;
      },
      parameter: ({ name }) =>
        word(`parameter ${name}`, 'f32', (setting) => parameterValues(setting)[name] ?? Number.NaN),
    });
  const moves = emit(slopes);
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

  return {
    stateWords: variables.length,
    canCollapse: true,
    representation: 'f32 positions, no noise: orbits collapse onto short cycles',
    warnings: [
      'precision float32: orbits fall on short cycles after some thousand steps, so densities are not those of the map; use precision statistics for those',
    ],
    wgsl: () => `import package::lib::math::{${['outOfDomain', ...moves.functions].join(', ')}};

@group(0) @binding(2) var<storage, read_write> states: array<u32>; // [word][column][orbit]

${table.wgsl()}
struct State {
  ${each((at) => `x${at}: f32,`)}
  isInside: bool, // the radius and the domain of its formula
}

fn loadState(place: u32, stride: u32, column: Column) -> State {
  return State(${each((at) => `bitcast<f32>(states[place + ${at}u * stride])`, ', ')}, true);
}

fn storeState(place: u32, stride: u32, state: State) {
  ${each((at) => `states[place + ${at}u * stride] = bitcast<u32>(state.x${at});`)}
}

// One step of gradient descent.
fn step(state: State, column: Column) -> State {
  ${moves.statements.join('\n  ')}
  ${each((at) => `let x${at} = state.x${at} - ${eta} * ${moves.results[at]};`)}
  let isInside = ${each((at) => `(abs(x${at}) <= ${limit})`, ' & ')}${moves.partial ? ' & !outOfDomain' : ''};
  ${moves.partial ? 'outOfDomain = false;' : ''}
  return State(${each((at) => `x${at}`, ', ')}, isInside);
}

fn isSame(a: State, b: State) -> bool {
  return ${each((at) => `(a.x${at} == b.x${at})`, ' & ')};
}

fn apart(a: State, b: State, column: Column) -> f32 {
  var distance = 0f;
  ${each((at) => `distance = max(distance, abs(b.x${at} - a.x${at}) / ${sizes[at]});`)}
  return distance;
}
`,
    emit,
    offset: (of, [lo, hi], bins) =>
      measured(emit([of]), (key, value) => word(key, 'f32', value), lo, hi, bins),
    variate: (of) => roundedVariate(emit([of])),
    hasPeriod: waves.hasPeriod,
    period: waves.unit,
    begin: (_setting, start, _noise, words, place, stride) => {
      const isInside = start.every((x) => Math.abs(x) <= radius);
      const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
      for (let at = 0; at < variables.length; at++) {
        floats[place + at * stride] = isInside ? (start[at] ?? 0) : 0;
      }
      return isInside;
    },
    unit: () => 1,
    position: (variable, words, place, stride) => floatOf(words[place + variable * stride] ?? 0),
  };
}
