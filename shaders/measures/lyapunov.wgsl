// Sizes of tangent vectors, kept in range by powers of two, which are exact:
//   length of v = 2^(sum of exponents) · length of what is stored
// Logarithms are taken on the host, once for each piece of an orbit.

const BIAS = 127;

// Exponent e of the largest component of a vector, 2^e <= size < 2^(e + 1); −127 for 0, 128 beyond f32.
fn exponentOf(size: f32) -> i32 {
  return i32((bitcast<u32>(size) >> 23u) & 0xffu) - BIAS;
}

// Whether dividing by 2^e leaves numbers; a vector that is 0 or infinite starts anew.
fn isNormal(e: i32) -> bool {
  return e > -BIAS && e < BIAS;
}

// 2^−e for a normal e.
fn inverseOf(e: i32) -> f32 {
  return bitcast<f32>(u32(BIAS - e) << 23u);
}
