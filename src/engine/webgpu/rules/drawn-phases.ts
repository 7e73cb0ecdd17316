import { type Expression, inOrder } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import { RequestError } from '../../../spec/errors.ts';
import type { Wave, WavePart, Waves } from '../../waves.ts';
import type { ColumnTable } from '../column-table.ts';
import { writePhase } from '../phases.ts';
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

/** A phase along a variable: of its period, or of a frequency that is no multiple of it, which is not 0. */
interface Draw {
  readonly variable: number;
  readonly frequency: number;
}

function isSame(a: Draw, b: Draw | undefined): boolean {
  return a.variable === b?.variable && a.frequency === b.frequency;
}

/**
 * Draws the phases of a step: one for every coordinate, of which its harmonics are multiples, and one
 * for every other frequency along it, as frequencies without a common measure are independent far away.
 *
 * Philox, keyed by the seed and counted by orbit, column and step.
 *
 * @param slopes micro parts of the gradient.
 * @throws {RequestError} `no-phase` where one of them is no formula of sines and cosines of linear
 *   arguments: nothing says how it is distributed.
 */
export function drawPhases(
  { waves }: Waves,
  slopes: readonly Expression[],
  seed: number,
  [setting]: readonly ColumnSetting[],
  table: ColumnTable,
): DrawnPhases {
  const waveOf = (part: Expression): Wave | undefined => {
    if (part.kind !== 'apply' || (part.operation !== 'sin' && part.operation !== 'cos')) {
      return undefined;
    }
    const [argument] = part.operands;
    return argument && waves.get(argument);
  };
  const parts = inOrder(slopes, (part) => waveOf(part) !== undefined);
  const stray = parts.find((part) => part.kind === 'variable');
  if (stray?.kind === 'variable') {
    throw new RequestError({
      code: 'no-phase',
      where: 'objective.micro',
      what: `a phase cannot be drawn: ${stray.name} occurs outside sines and cosines of linear arguments`,
      got: 'stochastic-map',
      cure: 'write the micro-structure as waves, such as -cos(x) + sin(sqrt(2) * x), or take the rule gd',
    });
  }
  const frequencyOf = ({ ratio }: WavePart) => (setting ? ratio(setting) : Number.NaN);
  const drawOf = (part: WavePart): Draw => ({
    variable: part.variable,
    frequency: part.harmonic === undefined ? Math.abs(frequencyOf(part)) : 0,
  });
  const draws = parts
    .flatMap((part) => waveOf(part)?.parts.map(drawOf) ?? [])
    .sort((a, b) => a.variable - b.variable || a.frequency - b.frequency)
    .filter((draw, index, all) => index === 0 || !isSame(draw, all[index - 1]));
  const wordOf = (part: WavePart): string => {
    const place = draws.findIndex((draw) => isSame(draw, drawOf(part)));
    return `drawn${Math.floor(place / BLOCK.length)}.${BLOCK[place % BLOCK.length]}`;
  };
  const seedWords = [seed % 2 ** 32, Math.floor(seed / 2 ** 32)].map((word, index) =>
    table.word(`seed ${index}`, 'u32', () => word),
  );
  return {
    phase(argument) {
      const wave = waves.get(argument);
      if (!wave?.isMicro) return undefined;
      return writePhase(argument, wave, table, (part) => {
        const word = wordOf(part);
        if (part.harmonic !== undefined) return `${word} * ${part.harmonic >>> 0}u`;
        return frequencyOf(part) < 0 ? `(0u - ${word})` : word;
      });
    },
    statements: Array.from({ length: Math.ceil(draws.length / BLOCK.length) }, (_, block) => {
      const last = `(state.draw.w << ${STEPS_FROM}u) | ${(block << BLOCK_FROM) | PHASES}u`;
      return `let drawn${block} = philox(vec4u(state.draw.xyz, ${last}), vec2u(${seedWords.join(', ')}));`;
    }),
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
