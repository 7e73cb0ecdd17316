// Signed 64-bit fixed-point arithmetic on coordinates: value = (cell · 2³² + phase) / 2^bits.
//
// Integers are exact on every device, whatever a compiler fuses or reassociates, so what is computed
// here has the same bits everywhere. Sums and products that do not fit wrap: callers stay below.

import package::lib::position::Coordinate;
import package::lib::random::wideProduct;

fn fixedSum(a: Coordinate, b: Coordinate) -> Coordinate {
  let low = a.phase + b.phase;
  return Coordinate(a.cell + b.cell + i32(low < a.phase), low);
}

fn fixedDifference(a: Coordinate, b: Coordinate) -> Coordinate {
  return Coordinate(a.cell - b.cell - i32(a.phase < b.phase), a.phase - b.phase);
}

// floor(a · b / 2^bits) of the 64-bit integers, 33 ≤ bits ≤ 63, less at most one unit.
fn fixedProduct(a: Coordinate, b: Coordinate, bits: u32) -> Coordinate {
  let aHigh = bitcast<u32>(a.cell);
  let bHigh = bitcast<u32>(b.cell);
  let ll = wideProduct(a.phase, b.phase).x; // the carry out of the lowest word is dropped
  let hl = wideProduct(aHigh, b.phase);
  let lh = wideProduct(a.phase, bHigh);
  let hh = wideProduct(aHigh, bHigh);
  // Words 1, 2 and 3 of the unsigned 128-bit product, with their carries.
  let one = ll + hl.y;
  let word1 = one + lh.y;
  let carry1 = u32(one < ll) + u32(word1 < one);
  let two = hl.x + lh.x;
  let three = two + hh.y;
  let word2 = three + carry1;
  let carry2 = u32(two < hl.x) + u32(three < two) + u32(word2 < three);
  // A negative factor was read 2⁶⁴ too large: take the other factor off the upper words.
  let high = Coordinate(bitcast<i32>(hh.x + carry2), word2);
  let ofA = Coordinate(select(0, b.cell, a.cell < 0), select(0u, b.phase, a.cell < 0));
  let ofB = Coordinate(select(0, a.cell, b.cell < 0), select(0u, a.phase, b.cell < 0));
  let upper = fixedDifference(fixedDifference(high, ofA), ofB);
  let shift = bits - 32u;
  return Coordinate(
    bitcast<i32>((upper.phase >> shift) | (bitcast<u32>(upper.cell) << (32u - shift))),
    (word1 >> shift) | (upper.phase << (32u - shift)),
  );
}

// `at` − `kick` and noise of −2 to 1 units: enough that no orbit falls on a short cycle, and with the
// rounding of products downwards no drift.
fn fixedMove(at: Coordinate, kick: Coordinate, random: u32) -> Coordinate {
  let noise = bitcast<i32>(random) >> 30u;
  return fixedSum(fixedDifference(at, kick), Coordinate(noise >> 31u, bitcast<u32>(noise)));
}
