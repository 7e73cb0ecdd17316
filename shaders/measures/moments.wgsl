// Power sums of the differences d of a value from its first one, per orbit and batch:
//   s_k = Σ d^k, k = 1 … 4
//
// f32 sums of many terms lose digits, so terms are added up in blocks of 128 states, and the blocks to a
// total; sums of different pieces of an orbit (2¹⁸ states) are added on the host in f64. And fourth powers
// leave the range of f32: d is scaled by a power of two, about the inverse of the largest so far, and
// the sums are scaled anew, exactly, when a d is 2¹⁰ times as large.

import package::kernels::slice::slice;

struct Moments {
  count: u32,
  exponent: u32, // scale = 2^(127 − exponent); 0: no value yet
  block: vec4f,  // Σ over the states since the last multiple of 128
  total: vec4f,  // Σ over the blocks before
}

const LARGEST_EXPONENT = 244u;

fn addDifference(moments: ptr<private, Moments>, d: f32) {
  let size = abs(d);
  if (size > bitcast<f32>(((*moments).exponent + 10u) << 23u)) { // 2¹⁰ / scale
    let exponent = min(bitcast<u32>(size) >> 23u, LARGEST_EXPONENT);
    let shift = exponent - (*moments).exponent;
    let r = bitcast<f32>((127u - min(shift, 127u)) << 23u);
    let powers = vec4f(r, r * r, r * r * r, (r * r) * (r * r));
    (*moments).block *= powers;
    (*moments).total *= powers;
    (*moments).exponent = exponent;
  }
  let t = d * bitcast<f32>((254u - (*moments).exponent) << 23u);
  let square = t * t;
  (*moments).block += vec4f(t, square, square * t, square * square);
  (*moments).count++;
}

fn closeBlock(moments: ptr<private, Moments>) {
  (*moments).total += (*moments).block;
  (*moments).block = vec4f();
}

// Whether state n of this slice is a 128th of its piece, whatever slices that is cut into.
fn isBlockEnd(n: u32) -> bool {
  return ((slice.piece + n) & 127u) == 127u;
}
