// Power sums of the differences d of a value from one near it, per orbit and batch:
//   s_k = Σ d^k, k = 1 … 4
//
// f32 sums of many terms lose digits: terms are added up in blocks of 32 states, these in rows of 32
// blocks, and the rows to a total; the totals of different pieces of an orbit (2¹⁷ states) are added on the
// host in f64. And fourth powers leave the range of f32: so a batch is scouted (kernels/scout.wgsl), and
// differences are scaled by a power of two such that the largest of its first states is about 2⁻¹⁶. Then
// what is up to 2⁴² times as large is summed rightly, and beyond it counts as that.

const SCOUTED = 16u;  // the largest difference scouted is 2^−SCOUTED
const FARTHEST = 0x1p26f;
const LARGEST_EXPONENT = 253u;

// The exponent of a scale, 127 − log₂ of it, for differences up to `largest`; of 1, if that is 0.
fn exponentFor(largest: f32) -> u32 {
  let size = select(largest, 1f, largest < 0x1p-126f);
  return min((bitcast<u32>(size) >> 23u) + SCOUTED, LARGEST_EXPONENT);
}

fn scaleOf(exponent: u32) -> f32 {
  return bitcast<f32>((254u - exponent) << 23u);
}

// Powers 1 to 4 of a scaled difference.
fn powersOf(difference: f32) -> vec4f {
  let t = clamp(difference, -FARTHEST, FARTHEST);
  let square = t * t;
  return vec4f(t, square, square * t, square * square);
}
