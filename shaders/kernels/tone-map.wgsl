// Brightness of every cell of a density, 0 to 1, for display; no orbit is touched.
//
//   n = visits of a cell, max = the largest n of the whole density
//   linear: t = n / max
//   log:    t = log(1 + n) / log(1 + max)
//   rank:   level = min(1023, floor(1024 · log-tone)); t = share, among visited cells, of those at a
//           lower level plus half of those at the same one
//
// The same definitions as src/export/tone.ts, in f32. Run in this order: findLargest, then for rank
// countLevels and rankLevels, then writeTones. One invocation = one cell (rankLevels: one in all).

import package::lib::math::logarithm;

struct Tone {
  columns: u32,
  bins: u32,   // of the density shown
  stride: u32, // counters per column
  row: u32,    // place of its first bin in a column's counters
  mode: u32,   // 0 linear, 1 log, 2 rank
}

const LEVELS = 1024u;

@group(0) @binding(0) var<uniform> tone: Tone;
@group(0) @binding(1) var<storage, read> counts: array<u32>;               // [column][stride]
@group(0) @binding(2) var<storage, read_write> largest: atomic<u32>;
@group(0) @binding(3) var<storage, read_write> levels: array<atomic<u32>, LEVELS>; // visited cells per level
@group(0) @binding(4) var<storage, read_write> ranks: array<f32, LEVELS>;
@group(0) @binding(5) var tones: texture_storage_2d<r32float, write>;      // x = column, y = bin

fn visits(cell: vec2u) -> u32 {
  return counts[cell.x * tone.stride + tone.row + cell.y];
}

fn isCell(cell: vec2u) -> bool {
  return cell.x < tone.columns && cell.y < tone.bins;
}

// log(1 + n) / log(1 + max)
fn logTone(n: u32) -> f32 {
  return logarithm(1f + f32(n)) / logarithm(1f + f32(atomicLoad(&largest)));
}

fn levelOf(n: u32) -> u32 {
  return min(u32(f32(LEVELS) * logTone(n)), LEVELS - 1u);
}

var<workgroup> groupLargest: atomic<u32>;

@compute @workgroup_size(1, 64)
fn findLargest(@builtin(global_invocation_id) cell: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (isCell(cell.xy)) { atomicMax(&groupLargest, visits(cell.xy)); }
  workgroupBarrier();
  if (lane == 0u) { atomicMax(&largest, atomicLoad(&groupLargest)); }
}

@compute @workgroup_size(1, 64)
fn countLevels(@builtin(global_invocation_id) cell: vec3u) {
  if (!isCell(cell.xy)) { return; }
  let n = visits(cell.xy);
  if (n > 0u) { atomicAdd(&levels[levelOf(n)], 1u); }
}

@compute @workgroup_size(1)
fn rankLevels() {
  var visited = 0u;
  for (var level = 0u; level < LEVELS; level++) { visited += atomicLoad(&levels[level]); }
  var lower = 0u;
  for (var level = 0u; level < LEVELS; level++) {
    let same = atomicLoad(&levels[level]);
    ranks[level] = (f32(lower) + 0.5f * f32(same)) / max(f32(visited), 1f);
    lower += same;
  }
}

@compute @workgroup_size(1, 64)
fn writeTones(@builtin(global_invocation_id) cell: vec3u) {
  if (!isCell(cell.xy)) { return; }
  let n = visits(cell.xy);
  var t = 0f;
  if (n > 0u) {
    if (tone.mode == 0u) { t = f32(n) / f32(atomicLoad(&largest)); }
    else if (tone.mode == 1u) { t = logTone(n); }
    else { t = ranks[levelOf(n)]; }
  }
  textureStore(tones, cell.xy, vec4f(t, 0f, 0f, 1f));
}
