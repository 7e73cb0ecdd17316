// Advances orbits by one slice of steps, counts the states reached and sums what is measured of them.
//
//   xₙ₊₁ = the rule of the generated module `orbit`, with the constants of the orbit's column
//
// One workgroup = 64 invocations = one column and a block of its orbits; each invocation follows one
// orbit after another. Visits of densities are counted in workgroup memory, which is added to the tallies of
// the column once, at the end of the slice; those of joint densities in the tallies themselves. Each orbit and
// step ends in one place of each:
//   Σ slots + lost = orbits · steps.
//
// Where the slots of the densities are more than workgroup memory, the slice is repeated from the same states
// with one window of their row after another; only the last repetition stores states and sums, and counts
// joint densities.

import package::kernels::slice::slice;
import package::kernels::tallies::tallies;
import package::kernels::marks::{isOver, endOrbit, DIVERGED, ESCAPED};
import package::measures::density::slots;
import orbit::{State, loadColumn, loadState, storeState, step};
@if(quick) import orbit::quickStep;
import observation::{observe, hasEscaped};
import sums::{loadSums, addState, checkSums, storeSums, checkpointAfter};
import sizes::ROW;

const BLOCK = 64u;
const LONGEST_CARE = 65536u;
const UNDO = 0xffffffffu; // added to a count, it takes one off

@compute @workgroup_size(64)
fn observeSlice(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let columnIndex = slice.columnFrom + group.x;
  let column = loadColumn(columnIndex);
  let stride = slice.columns * slice.orbits;
  let orbitEnd = min((group.y + 1u) * slice.orbitsPerGroup, slice.orbits);
  let isWatched = slice.isWatched != 0u;
  let row = columnIndex * (ROW + 2u);
  var diverged = 0u;
  var lost = 0u;

  for (var orbit = group.y * slice.orbitsPerGroup + lane; orbit < orbitEnd; orbit += 64u) {
    let place = columnIndex * slice.orbits + orbit;
    if (isOver(place, stride)) {
      lost += slice.steps;
      continue;
    }
    var state = loadState(place, stride, column);
    loadSums(place, stride);
    var careful = BLOCK;
    var n = 0u;
    while (n < slice.steps) {
      let end = checkpointAfter(n);
      // Blocks of quick steps, until one is too much for them or an orbit ends: a block has no branch, so its
      // visits are counted before that is known, and taken off again. The same text does both: what
      // rounds otherwise would take off others.
      @if(quick && back)
      for (var left = (end - n) / BLOCK; left > 0u; left--) {
        let before = state;
        var isPlain = true;
        for (var weight = 1u; ; weight = UNDO) {
          for (var i = 0u; i < BLOCK; i++) {
            state = quickStep(state, column);
            isPlain = isPlain & state.isInside & !hasEscaped(state, column, isWatched);
            observe(state, column, row, weight);
          }
          if (isPlain | (weight == UNDO)) { break; }
          state = before;
        }
        if (!isPlain) {
          state = before;
          break;
        }
        n += BLOCK;
      }
      // What was summed cannot be taken off, nor any visit on a device whose driver may make two sequences of
      // operations of one text: four steps to a branch, and then what they reached.
      @if(quick && !back)
      for (; n + 4u <= end; n += 4u) {
        let a = quickStep(state, column);
        let b = quickStep(a, column);
        let c = quickStep(b, column);
        let d = quickStep(c, column);
        let isPlain = a.isInside & b.isInside & c.isInside & d.isInside
          & !hasEscaped(a, column, isWatched) & !hasEscaped(b, column, isWatched)
          & !hasEscaped(c, column, isWatched) & !hasEscaped(d, column, isWatched);
        if (!isPlain) { break; }
        observe(a, column, row, 1u);
        addState(a, column);
        observe(b, column, row, 1u);
        addState(b, column);
        observe(c, column, row, 1u);
        addState(c, column);
        observe(d, column, row, 1u);
        addState(d, column);
        state = d;
      }
      // Then one by one, longer each time: some orbits never are quick.
      let near = min(n + careful, end);
      careful = min(4u * careful, LONGEST_CARE);
      for (; n < near; n++) {
        state = step(state, column);
        if (!state.isInside | hasEscaped(state, column, isWatched)) { break; }
        observe(state, column, row, 1u);
        addState(state, column);
      }
      if (n < near) { break; }
      if (n < end) { continue; }
      checkSums(state, n);
    }
    if (n < slice.steps) {
      lost += slice.steps - n;
      diverged += u32(!state.isInside);
    }
    if (slice.isLast != 0u) {
      storeState(place, stride, state);
      storeSums(place, stride, n);
      if (n < slice.steps) {
        endOrbit(place, stride, select(DIVERGED, ESCAPED, state.isInside), n + 1u);
      }
    }
  }

  if (slice.isLast != 0u) {
    if (lost > 0u) { atomicAdd(&tallies[row + ROW], lost); }
    if (diverged > 0u) { atomicAdd(&tallies[row + ROW + 1u], diverged); }
  }
  workgroupBarrier();
  for (var slot = lane; slot < slice.rowCount; slot += 64u) {
    let count = atomicLoad(&slots[slot]);
    if (count > 0u) { atomicAdd(&tallies[row + slice.rowFrom + slot], count); }
  }
}
