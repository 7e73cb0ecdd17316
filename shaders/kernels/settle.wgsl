// Advances orbits by one slice of steps without looking at them, but for their end: the transient that
// is dropped, and what comes after the last observed state.
//
//   xₙ₊₁ = the rule of the generated module `orbit`, with the constants of the orbit's column
//
// One invocation = one of the orbits that are still followed, whatever its column.

import package::kernels::slice::slice;
import package::kernels::tallies::tallies;
import package::kernels::marks::{isOver, endOrbit, DIVERGED, ESCAPED};
import places::placeOf;
import orbit::{State, loadColumn, loadState, storeState, step};
@if(quick) import orbit::quickStep;
import observation::hasEscaped;
import sizes::ROW;

const BLOCK = 64u;
const LONGEST_CARE = 65536u;

@compute @workgroup_size(64)
fn settleSlice(@builtin(global_invocation_id) id: vec3u) {
  let item = slice.itemFrom + id.x;
  if (item >= slice.itemEnd) { return; }
  let place = placeOf(item);
  let stride = slice.columns * slice.orbits;
  if (isOver(place, stride)) { return; }
  let columnIndex = place / slice.orbits;
  let column = loadColumn(columnIndex);
  var state = loadState(place, stride, column);
  let isWatched = slice.isWatched != 0u;
  var careful = BLOCK;
  var n = 0u;
  while (n < slice.steps) {
    // Blocks of quick steps, until one is too much for them or an orbit ends: a block has no branch.
    @if(quick)
    for (var left = (slice.steps - n) / BLOCK; left > 0u; left--) {
      let before = state;
      var isPlain = true;
      for (var pair = 0u; pair < BLOCK / 2u; pair++) {
        state = quickStep(state, column);
        isPlain = isPlain & state.isInside & !hasEscaped(state, column, isWatched);
        state = quickStep(state, column);
        isPlain = isPlain & state.isInside & !hasEscaped(state, column, isWatched);
      }
      if (!isPlain) {
        state = before;
        break;
      }
      n += BLOCK;
    }
    // Then one by one, longer each time: some orbits never are quick.
    let end = min(n + careful, slice.steps);
    careful = min(4u * careful, LONGEST_CARE);
    for (; n < end; n++) {
      state = step(state, column);
      if (!state.isInside | hasEscaped(state, column, isWatched)) { break; }
    }
    if (n < end) { break; }
  }
  storeState(place, stride, state);
  if (n == slice.steps) { return; }
  endOrbit(place, stride, select(DIVERGED, ESCAPED, state.isInside), n + 1u);
  if (!state.isInside) { atomicAdd(&tallies[columnIndex * (ROW + 2u) + ROW + 1u], 1u); }
}
