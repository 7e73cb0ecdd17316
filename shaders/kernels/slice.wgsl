// What one dispatch does: a slice of steps of the orbits of some columns of a tile.

struct Slice {
  columns: u32,        // of the tile
  orbits: u32,         // per column, of the tile
  orbitsPerGroup: u32, // followed by one workgroup
  columnFrom: u32,     // first column of this slice, counted from the tile's first
  steps: u32,          // of this slice
  rowFrom: u32,        // window of the row of slots that this repetition counts
  rowCount: u32,
  isLast: u32,         // this repetition stores the states
}

@group(0) @binding(0) var<uniform> slice: Slice;
