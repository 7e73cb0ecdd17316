import { emitWgsl } from '../../../formula/emit-wgsl.ts';
import type { Expression } from '../../../formula/tree.ts';
import { parameterValues } from '../phases.ts';
import type { OrbitProgram, OrbitRequest } from './orbit.ts';
import { measured } from './statistics.ts';

/** Stands for the position of an orbit that is no longer followed; no radius reaches it. */
const GONE = '0x1.fffffep127f';
const LARGEST_RADIUS = 1e37;

/**
 * `float32`: positions, phases and kicks in plain f32, as the hardware does it.
 *
 * Kept for the study of exactly that: such orbits fall on short cycles, and their statistics are not
 * those of the map.
 */
export function createFloat32Orbit({ spec, objective, table }: OrbitRequest): OrbitProgram {
  const { variables } = objective;
  const radius = Math.min(spec.stop.radius, LARGEST_RADIUS);
  const slopes = objective.gradient.map(({ macro, micro }) =>
    objective.pool.apply('add', macro, micro),
  );
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

  return {
    stateWords: variables.length,
    representation: 'f32 positions, no noise: orbits collapse onto short cycles',
    warnings: [
      'precision float32: orbits fall on short cycles after some thousand steps, so densities are not those of the map; use precision statistics for those',
    ],
    wgsl: () => `import package::lib::math::{${['outOfDomain', ...moves.functions].join(', ')}};

@group(0) @binding(2) var<storage, read_write> states: array<u32>; // [word][column][orbit]

${table.wgsl()}
struct State {
  ${each((at) => `x${at}: f32,`)}
}

fn isGone(state: State) -> bool { return state.x0 == ${GONE}; }
fn markGone(state: ptr<function, State>) { (*state).x0 = ${GONE}; }

fn loadState(place: u32, stride: u32, column: Column) -> State {
  return State(${each((at) => `bitcast<f32>(states[place + ${at}u * stride])`, ', ')});
}

fn storeState(place: u32, stride: u32, state: State) {
  ${each((at) => `states[place + ${at}u * stride] = bitcast<u32>(state.x${at});`)}
}

// One step of gradient descent; false when the orbit has left the radius or its formula's domain.
fn step(orbit: ptr<function, State>, column: Column) -> bool {
  let state = *orbit;
  ${moves.statements.join('\n  ')}
  ${each((at) => `(*orbit).x${at} = state.x${at} - ${eta} * ${moves.results[at]};`)}
  ${moves.partial ? 'if (outOfDomain) { outOfDomain = false; return false; }' : ''}
  return ${each((at) => `abs((*orbit).x${at}) <= ${limit}`, ' && ')};
}
`,
    offset: (of, [lo, hi], bins) =>
      measured(emit([of]), (key, value) => word(key, 'f32', value), lo, hi, bins),
    begin: (_setting, start, _noise, words, place, stride) => {
      const isInside = start.every((x) => Math.abs(x) <= radius);
      const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
      for (let at = 0; at < variables.length; at++) floats[place + at * stride] = start[at] ?? 0;
      if (!isInside) floats[place] = 2 ** 127 * (2 - 2 ** -23);
      return isInside;
    },
  };
}
