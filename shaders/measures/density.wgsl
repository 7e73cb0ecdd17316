// Visits of the bins of all densities of a run, counted in workgroup memory.
//
// Each density has its bins and, before and behind them, a slot for what is below and above its range:
//   slot = 0: value < lo;  1 + i: bin i;  count + 1: value ≥ hi
// The slots of all densities stand one behind the other in a row; those of the window of the row that
// this repetition counts are held here. One visit = one addition, without a branch on where it falls.

import package::kernels::slice::slice;
import package::lib::position::{Coordinate, between, nearest, turnsOf};
import sizes::{HELD_ROW, ROW_CAPACITY};

var<workgroup> slots: array<atomic<u32>, ROW_CAPACITY>;

// Adds `weight` to the visits at `offset` bins from the lower end of a density of `count` bins, whose slots begin at
// `start` of the row.
fn visit(start: u32, count: u32, offset: f32, weight: u32) {
  let bin = nearest(floor(clamp(offset, -1f, f32(count))));
  let slot = start + u32(bin + 1);
  if (HELD_ROW <= ROW_CAPACITY) {
    atomicAdd(&slots[slot], weight);
  } else {
    let inWindow = slot - slice.rowFrom; // wraps to a large number below the window
    if (inWindow < slice.rowCount) { atomicAdd(&slots[inWindow], weight); }
  }
}

// The distance of a coordinate from the lower end of a range, in turns. The subtraction is exact, so a
// narrow range far from zero is resolved as finely as one at zero.
fn turnsAbove(at: Coordinate, low: Coordinate) -> f32 {
  return turnsOf(between(at, low));
}
