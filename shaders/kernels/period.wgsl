// The period of the cycle that each orbit of a tile has come to, by src/measure/period-search.ts:
//
//   p = the least p ≤ LONGEST_PERIOD with |x_p − x_0| ≤ TOLERANCE and |x_2p − x_p| ≤ TOLERANCE;
//   else the p of the nearest return, if the distances after p steps vanish in the limit;
//   halved as long as the distances after p/2 steps vanish in the limit
//
// x_0 is the last state of an orbit that stayed, and |·| is `apart` of the generated module `orbit`. What
// comes after it is computed again wherever it is needed, so that no trail is stored.
//
// One invocation = one orbit. Nothing is stored but the period, 0 where there is none.

import package::kernels::slice::slice;
import package::kernels::marks::{marks, isOver};
import orbit::{State, Column, loadColumn, loadState, step, apart};
import sizes::{LONGEST_PERIOD, TOLERANCE, PERIOD_WORD};

const NEAR = 1e-3f;
const LEFT = 0.1f;
const FAR = 0x1p127f; // from a state that is not inside

// `steps` steps from a state, or until it leaves.
fn after(start: State, steps: u32, column: Column) -> State {
  var state = start;
  for (var n = 0u; n < steps && state.isInside; n++) { state = step(state, column); }
  return state;
}

fn separation(state: State, lag: u32, column: Column) -> f32 {
  let later = after(state, lag, column);
  if (!later.isInside) { return FAR; }
  return apart(state, later, column);
}

// Whether the distances after `lag` steps go to 0 by Aitken's extrapolation, seen at three times.
fn vanishes(start: State, lag: u32, period: u32, column: Column) -> bool {
  let between = period * (LONGEST_PERIOD / period);
  let a = separation(start, lag, column);
  let second = after(start, between, column);
  let b = separation(second, lag, column);
  let third = after(second, between, column);
  let c = separation(third, lag, column);
  if (!(a > b && b > c)) { return false; }
  let drop = (b - c) / a; // of distances in units of the first, whose squares f32 holds
  let bend = (a - b) / a - drop;
  return abs(c / a * bend - drop * drop) <= LEFT * (c / a) * abs(bend) && bend != 0f;
}

fn halved(start: State, period: u32, column: Column) -> u32 {
  var least = period;
  while (least % 2u == 0u && vanishes(start, least / 2u, period, column)) { least /= 2u; }
  return least;
}

fn periodOf(start: State, column: Column) -> u32 {
  var state = start;
  var nearest = 1u;
  var least = FAR;
  for (var p = 1u; p <= LONGEST_PERIOD; p++) {
    state = step(state, column);
    if (!state.isInside) { return 0u; }
    let distance = apart(start, state, column);
    if (distance <= TOLERANCE && separation(state, p, column) <= TOLERANCE) {
      return halved(start, p, column);
    }
    if (distance < least) {
      least = distance;
      nearest = p;
    }
  }
  if (least > NEAR || !vanishes(start, nearest, nearest, column)) { return 0u; }
  return halved(start, nearest, column);
}

@compute @workgroup_size(64)
fn findPeriods(@builtin(global_invocation_id) id: vec3u) {
  let place = slice.itemFrom + id.x;
  if (place >= slice.itemEnd) { return; }
  let stride = slice.columns * slice.orbits;
  if (isOver(place, stride)) { return; }
  let column = loadColumn(place / slice.orbits);
  marks[place + PERIOD_WORD * stride] = periodOf(loadState(place, stride, column), column);
}
