// Whether orbits return exactly to a state: the length of the cycle on which rounding has put them.
//
// One invocation = one of the orbits whose places are listed in `followed`; the length takes its place
// there, 0 where no cycle was found within 2¹⁴ steps or the orbit has ended.
//
// Brent, "An improved Monte Carlo factorization algorithm", BIT 20 (1980), section 2.

import package::kernels::slice::slice;
import package::kernels::marks::isOver;
import package::kernels::followed::followed;
import orbit::{State, Column, loadColumn, loadState, step, isSame};

const LONGEST_WALK = 16384u;

fn cycleOf(start: State, column: Column) -> u32 {
  var fixed = start;
  var state = start;
  var span = 1u;
  var length = 0u;
  for (var n = 0u; n < LONGEST_WALK; n++) {
    state = step(state, column);
    length++;
    if (!state.isInside) { return 0u; }
    if (isSame(state, fixed)) { return length; }
    if (length == span) {
      fixed = state;
      span *= 2u;
      length = 0u;
    }
  }
  return 0u;
}

@compute @workgroup_size(64)
fn findCycles(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= slice.itemEnd) { return; }
  let place = followed[id.x];
  let stride = slice.columns * slice.orbits;
  let column = loadColumn(place / slice.orbits);
  var length = 0u;
  if (!isOver(place, stride)) { length = cycleOf(loadState(place, stride, column), column); }
  followed[id.x] = length;
}
