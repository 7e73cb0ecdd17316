// What was counted in the columns of a tile: slots of all densities, slots of all joint densities, steps that
// orbits did not take because they had ended, orbits that diverged.

@group(0) @binding(3) var<storage, read_write> tallies: array<atomic<u32>>; // [column][ROW, lost, diverged]
