import wabt from 'wabt';
import {
  createSimdGraph,
  nameConstants,
  type SimdGraph,
  type SimdValue,
  writeSimd,
} from '../../src/formula/simd/graph.ts';

/** Adds a function of its inputs to a graph. */
export type SimdMap = (graph: SimdGraph, ...inputs: readonly SimdValue[]) => SimdValue;
/** Adds several. */
export type SimdMapToMany = (
  graph: SimdGraph,
  ...inputs: readonly SimdValue[]
) => readonly SimdValue[];

const { parseWat } = await wabt();

const LANES = 2;
const VECTOR = 16; // bytes
const PAGE = 65_536; // bytes

/**
 * Computes `map` in WebAssembly for every place of `inputs`, two places at a time.
 *
 * @param inputs f64 [n] each, of one length.
 * @returns f64 [n].
 */
export async function mapSimd(
  map: SimdMap,
  ...inputs: readonly Float64Array[]
): Promise<Float64Array> {
  const many: SimdMapToMany = (graph, ...given) => [map(graph, ...given)];
  const [result] = await mapSimdToMany(many, false, ...inputs);
  if (!result) throw new Error('a map has a result');
  return result;
}

/**
 * The same with several results.
 *
 * @param isKept as `writeSimd` takes it.
 * @returns f64 [n] each.
 */
export async function mapSimdToMany(
  map: SimdMapToMany,
  isKept: boolean,
  ...inputs: readonly Float64Array[]
): Promise<readonly Float64Array[]> {
  const count = inputs[0]?.length ?? 0;
  if (inputs.some((each) => each.length !== count)) throw new Error('inputs differ in length');
  const bytes = Math.ceil(count / LANES) * VECTOR;
  const { text, results } = moduleText(map, isKept, inputs.length, bytes);
  const { instance } = await WebAssembly.instantiate(assemble(text));
  const { memory, run } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof run !== 'function') {
    throw new Error('the module lacks an export');
  }
  inputs.forEach((each, input) => {
    new Float64Array(memory.buffer, input * bytes, count).set(each);
  });
  run();
  return Array.from({ length: results }, (_, result) =>
    new Float64Array(memory.buffer, (inputs.length + result) * bytes, count).slice(),
  );
}

function assemble(text: string): Uint8Array<ArrayBuffer> {
  const module = parseWat('map.wat', text, { simd: true });
  try {
    module.validate();
    return new Uint8Array(module.toBinary({}).buffer);
  } finally {
    module.destroy();
  }
}

function moduleText(map: SimdMapToMany, isKept: boolean, inputs: number, bytes: number) {
  const graph = createSimdGraph();
  const places = Array.from({ length: inputs }, (_, input) =>
    graph.leaf(`(v128.load offset=${input * bytes} (local.get $at))`),
  );
  const { statements, results, temporaries } = writeSimd(map(graph, ...places), isKept);
  const locals = Array.from({ length: temporaries }, (_, local) => `(local $t${local} v128)`);
  const body = [
    ...statements,
    ...results.map((result, place) => {
      const offset = (inputs + place) * bytes;
      return `(v128.store offset=${offset} (local.get $at) ${result})`;
    }),
    `(local.set $at (i32.add (local.get $at) (i32.const ${VECTOR})))`,
    `(br_if $next (i32.lt_u (local.get $at) (i32.const ${bytes})))`,
  ];
  const pages = Math.ceil(((inputs + results.length) * bytes) / PAGE);
  const text = `(module
  (memory (export "memory") ${pages})
  (func (export "run") (local $at i32) ${locals.join(' ')}
    (loop $next
      ${body.join('\n      ')})))`;
  return {
    text: nameConstants(text, (bits) => `(v128.const i64x2 ${bits} ${bits})`),
    results: results.length,
  };
}
