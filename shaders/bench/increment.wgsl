// How many counters in workgroup memory does a device count up, spread as those of a density?
//
//   the counters of a workgroup add up to 8 · 64 turns
//
// One invocation = 8 `turns` increments at places that a linear congruential generator gives.

import package::bench::load::{load, sums};

const SLOTS = 1024u;
const LANES = 64u;

var<workgroup> counters: array<atomic<u32>, SLOTS>;

@compute @workgroup_size(LANES)
fn increment(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  var place = id.x * 2654435769u;
  for (var turn = 0u; turn < load.turns; turn++) {
    place = place * 1664525u + 1013904223u;
    // Eight places from one number: what is counted is increments, not random numbers and rounds of a loop.
    atomicAdd(&counters[place >> 22u], 1u);
    atomicAdd(&counters[(place >> 19u) & 1023u], 1u);
    atomicAdd(&counters[(place >> 16u) & 1023u], 1u);
    atomicAdd(&counters[(place >> 13u) & 1023u], 1u);
    atomicAdd(&counters[(place >> 11u) & 1023u], 1u);
    atomicAdd(&counters[~place >> 22u], 1u);
    atomicAdd(&counters[(~place >> 19u) & 1023u], 1u);
    atomicAdd(&counters[(~place >> 16u) & 1023u], 1u);
  }
  workgroupBarrier();
  var sum = 0u;
  for (var slot = lane; slot < SLOTS; slot += LANES) { sum += atomicLoad(&counters[slot]); }
  sums[id.x] = f32(sum) * load.factor;
}
