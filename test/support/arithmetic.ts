import type { Application } from '../../src/formula/tree.ts';

/** How a machine rounds: the basis of the bounds. All relative unless said otherwise. */
export interface Arithmetic {
  /** Of +, − and ·. */
  readonly unit: number;
  readonly division: number;
  /** Of sine and cosine: relative below ½, absolute elsewhere. */
  readonly circularSmall: number;
  readonly circular: number;
  /** Sizes of arguments up to which that is so, of tan too; nothing is said beyond. */
  readonly circularReach: number;
  /** Of the other functions, by operation; tan and power are treated apart. */
  readonly functions: Readonly<Partial<Record<Application['operation'], number>>>;
  /** Of realPower, per (|y ln x| + 1). */
  readonly power: number;
  /** Of tan, times 1 + tan². */
  readonly tangent: number;
  /** What smaller numbers may be flushed to 0, absolute. */
  readonly smallest: number;
  readonly largest: number;
  /** Beyond it exp has no value. */
  readonly largestExponent: number;
  readonly round: (value: number) => number;
}

/** The GPU: f32 of WGSL (division 2.5 ulp), and the errors stated in shaders/lib/math.wgsl. */
export const wgsl: Arithmetic = {
  unit: 2 ** -24,
  division: 2.5 * 2 ** -23,
  circularSmall: 1.5e-7,
  circular: 1.3e-7,
  circularReach: Number.POSITIVE_INFINITY,
  functions: {
    asin: 1e-6,
    acos: 1e-6,
    atan: 6e-7,
    exp: 2e-7,
    log: 4e-7,
    sinh: 8e-7,
    cosh: 5e-7,
    tanh: 4e-7,
    sqrt: 4e-7,
  },
  power: 5e-7,
  tangent: 5e-7,
  smallest: 2 ** -126,
  largest: 3e38,
  largestExponent: 88.7,
  round: Math.fround,
};

/** Float64 with functions good to four units in the last place, as JavaScript engines are. */
const FEW_ULP = 4 * 2 ** -53;
export const float64: Arithmetic = {
  unit: 2 ** -53,
  division: 2 ** -53,
  circularSmall: FEW_ULP,
  circular: FEW_ULP,
  circularReach: Number.POSITIVE_INFINITY,
  functions: Object.fromEntries(
    Object.keys(wgsl.functions).map((operation) => [operation, FEW_ULP]),
  ),
  power: FEW_ULP,
  tangent: FEW_ULP,
  smallest: 2 ** -1022,
  largest: 1e308,
  largestExponent: 709,
  round: (value) => value,
};

/** Vectors of WebAssembly: f64, and the errors stated in src/formula/simd/elementary. */
export const simd: Arithmetic = {
  ...float64,
  circularSmall: 2 ** -50,
  circular: 2 ** -50.5,
  circularReach: 2 ** 26,
};
