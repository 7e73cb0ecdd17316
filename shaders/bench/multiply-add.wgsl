// How many multiplications followed by an addition does a device do?
//
//   x <- factor x + shift, `turns` times 16 times, with factor = 1 and shift a power of two: the end is
//   exactly start + 16 turns shift, as long as that is below 2^24 shift
//
// One invocation = eight independent chains, so that none waits for itself.

import package::bench::load::{load, sums};

fn next(x: vec4f) -> vec4f {
  return fma(x, vec4f(load.factor), vec4f(load.shift));
}

fn four(x: vec4f) -> vec4f {
  return next(next(next(next(x))));
}

@compute @workgroup_size(64)
fn multiplyAdd(@builtin(global_invocation_id) id: vec3u) {
  var a = vec4f(0f, 1f, 2f, 3f) * load.shift;
  var b = vec4f(4f, 5f, 6f, 7f) * load.shift;
  for (var turn = 0u; turn < load.turns; turn++) {
    a = four(four(four(four(a))));
    b = four(four(four(four(b))));
  }
  sums[id.x] = dot(a + b, vec4f(1f));
}
