// Advances orbits by one slice of steps and sums what is measured of the states reached, where there is
// no density: so no workgroup memory, and workgroups need not belong to columns.
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
import sums::{loadSums, addState, checkSums, storeSums, checkpointAfter};
import sizes::ROW;

const LEAST_CARE = 64u;
const LONGEST_CARE = 65536u;

@compute @workgroup_size(64)
fn recordSlice(@builtin(global_invocation_id) id: vec3u) {
  let item = slice.itemFrom + id.x;
  if (item >= slice.itemEnd) { return; }
  let place = placeOf(item);
  let stride = slice.columns * slice.orbits;
  if (isOver(place, stride)) { return; }
  let columnIndex = place / slice.orbits;
  let column = loadColumn(columnIndex);
  var state = loadState(place, stride, column);
  loadSums(place, stride);
  let isWatched = slice.isWatched != 0u;
  var careful = LEAST_CARE;
  var n = 0u;
  while (n < slice.steps) {
    let end = checkpointAfter(n);
    // Quick steps, four to a branch, until one is too much for them or an orbit ends.
    @if(quick)
    for (; n + 4u <= end; n += 4u) {
      let a = quickStep(state, column);
      let b = quickStep(a, column);
      let c = quickStep(b, column);
      let d = quickStep(c, column);
      let isPlain = a.isInside & b.isInside & c.isInside & d.isInside
        & !hasEscaped(a, column, isWatched) & !hasEscaped(b, column, isWatched)
        & !hasEscaped(c, column, isWatched) & !hasEscaped(d, column, isWatched);
      if (!isPlain) { break; }
      addState(a, column);
      addState(b, column);
      addState(c, column);
      addState(d, column);
      state = d;
    }
    // Then one by one, longer each time: some orbits never are quick.
    let near = min(n + careful, end);
    careful = min(4u * careful, LONGEST_CARE);
    for (; n < near; n++) {
      state = step(state, column);
      if (!state.isInside | hasEscaped(state, column, isWatched)) { break; }
      addState(state, column);
    }
    if (n < near) { break; }
    if (n < end) { continue; }
    checkSums(state, n);
  }
  storeState(place, stride, state);
  storeSums(place, stride, n);
  if (n == slice.steps) { return; }
  endOrbit(place, stride, select(DIVERGED, ESCAPED, state.isInside), n + 1u);
  if (!state.isInside) { atomicAdd(&tallies[columnIndex * (ROW + 2u) + ROW + 1u], 1u); }
}
