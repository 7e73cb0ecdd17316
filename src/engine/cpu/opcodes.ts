// Codes of the instructions that kernels use (WebAssembly core specification 2.0, section 5.4).

/** Instructions of one byte, without immediates. */
export const plainCodes: Readonly<Record<string, number>> = {
  'i32.eqz': 0x45,
  'i32.lt_u': 0x49,
  'i32.gt_u': 0x4b,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.mul': 0x6c,
  'i32.and': 0x71,
};

/** Vector instructions without immediates: the number behind the prefix 0xfd. */
export const vectorCodes: Readonly<Record<string, number>> = {
  'f64x2.splat': 0x14,
  'f64x2.eq': 0x47,
  'f64x2.ne': 0x48,
  'f64x2.lt': 0x49,
  'f64x2.gt': 0x4a,
  'f64x2.le': 0x4b,
  'f64x2.ge': 0x4c,
  'v128.not': 0x4d,
  'v128.and': 0x4e,
  'v128.andnot': 0x4f,
  'v128.or': 0x50,
  'v128.xor': 0x51,
  'v128.bitselect': 0x52,
  'f64x2.ceil': 0x74,
  'f64x2.floor': 0x75,
  'f64x2.trunc': 0x7a,
  'f64x2.nearest': 0x94,
  'i32x4.shl': 0xab,
  'i32x4.add': 0xae,
  'i64x2.all_true': 0xc3,
  'i64x2.shl': 0xcb,
  'i64x2.shr_s': 0xcc,
  'i64x2.shr_u': 0xcd,
  'i64x2.add': 0xce,
  'i64x2.sub': 0xd1,
  'i64x2.eq': 0xd6,
  'i64x2.ne': 0xd7,
  'i64x2.lt_s': 0xd8,
  'i64x2.gt_s': 0xd9,
  'i64x2.extmul_low_i32x4_u': 0xde,
  'i64x2.extmul_high_i32x4_u': 0xdf,
  'f64x2.abs': 0xec,
  'f64x2.neg': 0xed,
  'f64x2.sqrt': 0xef,
  'f64x2.add': 0xf0,
  'f64x2.sub': 0xf1,
  'f64x2.mul': 0xf2,
  'f64x2.div': 0xf3,
  'f64x2.min': 0xf4,
  'f64x2.max': 0xf5,
  'f64x2.pmin': 0xf6,
  'f64x2.pmax': 0xf7,
};

/** Loads and stores: code, and the logarithm of their natural alignment. */
export const memoryCodes: Readonly<
  Record<string, { readonly code: readonly number[]; readonly align: number }>
> = {
  'i32.load': { code: [0x28], align: 2 },
  'i32.store': { code: [0x36], align: 2 },
  'v128.load': { code: [0xfd, 0x00], align: 4 },
  'v128.store': { code: [0xfd, 0x0b], align: 4 },
};

/** Instructions on a local variable. */
export const localCodes: Readonly<Record<string, number>> = {
  'local.get': 0x20,
  'local.set': 0x21,
  'local.tee': 0x22,
};

/** Value types. */
export const typeCodes: Readonly<Record<string, number>> = { i32: 0x7f, v128: 0x7b };
