// Visits of the bins of all densities of a run, counted in workgroup memory.
//
// The bins of the densities stand one behind the other in a row of BIN_TOTAL; the bins of the current
// window of the row are held here. Beside them stand the scalars: per density the
// visits below and above its range, then the steps lost to divergence, then the diverged orbits.

import package::kernels::slice::slice;
import package::lib::math::outOfDomain;
import package::lib::position::{Coordinate, between, turnsOf};
import sizes::{BIN_CAPACITY, SCALARS};

const DIVERGED = SCALARS - 1u;
const LOST = SCALARS - 2u;

var<workgroup> bins: array<atomic<u32>, BIN_CAPACITY>;
var<workgroup> scalars: array<atomic<u32>, SCALARS>;

// Counts a visit at `offset` bins from the lower end of density `density`, whose `count` bins begin at
// `row` of the row. A value that is not defined (the logarithm of a negative number) counts as below.
fn visit(density: u32, row: u32, count: u32, offset: f32) {
  if (offset < 0f || outOfDomain) {
    outOfDomain = false;
    atomicAdd(&scalars[2u * density], 1u);
  } else if (offset >= f32(count)) {
    atomicAdd(&scalars[2u * density + 1u], 1u);
  } else {
    let bin = row + u32(offset) - slice.binFrom; // wraps to a large number below the window
    if (bin < slice.binCount) { atomicAdd(&bins[bin], 1u); }
  }
}

// The distance of a coordinate from the lower end of a range, in turns. The subtraction is exact, so a
// narrow range far from zero is resolved as finely as one at zero.
fn turnsAbove(at: Coordinate, low: Coordinate) -> f32 {
  return turnsOf(between(at, low));
}
