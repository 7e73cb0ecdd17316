// What one dispatch does: a slice of steps of the orbits of some columns of a tile.

struct Slice {
  columns: u32,        // of the tile
  orbits: u32,         // per column, of the tile
  orbitsPerGroup: u32, // followed by one workgroup, where workgroups belong to columns
  columnFrom: u32,     // first column of this slice, counted from the tile's first
  itemFrom: u32,       // first orbit of this slice in the list of followed orbits
  itemEnd: u32,        // end of this slice in that list
  steps: u32,          // of this slice
  stepFrom: u32,       // steps done before it, low word
  stepFromHigh: u32,   // and high word
  observed: u32,       // states observed before it, modulo 2³²
  isWatched: u32,      // whether an orbit that satisfies the condition of the escape ends
  rowFrom: u32,        // window of the row of slots that this repetition counts
  rowCount: u32,
  isLast: u32,         // this repetition stores the states
}

@group(0) @binding(0) var<uniform> slice: Slice;
