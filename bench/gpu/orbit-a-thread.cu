// The kernel of orbits-cupy.py: a thread takes the steps of one orbit of column blockIdx.y, and a block counts
// its visits in shared memory before they go to the column's.
extern "C" __global__ void takeSteps(const float *etas, const float *starts, unsigned *counts, int orbits, int bins,
                                     int steps, int takesDensity, float waveNumber, float scale, float shift) {
  extern __shared__ unsigned histogram[];
  const int slots = bins + 2;
  for (int slot = threadIdx.x; slot < slots; slot += blockDim.x) histogram[slot] = 0;
  __syncthreads();
  const int orbit = blockIdx.x * blockDim.x + threadIdx.x;
  if (orbit < orbits) {
    const float eta = etas[blockIdx.y];
    float x = starts[orbit];
    for (int n = 0; n < steps; n++) {
      x -= eta * (x + cosf(x * waveNumber));
      if (takesDensity || n == steps - 1) {
        const float slot = fminf(fmaxf(x * scale + shift, 0.f), bins + 1.f);
        atomicAdd(&histogram[(int)slot], 1u);
      }
    }
  }
  __syncthreads();
  for (int slot = threadIdx.x; slot < slots; slot += blockDim.x) {
    if (histogram[slot]) atomicAdd(&counts[blockIdx.y * slots + slot], histogram[slot]);
  }
}
