// Visits of the cells of all joint densities of a run, counted where they are kept: a plane has more cells than
// workgroup memory, and orbits are seldom in one cell at once.
//
//   slot = 0: outside the plane;  1 + up · i + j: cell (i, j), i across and j up
//
// One visit = one addition, without a branch on where it falls.

import package::kernels::slice::slice;
import package::kernels::tallies::tallies;
import sizes::{HELD_ROW, ROW_CAPACITY};

// Adds `weight` to the visits at `offset` cells from the lower left corner of a plane of `count` cells, whose slots begin at
// `start` of the tallies.
fn visitCell(start: u32, count: vec2u, offset: vec2f, weight: u32) {
  // A slice that is repeated for the densities counts here once.
  if (HELD_ROW > ROW_CAPACITY && slice.isLast == 0u) { return; }
  let isInside = all(offset >= vec2f(0f)) & all(offset < vec2f(count));
  let cell = vec2u(clamp(offset, vec2f(0f), vec2f(count)));
  atomicAdd(&tallies[start + select(0u, 1u + cell.x * count.y + cell.y, isInside)], weight);
}
