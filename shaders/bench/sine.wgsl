// How many sines does a device do by its own instruction, which no kernel of science uses?
//
//   x <- sin(x + shift), `turns` times; with shift = 1 it tends to 0.934563..., and the sum of all x to
//   turns times that
//
// One invocation = eight independent chains, so that none waits for itself.

import package::bench::load::{load, sums};

@compute @workgroup_size(64)
fn sine(@builtin(global_invocation_id) id: vec3u) {
  var a = vec4f(0f, 0.1f, 0.2f, 0.3f);
  var b = vec4f(0.4f, 0.5f, 0.6f, 0.7f);
  var sum = vec4f(0f);
  for (var turn = 0u; turn < load.turns; turn++) {
    a = sin(a + load.shift);
    b = sin(b + load.shift);
    sum += a + b;
  }
  sums[id.x] = dot(sum, vec4f(load.factor));
}
