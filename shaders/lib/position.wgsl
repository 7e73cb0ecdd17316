// A coordinate in fixed point: x = unit · (cell + phase / 2³²), in units of one micro-period
// ("turns"), so that wrapping around a period is exact and needs no range reduction.
//
// A kick (the change of the coordinate in one step, in turns) is f32: its last bits would be the same
// at every visit of a neighbourhood, and orbits would fall on short cycles. So uniform noise of about one
// unit in the last place of the kick is added, on the integers. See docs/numerics.md.

import package::lib::random::wideProduct;

struct Coordinate {
  cell: i32,
  phase: u32,
}

// Largest kick, in turns, that cannot overflow a cell: callers give up orbits beyond it.
const FARTHEST_KICK = 0x1p30f;

// The coordinate as f32, in turns: error 2⁻²³ of it, or 2⁻²⁵ turns just below a whole number near 0.
// (Halving the phase first makes it a signed number, which converts faster.)
fn turnsOf(at: Coordinate) -> f32 {
  return f32(at.cell) + f32(bitcast<i32>(at.phase >> 1u)) * 0x1p-31f;
}

// The whole number nearest to x, of two the even one, for |x| < 2²². Adding 1.5 · 2²³ leaves it in the last
// bits; WGSL's own conversion takes several times as long, since it must be right for any x.
fn nearest(x: f32) -> i32 { return bitcast<i32>(x + 0x1.8p23f) - 0x4b400000; }

// `at` minus `kick`, plus noise uniform in an interval about 0 as wide as |kick| · 2⁻²³, that is one to
// two units in the last place of `kick`. Exact in 32.32 fixed point for |kick| ≤ FARTHEST_KICK, but that
// noise is rounded to 2⁻³² turns. From 2²³ turns on, the noise stays one turn wide.
fn kicked(at: Coordinate, kick: f32, random: u32) -> Coordinate {
  let whole = i32(kick);
  let fine = (kick - f32(whole)) * 0x1p16f;
  let high = nearest(fine);
  let scattered = f32(bitcast<i32>(random)) * clamp(kick * 0x1p-23f, -WIDEST, WIDEST);
  let coarse = nearest(scattered * 0x1p-10f);
  let noise = (coarse << 10u) + nearest(scattered - f32(coarse) * 0x1p10f);
  // Where the kick has so fine a part, it is below 2⁸ turns, and its noise below 2¹⁷ units.
  let low = nearest((fine - f32(high)) * 0x1p16f) - noise;
  // A signed word added to 64 bits: its sign word, and the carry of the low words.
  let phase = (bitcast<u32>(high) << 16u) + bitcast<u32>(low);
  let cell = whole + (high >> 16u) + (low >> 31u) + i32(phase < bitcast<u32>(low));
  return Coordinate(at.cell - cell - i32(at.phase < phase), at.phase - phase);
}

// Of noise, in turns: so little below one that what is added and its negative fit a word.
const WIDEST = 0x1.fffffep-1f;

// Kicks that quickKicked can do, in turns.
const NEAR_KICK = 0x1p13f;

// What `kicked` gives for |kick| < NEAR_KICK: noise then fits 22 bits. In halves of a turn, so that what is
// left of the kick is at most a quarter of one, and fits a word together with the noise.
fn quickKicked(at: Coordinate, kick: f32, random: u32) -> Coordinate {
  let doubled = 2f * kick;
  let halves = nearest(doubled);
  let fine = (doubled - f32(halves)) * 0x1p15f;
  let high = nearest(fine);
  let part = (high << 16u) + nearest((fine - f32(high)) * 0x1p16f);
  let change = part - nearest(f32(bitcast<i32>(random)) * (doubled * 0x1p-24f));
  // A negative change of an odd half is a positive phase, and takes off no whole turn.
  let phase = bitcast<u32>(change) + (bitcast<u32>(halves) << 31u);
  let whole = (halves + (change >> 31u)) >> 1u;
  return Coordinate(at.cell - whole - i32(at.phase < phase), at.phase - phase);
}

// `at` − `origin`, exact; overflows only if the distance exceeds 2³¹ turns.
fn between(at: Coordinate, origin: Coordinate) -> Coordinate {
  return Coordinate(
    at.cell - origin.cell - i32(at.phase < origin.phase),
    at.phase - origin.phase,
  );
}

// A frequency relative to the unit: turns of a phase per turn of the coordinate,
//   frequency = whole + (high + low / 2³²) / 2³²   (whole modulo 2³², two's complement)
struct Frequency {
  whole: u32,
  high: u32,
  low: u32,
}

// frequency · coordinate modulo 1, in 2⁻³² turns; error below 3 · 2⁻³² turns, whatever the cell.
fn phaseOf(at: Coordinate, frequency: Frequency) -> u32 {
  // Σ over the words, dropping whole turns; cells count modulo 2³² and their sign is repaired.
  let cell = bitcast<u32>(at.cell);
  let fine = wideProduct(cell, frequency.low).x - select(0u, frequency.low, at.cell < 0);
  return at.phase * frequency.whole
    + wideProduct(at.phase, frequency.high).x
    + cell * frequency.high
    + fine;
}

// The second coefficient of a phase that is quadratic in the coordinate, modulo 2⁶⁴:
//   bend = wholeHigh · 2³² + whole + (high + (middle + low / 2³²) / 2³²) / 2³²   (two's complement)
struct Bend {
  wholeHigh: u32,
  whole: u32,
  high: u32,
  middle: u32,
  low: u32,
}

// slope + bend · coordinate modulo 2³²: the frequency of a quadratic phase, so that
//   phaseOf(at, chirped(at, slope, bend)) = slope · at + bend · at²  modulo 1.
// Error below 5 · 2⁻⁶⁴: of the phase 5 · 2⁻³⁴ turns where the cell is 2³⁰ away.
fn chirped(at: Coordinate, slope: Frequency, bend: Bend) -> Frequency {
  // Σ over the words, as in phaseOf; words below 2⁻⁶⁴ are dropped, one product each.
  let cell = bitcast<u32>(at.cell);
  let high = wideProduct(cell, bend.high);
  let middle = wideProduct(cell, bend.middle);
  let fine = wideProduct(cell, bend.low).x;
  let whole = wideProduct(at.phase, bend.whole);
  let part = wideProduct(at.phase, bend.high);
  let finer = wideProduct(at.phase, bend.middle).x;
  var sum = vec3u(slope.whole, slope.high, slope.low);
  sum = wideSum(sum, vec3u(high.x + cell * bend.whole, high.y, fine));
  sum = wideSum(sum, vec3u(at.phase * bend.wholeHigh, middle.x, middle.y));
  sum = wideSum(sum, vec3u(whole.x, whole.y, finer));
  sum = wideSum(sum, vec3u(0u, part.x, part.y));
  // A negative cell was read 2³² too large; the complement of a number is its negative less a unit.
  let repair = ~vec3u(bend.high, bend.middle, bend.low);
  sum = wideSum(sum, select(vec3u(0u), repair, at.cell < 0));
  return Frequency(sum.x, sum.y, sum.z);
}

// a + b modulo 2⁹⁶, high words first.
fn wideSum(a: vec3u, b: vec3u) -> vec3u {
  let low = a.z + b.z;
  let middle = a.y + b.y;
  let carried = middle + u32(low < a.z);
  return vec3u(a.x + b.x + u32(middle < a.y) + u32(carried < middle), carried, low);
}

// sin πt/2 for |t| ≤ 1; absolute error at most 1.2e-7.
// An odd polynomial (minimax, 3.4e-9) summed small to large.
fn sinOfQuarters(t: f32) -> f32 {
  let s = t * t;
  let tail = 0x1.243f6ap-1f
    + s * (-0x1.4abbb6p-1f + s * (0x1.46676ep-4f + s * (-0x1.3232fap-8f + s * 0x1.3c4b2ap-13f)));
  return t + t * tail;
}

// cos 2π·phase/2³²; absolute error at most 1.2e-7. The distance from a maximum, taken off a quarter.
fn cosOfPhase(phase: u32) -> f32 {
  return sinOfQuarters(f32(0x40000000 - abs(bitcast<i32>(phase))) * 0x1p-30f);
}

// sin 2π·phase/2³²; absolute error at most 1.2e-7.
fn sinOfPhase(phase: u32) -> f32 {
  return cosOfPhase(phase - 0x40000000u);
}

// sin 2πt and cos 2πt; absolute error at most 1.2e-7, that of the sine also 2e-7 of it for |t| < 0.1; of
// the t given. Turns are folded onto a quarter without rounding.
fn sinOfTurns(t: f32) -> f32 {
  let part = t - floor(t + 0.5f);
  return sinOfQuarters(4f * min(max(part, -0.5f - part), 0.5f - part));
}

fn cosOfTurns(t: f32) -> f32 {
  return sinOfQuarters(1f - 4f * abs(t - floor(t + 0.5f)));
}

// The next of a cheap generator of noise bits: a full-period linear congruential generator mod 2³²
// (multiplier of Steele and Vigna, "Computationally easy, spectrally good multipliers", 2021).
// Only its high bits are used as noise; each orbit starts at its own place, drawn by Philox.
fn nextNoise(state: u32) -> u32 {
  return state * 0x915f77f5u + 0x6a09e667u;
}
