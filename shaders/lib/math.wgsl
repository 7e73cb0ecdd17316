// Elementary functions in f32, with the errors they are held to by test/shaders/math.test.ts.
// WGSL's own are only good to 2⁻¹¹, and its compilers may reassociate, fuse, flush subnormals to zero
// and assume that no NaN and no infinity occurs. So arguments are reduced in integers, which no
// compiler reorders; polynomials are sums from small to large, which survive any of it; and what is
// out of a function's domain is said in `outOfDomain`, never by a NaN.
//
// "ulp" below is one unit in the last place of the result, at most 2⁻²³ of it; positive numbers below
// 2⁻¹²⁶ count as 0. Every function computes one number per call, whatever the invocation.

import package::lib::position::{sinOfPhase, cosOfPhase};
import package::lib::random::wideProduct;

// Set, and never cleared here, by a function that is asked for what does not exist, or for more than
// f32 holds; its result is then a finite number without meaning. Callers read it after a step, give
// the orbit up, and clear it.
var<private> outOfDomain: bool = false;

const SMALLEST = 0x1p-126f;
const HALF_PI = 0x1.921fb6p0f;
const LN2 = 0x1.62e43p-1f;

// 1/2π in units of 2⁻³², 2⁻⁶⁴, 2⁻⁹⁶; log₂e − 1 in units of 2⁻³², 2⁻⁶⁴.
const TURN = vec3u(0x28be60dbu, 0x9391054au, 0x7f09d5f4u);
const LOG2E_TAIL = vec2u(0x71547652u, 0xb82fe177u);

// |x| = mantissa · 2^(exponent − 150) for normal x.
fn mantissaOf(x: f32) -> u32 { return (bitcast<u32>(x) & 0x7fffffu) | 0x800000u; }
fn exponentOf(x: f32) -> i32 { return i32((bitcast<u32>(x) >> 23u) & 0xffu); }

// (high, low) words of ⌊a·(fraction.x + fraction.y / 2³²)⌋.
fn scaled(a: u32, fraction: vec2u) -> vec2u {
  let product = wideProduct(a, fraction.x);
  let carried = wideProduct(a, fraction.y).x;
  let low = product.y + carried;
  return vec2u(product.x + u32(low < carried), low);
}

// x/2π modulo 1 in units of 2⁻³², error one unit, for ½ ≤ |x| < 2⁵⁵; some phase beyond.
fn phaseOfAngle(x: f32) -> u32 {
  let shift = exponentOf(x) - 150;
  let left = u32(clamp(shift, 0, 31));
  let right = u32(clamp(-shift, 0, 31));
  let turn = vec2u(
    (TURN.x << left) | ((TURN.y >> 1u) >> (31u - left)),
    (TURN.y << left) | ((TURN.z >> 1u) >> (31u - left)),
  );
  let turns = scaled(mantissaOf(x), turn);
  let phase = ((turns.x << 1u) << (31u - right)) | (turns.y >> right);
  return select(phase, 0u - phase, x < 0f);
}

// sin x; relative error 1.5e-7 for |x| < ½, absolute error 1.3e-7 for |x| < 2⁵⁵, in [−1, 1] beyond.
// That is of the x given: one that was rounded to f32 is itself off by up to |x|·2⁻²⁴.
fn sine(x: f32) -> f32 {
  if (abs(x) < 0.5f) {
    let s = x * x;
    return x + x * (s * (-0x1.555554p-3f + s * (0x1.110f56p-7f + s * -0x1.9d399p-13f)));
  }
  return sinOfPhase(phaseOfAngle(x));
}

// cos x; absolute error 1.3e-7 for |x| < 2⁵⁵, in [−1, 1] beyond; see sine.
fn cosine(x: f32) -> f32 {
  if (abs(x) < 0.5f) {
    let s = x * x;
    return 1f - (0.5f * s - s * s * (0x1.55535p-5f + s * -0x1.6976bp-10f));
  }
  return cosOfPhase(phaseOfAngle(x));
}

// tan x; absolute error 5e-7·(1 + tan²x), relative error 8e-7 for |x| < ½.
// Out of domain where the cosine comes out as 0.
fn tangent(x: f32) -> f32 {
  return quotient(sine(x), cosine(x));
}

// arcsin x for |x| ≤ 1; relative error 1e-6.
fn arcsine(x: f32) -> f32 {
  let a = abs(x);
  if (a > 1f) {
    outOfDomain = true;
    return 0f;
  }
  if (a <= 0.5f) { return x + x * arcsineTail(x * x); }
  return sign(x) * (HALF_PI - 2f * arcsineNearOne(a));
}

// arccos x for |x| ≤ 1; relative error 1e-6.
fn arccosine(x: f32) -> f32 {
  let a = abs(x);
  if (a > 1f) {
    outOfDomain = true;
    return 0f;
  }
  if (a <= 0.5f) { return HALF_PI - (x + x * arcsineTail(x * x)); }
  let half = arcsineNearOne(a);
  return select(2f * (HALF_PI - half), 2f * half, x > 0f);
}

// arcsin(t)/t − 1 for t² ≤ ¼, by z = t².
fn arcsineTail(z: f32) -> f32 {
  return z * (0x1.5555cap-3f + z * (0x1.33014ep-4f
    + z * (0x1.748c64p-5f + z * (0x1.8ba26p-6f + z * 0x1.59dac2p-5f))));
}

// arccos(a)/2 = arcsin √((1 − a)/2) for ½ ≤ a ≤ 1.
fn arcsineNearOne(a: f32) -> f32 {
  let z = 0.5f * (1f - a);
  let t = sqrt(z);
  return t + t * arcsineTail(z);
}

// arctan x; relative error 6e-7.
fn arctangent(x: f32) -> f32 {
  let a = abs(x);
  var base = 0f;
  var t = a;
  if (a > 0x1.3504f4p1f) { // tan 3π/8
    base = HALF_PI;
    t = -1f / min(a, 0x1p100f);
  } else if (a > 0x1.a8279ap-2f) { // tan π/8
    base = 0.5f * HALF_PI;
    t = (a - 1f) / (a + 1f);
  }
  let z = t * t;
  let tail = z * (-0x1.555458p-2f + z * (0x1.9925d2p-3f + z * (-0x1.1c41dp-3f + z * 0x1.4a227p-4f)));
  return sign(x) * (base + (t + t * tail));
}

// eˣ; relative error 2e-7 for −87.33 ≤ x ≤ 88.72, 0 below, out of domain above.
fn exponential(x: f32) -> f32 {
  if (x > 88.72f) {
    outOfDomain = true;
    return 0x1.fffffep127f;
  }
  if (x < -87.33f) { return 0f; }
  // x·log₂e = whole + fraction/2³² exactly enough: 17 ≤ right, for |x| < 128.
  let mantissa = mantissaOf(x);
  let right = 150 - exponentOf(x);
  var turns = scaled(mantissa, LOG2E_TAIL);
  turns.x += mantissa;
  var whole = 0;
  var fraction: u32;
  if (right < 32) {
    whole = i32(turns.x >> u32(right));
    fraction = (turns.x << u32(32 - right)) | (turns.y >> u32(right));
  } else {
    fraction = turns.x >> u32(min(right - 32, 31));
  }
  if (x < 0f) {
    whole = -whole - i32(fraction != 0u);
    fraction = 0u - fraction;
  }
  let t = f32(bitcast<i32>(fraction)) * 0x1p-32f; // in [−½, ½): the top bit counts as a whole
  let power = 1f + t * (0x1.62e43p-1f + t * (0x1.ebfbdcp-3f + t * (0x1.c6afp-5f
    + t * (0x1.3b2d5ap-7f + t * (0x1.5f354ep-10f + t * 0x1.41ea1p-13f)))));
  let doublings = bitcast<u32>(whole) + (fraction >> 31u);
  return bitcast<f32>(bitcast<u32>(power) + (doublings << 23u));
}

// ln x for x > 0; relative error 4e-7.
fn logarithm(x: f32) -> f32 {
  let bits = bitcast<i32>(x);
  if (bits < 0x00800000 || bits >= 0x7f800000) {
    outOfDomain = true;
    return 0f;
  }
  // x = (1 + f)·2^doublings with √½ ≤ 1 + f < √2, and ln(1 + f) = f − (f²/2 − s(f²/2 + R(s²))).
  let doublings = (bits - 0x3f3504f3) >> 23u;
  let f = bitcast<f32>(bits - doublings * 0x800000) - 1f;
  let s = f / (2f + f);
  let z = s * s;
  let tail = z * (0x1.55557ap-1f + z * (0x1.995eacp-2f + z * 0x1.31e478p-2f));
  let square = 0.5f * f * f;
  return f32(doublings) * LN2 + (f - (square - s * (square + tail)));
}

// xʸ; relative error (|y ln x| + 1)·5e-7. For x < 0, y must be whole; for x = 0, y must be ≥ 0 (0⁰ = 1).
// Out of domain, too, where the result exceeds e^88.72; 0 where it is below e^−87.33.
fn realPower(x: f32, y: f32) -> f32 {
  let base = abs(x);
  if (base < SMALLEST) {
    outOfDomain = outOfDomain || y < 0f;
    return select(0f, 1f, y == 0f);
  }
  if (x < 0f && floor(y) != y) {
    outOfDomain = true;
    return 0f;
  }
  let size = exponential(clamp(y, -0x1p100f, 0x1p100f) * logarithm(base));
  let half = 0.5f * y;
  return select(size, -size, x < 0f && floor(half) != half);
}

// sinh x; relative error 8e-7 for |x| ≤ 88.72, out of domain beyond.
fn hyperbolicSine(x: f32) -> f32 {
  let a = abs(x);
  if (a < 1f) {
    let z = x * x;
    return x + x * (z * (0x1.555556p-3f + z * (0x1.111136p-7f
      + z * (0x1.9ffe12p-13f + z * 0x1.7a267cp-19f))));
  }
  let grown = 0.5f * exponential(a);
  return sign(x) * (grown - 0.25f / grown);
}

// cosh x; relative error 5e-7 for |x| ≤ 88.72, out of domain beyond.
fn hyperbolicCosine(x: f32) -> f32 {
  let grown = 0.5f * exponential(abs(x));
  return grown + 0.25f / grown;
}

// tanh x; relative error 4e-7.
fn hyperbolicTangent(x: f32) -> f32 {
  let a = abs(x);
  if (a < 0.625f) {
    let z = x * x;
    return x + x * (z * (-0x1.555534p-2f + z * (0x1.11076p-3f + z * (-0x1.b8431cp-5f
      + z * (0x1.524ebcp-6f + z * -0x1.76862p-8f)))));
  }
  return sign(x) * (1f - 2f / (exponential(2f * min(a, 10f)) + 1f));
}

// √x for x ≥ 0; relative error 4e-7.
fn squareRoot(x: f32) -> f32 {
  if (x < 0f) {
    outOfDomain = true;
    return 0f;
  }
  return sqrt(x);
}

// a/b; relative error 3e-7 for 2⁻¹²⁶ ≤ |b| ≤ 2¹²⁶, out of domain for smaller |b|.
fn quotient(a: f32, b: f32) -> f32 {
  if (abs(b) < SMALLEST) {
    outOfDomain = true;
    return 0f;
  }
  return a / b;
}

// x itself where x > 0, out of domain elsewhere: the factor of a derivative of ln x.
fn positive(x: f32) -> f32 {
  if (x < SMALLEST) {
    outOfDomain = true;
    return 1f;
  }
  return x;
}
