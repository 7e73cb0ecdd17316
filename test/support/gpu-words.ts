import { mapOnGpu } from './gpu-map.ts';

export interface WordMap {
  readonly imports: string;
  /** Statements that call `give(index, word)` from `word(index)`, both u32. */
  readonly body: string;
  /** u32 [points, words per point]. */
  readonly inputs: readonly (readonly number[])[];
  readonly outputsPerPoint: number;
}

/**
 * Runs one invocation per point on whole words; returns u32 [points][outputsPerPoint].
 *
 * Words travel as two f32 halves, so that no bit pattern can be taken for a NaN on the way.
 */
export async function mapWords(device: GPUDevice, map: WordMap): Promise<number[][]> {
  const points = map.inputs.length;
  const width = map.inputs[0]?.length ?? 0;
  const halves = map.inputs.flatMap((words) =>
    words.flatMap((word) => [(word >>> 16) & 0xffff, word & 0xffff]),
  );
  const outputs = await mapOnGpu(device, {
    imports: map.imports,
    declarations: `
fn wordOf(point: u32, index: u32) -> u32 {
  let at = 2u * (point * ${width}u + index);
  return (u32(inputs[at]) << 16u) | u32(inputs[at + 1u]);
}
fn giveWord(point: u32, index: u32, word: u32) {
  let at = 2u * (point * ${map.outputsPerPoint}u + index);
  outputs[at] = f32(word >> 16u);
  outputs[at + 1u] = f32(word & 0xffffu);
}`,
    body: map.body
      .replaceAll(/\bword\(/g, 'wordOf(point, ')
      .replaceAll(/\bgive\(/g, 'giveWord(point, '),
    inputs: Float32Array.from(halves),
    points,
    outputsPerPoint: 2 * map.outputsPerPoint,
  });
  return map.inputs.map((_, point) =>
    Array.from({ length: map.outputsPerPoint }, (_, index) => {
      const at = 2 * (point * map.outputsPerPoint + index);
      return ((outputs[at] ?? 0) * 0x10000 + (outputs[at + 1] ?? 0)) >>> 0;
    }),
  );
}

/** The same words on every run: a small generator for test inputs. */
export function testWords(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0; // splitmix32
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

/** The f32 number of a word, and back. */
export function floatOf(word: number): number {
  return new Float32Array(Uint32Array.of(word).buffer)[0] ?? Number.NaN;
}
export function wordOf(float: number): number {
  return new Uint32Array(Float32Array.of(float).buffer)[0] ?? 0;
}
