import type { Expression } from '../../../formula/tree.ts';
import type { Spec } from '../../../spec/spec.ts';
import { microWaves } from '../../micro-waves.ts';
import type { ColumnTable } from '../column-table.ts';
import type { Phases } from '../phases.ts';
import type { StateField } from '../precision/state-fields.ts';

/** Domain of the counter: see src/engine/ensemble.ts. */
const PHASES = 2;
/** Bits of the last word of the counter below the high word of the steps: the domain and the block. */
const BLOCK_FROM = 2;
const STEPS_FROM = 10;
/** Random words of a call of the generator. */
const BLOCK = ['x', 'y', 'z', 'w'] as const;

/** Phases that are drawn anew at every step, in place of those of the micro-structure. */
export interface DrawnPhases {
  /** WGSL of the phase (u32) of an argument of sine or cosine, where it is one of the micro-structure. */
  phase(argument: Expression): string | undefined;
  /** Statements before it, of `state.draw`. */
  readonly statements: readonly string[];
}

/**
 * Draws a place for every step and reads the phases of the micro-structure there: uniform among 2^30
 * periods along every coordinate, so that frequencies without a common measure are independent; or, where
 * all are harmonics, within one.
 *
 * Philox, keyed by the seed and counted by orbit, column and step.
 *
 * @param slopes micro parts of the gradient.
 * @throws {RequestError} `no-phase`, see `microWaves`.
 */
export function drawPhases(
  phases: Phases,
  slopes: readonly Expression[],
  { ensemble, objective }: Spec,
  table: ColumnTable,
): DrawnPhases {
  const parts = microWaves(slopes, phases).flatMap((wave) => wave.parts);
  const areHarmonics = parts.every(({ harmonic }) => harmonic !== undefined);
  const words = areHarmonics ? 1 : 2; // of a coordinate
  const seed = [ensemble.seed % 2 ** 32, Math.floor(ensemble.seed / 2 ** 32)].map((word, index) =>
    table.word(`seed ${index}`, 'u32', () => word),
  );
  const places = objective.variables.map((_, at) => {
    const block = Math.floor((at * words) / BLOCK.length);
    const [first, second] = BLOCK.slice((at * words) % BLOCK.length);
    const text = areHarmonics
      ? `Coordinate(0, drawn${block}.${first})`
      : `Coordinate(bitcast<i32>(drawn${block}.${second}) >> 2u, drawn${block}.${first})`;
    return { block, statement: `let place${at} = ${text};` };
  });
  const blocks = 1 + Math.max(...places.map(({ block }) => block));
  const draws = Array.from({ length: blocks }, (_, block) => {
    const last = `(state.draw.w << ${STEPS_FROM}u) | ${(block << BLOCK_FROM) | PHASES}u`;
    return `let drawn${block} = philox(vec4u(state.draw.xyz, ${last}), vec2u(${seed.join(', ')}));`;
  });
  return {
    phase: (argument) =>
      phases.waves.get(argument)?.isMicro
        ? phases.phase(argument, (variable) => `place${variable}`)
        : undefined,
    statements: [...draws, ...places.map(({ statement }) => statement)],
  };
}

/** The counter of an orbit, where phases are drawn: orbit, column, and the steps so far in two words. */
export const drawField: StateField = { name: 'draw', type: 'vec4u' };

/** WGSL of the counter of the next step. */
export const NEXT_DRAW =
  'vec4u(state.draw.xy, state.draw.z + 1u, state.draw.w + u32(state.draw.z == 0xffffffffu))';

/** What the statements and phases use of shaders/lib/. */
export const DRAW_IMPORTS = 'import package::lib::random::philox;';

/** Writes the four words of `draw` of an orbit that has taken no step. */
export function beginDraw(
  words: Uint32Array,
  place: number,
  stride: number,
  { column, orbit }: { readonly column: number; readonly orbit: number },
): void {
  words[place] = orbit;
  words[place + stride] = column;
  words[place + 2 * stride] = 0;
  words[place + 3 * stride] = 0;
}
