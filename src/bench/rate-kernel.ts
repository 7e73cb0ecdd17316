import { encodeWat } from '../engine/cpu/encode-wat.ts';

/** Independent vectors in flight: enough to hide the latency of a product and a sum. */
const CHAINS = 12;
/** Steps of each chain in a turn. */
const UNROLLED = 8;
/** Numbers that one turn multiplies and adds. */
export const TURN = 2 * CHAINS * UNROLLED;

interface RateExports {
  readonly memory: WebAssembly.Memory;
  readonly multiplyAdd: (turns: number, mark: number) => number;
}

/**
 * A function that does `turns` turns of x <- factor x + shift on vectors of two f64, and gives the sum of
 * all x. factor is 1 and shift a power of two, which the compiler does not know: the sum counts the turns
 * exactly.
 */
export function createRateKernel(): (turns: number) => number {
  const chains = Array.from({ length: CHAINS }, (_, at) => `$x${at}`);
  const step = chains
    .map(
      (x) =>
        `(local.set ${x} (f64x2.add (f64x2.mul (local.get ${x}) (local.get $f)) (local.get $s)))`,
    )
    .join('\n');
  const text = `(module
  (memory (export "memory") 1)
  (func (export "multiplyAdd") (param $steps i32) (param $mark i32) (result i32)
    (local $f v128) (local $s v128) ${chains.map((x) => `(local ${x} v128)`).join(' ')}
    (local.set $f (v128.load (i32.const 0)))
    (local.set $s (v128.load (i32.const 16)))
    (loop $turn
${Array.from({ length: UNROLLED }, () => step).join('\n')}
      (br_if $turn (local.tee $steps (i32.sub (local.get $steps) (i32.const 1)))))
${chains.map((x, at) => `    (v128.store offset=${32 + 16 * at} (i32.const 0) (local.get ${x}))`).join('\n')}
    (local.get $mark)))
`;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(encodeWat(text)));
  const { memory, multiplyAdd } = exports as unknown as RateExports; // of the text above
  const numbers = new Float64Array(memory.buffer, 0, 4 + 2 * CHAINS);
  return (turns) => {
    numbers.set([1, 1, SHIFT, SHIFT]);
    multiplyAdd(turns, 0);
    return numbers.subarray(4).reduce((sum, each) => sum + each, 0);
  };
}

const SHIFT = 2 ** -10;

/** What the kernel must give. */
export function sumAfter(turns: number): number {
  return 2 * CHAINS * UNROLLED * turns * SHIFT;
}
