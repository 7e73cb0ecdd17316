// What the kernels of this folder are told: how often, and numbers that no compiler knows. They measure
// what a device can do of one operation, and compute no science.

struct Load {
  turns: u32,
  factor: f32, // 1
  shift: f32,
}

@group(0) @binding(0) var<uniform> load: Load;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>; // one per invocation
