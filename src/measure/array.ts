/** The element types a result array can have, named as NumPy names them. */
export type ElementType = 'uint32' | 'uint64' | 'float64';

/** One array of a result: flat, row-major, with its shape; leading dimensions are the axes. */
export type ResultArray =
  | { readonly type: 'uint32'; readonly shape: readonly number[]; readonly data: Uint32Array }
  | { readonly type: 'uint64'; readonly shape: readonly number[]; readonly data: BigUint64Array }
  | { readonly type: 'float64'; readonly shape: readonly number[]; readonly data: Float64Array };

/** Arrays of a result by name. */
export type ResultArrays = Readonly<Record<string, ResultArray>>;
