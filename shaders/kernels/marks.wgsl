// What is kept of every orbit beside its state, [word][column][orbit]:
//   words 0 and 1: how it ended, and after how many steps; 0 while it is followed
//   further words: sums of the measures (generated modules)

import package::kernels::slice::slice;

@group(0) @binding(4) var<storage, read_write> marks: array<u32>;

// Fates of src/measure/layout.ts.
const DIVERGED = 1u;
const ESCAPED = 2u;

fn isOver(place: u32, stride: u32) -> bool {
  return marks[place + stride] != 0u;
}

// Notes that an orbit ended `step` steps into the slice: steps = low + 2³² · (high of word 1 / 4).
fn endOrbit(place: u32, stride: u32, fate: u32, step: u32) {
  let low = slice.stepFrom + step;
  let high = slice.stepFromHigh + u32(low < step);
  marks[place] = low;
  marks[place + stride] = fate | (high << 2u);
}
