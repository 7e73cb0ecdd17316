// Lists anew which orbits are still followed: those of the old list that have not ended, in any order.
//
// One invocation = one entry of the old list. The length of the new list is kept behind it.

import package::kernels::slice::slice;
import package::kernels::marks::isOver;
import package::kernels::followed::followed;

@group(0) @binding(6) var<storage, read_write> left: array<u32>;
@group(0) @binding(7) var<storage, read_write> leftCount: atomic<u32>;

var<workgroup> groupCount: atomic<u32>;
var<workgroup> groupFrom: u32;

@compute @workgroup_size(64)
fn compact(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let place = followed[min(id.x, slice.itemEnd - 1u)];
  let isLeft = id.x < slice.itemEnd && !isOver(place, slice.columns * slice.orbits);
  var rank = 0u;
  if (isLeft) { rank = atomicAdd(&groupCount, 1u); }
  workgroupBarrier();
  if (lane == 0u) { groupFrom = atomicAdd(&leftCount, atomicLoad(&groupCount)); }
  workgroupBarrier();
  if (isLeft) { left[groupFrom + rank] = place; }
}
