// A list of orbits of a tile: those that are still followed, or those looked at for cycles.

@group(0) @binding(5) var<storage, read_write> followed: array<u32>; // places [column][orbit]
