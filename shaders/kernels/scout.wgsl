// Looks at the first states of a batch before they are summed, for the size of what is to come: the
// sums in the generated module `sums` are of differences, scaled into the range of f32.
//
// One invocation = one of the orbits that are still followed. No state is stored: orbits take the same
// steps again when they are observed.

import package::kernels::slice::slice;
import package::kernels::marks::isOver;
import places::placeOf;
import orbit::{loadColumn, loadState, step};
import sums::{lookAt, storeLook};

@compute @workgroup_size(64)
fn scoutBatch(@builtin(global_invocation_id) id: vec3u) {
  let item = slice.itemFrom + id.x;
  if (item >= slice.itemEnd) { return; }
  let place = placeOf(item);
  let stride = slice.columns * slice.orbits;
  if (isOver(place, stride)) { return; }
  let column = loadColumn(place / slice.orbits);
  var state = loadState(place, stride, column);
  for (var n = 0u; n < slice.steps; n++) {
    state = step(state, column);
    if (!state.isInside) { break; }
    lookAt(state, column);
  }
  storeLook(place, stride);
}
