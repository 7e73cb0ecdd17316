// Advances orbits by one slice of steps without looking at them: the transient that is dropped.
//
//   xₙ₊₁ = the rule of the generated module `orbit`, with the constants of the orbit's column
//
// Workgroups and invocations have the orbits that they have in kernels/observe.wgsl; orbits that
// diverge are counted. Without workgroup memory it starts faster and leaves room for more groups.

import package::kernels::slice::slice;
import orbit::{State, loadColumn, loadState, storeState, step};
import sizes::ROW;

@group(0) @binding(3) var<storage, read_write> tallies: array<atomic<u32>>; // [column][ROW, lost, diverged]

@compute @workgroup_size(64)
fn settleSlice(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let columnIndex = slice.columnFrom + group.x;
  let column = loadColumn(columnIndex);
  let stride = slice.columns * slice.orbits;
  let orbitEnd = min((group.y + 1u) * slice.orbitsPerGroup, slice.orbits);

  for (var orbit = group.y * slice.orbitsPerGroup + lane; orbit < orbitEnd; orbit += 64u) {
    let place = columnIndex * slice.orbits + orbit;
    var state = loadState(place, stride, column);
    if (!state.isFollowed) { continue; }
    for (var n = 0u; n < slice.steps; n++) {
      state = step(state, column);
      if (!state.isFollowed) {
        atomicAdd(&tallies[columnIndex * (ROW + 2u) + ROW + 1u], 1u);
        break;
      }
    }
    storeState(place, stride, state);
  }
}
