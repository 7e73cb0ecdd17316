// The peers' work in CUDA C++: every orbit of every column takes `steps` steps, and `density` counts the slot
// of each state after each step, `iteration` that of the last one alone.
//
// A block takes a column; a thread follows eight orbits of it side by side in registers, so that the latency of
// one hides behind the others; visits are counted in the block's shared memory. 1024 blocks of 128 threads and
// at most 64 registers are all at once on an H100: a second, half-empty wave would cost up to half the speed.
//
//   nvcc -O3 -std=c++17 -arch=native orbits.cu -o orbits
//   orbits VARIANT COLUMNS ORBITS BINS ETA_FROM ETA_TO EPSILON START_FROM START_TO RANGE_FROM RANGE_TO
//
// It says `ready DEVICE`. One request a line, `WORKLOAD STEPS`; one answer a line, `SECONDS PROCESSOR_SECONDS
// KERNEL_SECONDS COUNT...`, counts [columns, below + bins + above].
//
// With a C++ compiler (-x c++) the same blocks and threads run one after the other: a test of the text.
#include "orbit.cuh"
#include <chrono>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <vector>

constexpr int SIDE_BY_SIDE = 8;
constexpr int MOST_THREADS = 128;
constexpr int BLOCKS_AT_ONCE = 8;

struct Task {
  Sweep sweep;
  long steps;
  unsigned *counts; // [columns, bins + 2]
};

DEVICE void addVisit(unsigned *histogram, int slot) {
#ifdef __CUDACC__
  atomicAdd(&histogram[slot], 1u);
#else
  histogram[slot]++;
#endif
}

/// One representation for all orbits of a thread.
template <class Orbit> struct Alike {
  using Few = Orbit;
  using Many = Orbit;
};

/// Every fourth by polynomial: for one cosine on the special-function units (16 a clock) there are seven
/// issue slots, and four orbits then take 3 x 8 of those units' time and 3 x 4 + 13 of the slots.
struct Mixed {
  using Few = Float32<true>;
  using Many = Float32<false>;
};

/// The orbits that a thread follows side by side, a quarter of them in the first representation.
template <class Orbits> struct Bundle {
  using Few = typename Orbits::Few;
  using Many = typename Orbits::Many;
  static constexpr int FEW = SIDE_BY_SIDE / 4;
  static constexpr int MANY = SIDE_BY_SIDE - FEW;
  Few few[FEW];
  Many many[MANY];

  DEVICE void start(const Sweep &sweep, int column, int orbit, int stride) {
#pragma unroll
    for (int i = 0; i < FEW; i++) few[i].start(sweep, column, orbit + i * stride);
#pragma unroll
    for (int i = 0; i < MANY; i++) many[i].start(sweep, column, orbit + (FEW + i) * stride);
  }
  DEVICE void step(const typename Few::Column &fewColumn, const typename Many::Column &manyColumn) {
#pragma unroll
    for (int i = 0; i < FEW; i++) few[i].step(fewColumn);
#pragma unroll
    for (int i = 0; i < MANY; i++) many[i].step(manyColumn);
  }
  DEVICE void count(const typename Few::Column &fewColumn, const typename Many::Column &manyColumn,
                    unsigned *histogram) const {
#pragma unroll
    for (int i = 0; i < FEW; i++) addVisit(histogram, few[i].slot(fewColumn));
#pragma unroll
    for (int i = 0; i < MANY; i++) addVisit(histogram, many[i].slot(manyColumn));
  }
};

// A kernel's three parts, with a barrier between them.

DEVICE void clear(const Task &task, int thread, int threads, unsigned *histogram) {
  for (int slot = thread; slot < task.sweep.bins + 2; slot += threads) histogram[slot] = 0;
}

template <class Orbits, bool TAKES_DENSITY>
DEVICE void follow(const Task &task, int column, int thread, int threads, unsigned *histogram) {
  const typename Orbits::Few::Column few(task.sweep, column);
  const typename Orbits::Many::Column many(task.sweep, column);
  for (int from = thread; from < task.sweep.orbits; from += threads * SIDE_BY_SIDE) {
    Bundle<Orbits> orbits;
    orbits.start(task.sweep, column, from, threads);
#pragma unroll 4
    for (long n = 0; n < task.steps; n++) {
      orbits.step(few, many);
      if (TAKES_DENSITY) orbits.count(few, many, histogram);
    }
    if (!TAKES_DENSITY) orbits.count(few, many, histogram);
  }
}

DEVICE void flush(const Task &task, int column, int thread, int threads, const unsigned *histogram) {
  const int slots = task.sweep.bins + 2;
  for (int slot = thread; slot < slots; slot += threads) {
    task.counts[(size_t)column * slots + slot] = histogram[slot];
  }
}

static int fail(const char *what, const char *why = "") {
  fprintf(stderr, "%s%s\n", what, why);
  return EXIT_FAILURE;
}

#ifdef __CUDACC__
static void check(cudaError_t result) {
  if (result != cudaSuccess) exit(fail("CUDA: ", cudaGetErrorString(result)));
}

template <class Orbits, bool TAKES_DENSITY> __global__ void __launch_bounds__(MOST_THREADS, BLOCKS_AT_ONCE) takeSteps(Task task) {
  extern __shared__ unsigned histogram[];
  clear(task, threadIdx.x, blockDim.x, histogram);
  __syncthreads();
  follow<Orbits, TAKES_DENSITY>(task, blockIdx.x, threadIdx.x, blockDim.x, histogram);
  __syncthreads();
  flush(task, blockIdx.x, threadIdx.x, blockDim.x, histogram);
}

/// Runs a task; seconds of its kernel.
template <class Orbits, bool TAKES_DENSITY> float run(Task task, int threads, std::vector<unsigned> &counts) {
  static unsigned *kept = nullptr;
  static cudaEvent_t before, after;
  const size_t bytes = counts.size() * sizeof(unsigned);
  if (!kept) {
    check(cudaMalloc(&kept, bytes));
    check(cudaEventCreate(&before));
    check(cudaEventCreate(&after));
  }
  task.counts = kept;
  check(cudaEventRecord(before));
  const size_t shared = (task.sweep.bins + 2) * sizeof(unsigned);
  takeSteps<Orbits, TAKES_DENSITY><<<task.sweep.columns, threads, shared>>>(task);
  check(cudaGetLastError());
  check(cudaEventRecord(after));
  check(cudaMemcpy(counts.data(), kept, bytes, cudaMemcpyDeviceToHost));
  float milliseconds;
  check(cudaEventElapsedTime(&milliseconds, before, after));
  return milliseconds * 1e-3f;
}

static void greet() {
  cudaDeviceProp device;
  int driver = 0, runtime = 0;
  check(cudaGetDeviceProperties(&device, 0));
  check(cudaDriverGetVersion(&driver));
  check(cudaRuntimeGetVersion(&runtime));
  printf("ready %s, compute capability %d.%d, %d multiprocessors; CUDA %d.%d, built for %d.%d\n", device.name,
         device.major, device.minor, device.multiProcessorCount, driver / 1000, driver % 1000 / 10, runtime / 1000,
         runtime % 1000 / 10);
}
#else
template <class Orbits, bool TAKES_DENSITY> float run(Task task, int threads, std::vector<unsigned> &counts) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<unsigned> histogram(task.sweep.bins + 2);
  task.counts = counts.data();
  for (int column = 0; column < task.sweep.columns; column++) {
    for (int i = 0; i < threads; i++) clear(task, i, threads, histogram.data());
    for (int i = 0; i < threads; i++) follow<Orbits, TAKES_DENSITY>(task, column, i, threads, histogram.data());
    for (int i = 0; i < threads; i++) flush(task, column, i, threads, histogram.data());
  }
  return std::chrono::duration<float>(std::chrono::steady_clock::now() - start).count();
}

static void greet() { puts("ready no GPU: blocks and threads one after the other"); }
#endif

template <class Orbits> float runEither(const Task &task, bool takesDensity, int threads, std::vector<unsigned> &counts) {
  return takesDensity ? run<Orbits, true>(task, threads, counts) : run<Orbits, false>(task, threads, counts);
}

struct Variant {
  const char *name;
  float (*run)(const Task &, bool, int, std::vector<unsigned> &);
};

static const Variant variants[] = {
    {"float32-hardware", runEither<Alike<Float32<false>>>},
    {"float32-polynomial", runEither<Alike<Float32<true>>>},
    {"float32-mixed", runEither<Mixed>},
    {"statistics-hardware", runEither<Alike<Statistics<false>>>},
    {"statistics-polynomial", runEither<Alike<Statistics<true>>>},
};

int main(int wordCount, char **words) {
  if (wordCount != 12) return fail("usage: orbits VARIANT and the ten numbers of the sweep");
  const Variant *variant = nullptr;
  for (const Variant &known : variants) {
    if (!strcmp(known.name, words[1])) variant = &known;
  }
  if (!variant) return fail("no variant of that name: ", words[1]);
  const auto number = [&](int i) { return atof(words[i]); };
  const Sweep sweep = {atoi(words[2]), atoi(words[3]), atoi(words[4]), number(5), number(6), number(7),
                       number(8), number(9), number(10), number(11)};
  const int wanted = sweep.orbits / SIDE_BY_SIDE;
  const int threads = wanted < MOST_THREADS ? wanted : MOST_THREADS;
  if (threads == 0 || sweep.orbits % (threads * SIDE_BY_SIDE)) return fail("orbits do not fill threads: ", words[3]);

  std::vector<unsigned> counts((size_t)sweep.columns * (sweep.bins + 2));
  greet();
  fflush(stdout);
  char workload[16];
  long steps;
  while (scanf("%15s %ld", workload, &steps) == 2) {
    const bool takesDensity = !strcmp(workload, "density");
    const clock_t processorStart = clock();
    const auto start = std::chrono::steady_clock::now();
    const float kernelSeconds = variant->run({sweep, steps, nullptr}, takesDensity, threads, counts);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    printf("%.9f %.9f %.9f", seconds.count(), (double)(clock() - processorStart) / CLOCKS_PER_SEC, kernelSeconds);
    for (const unsigned visits : counts) printf(" %u", visits);
    putchar('\n');
    fflush(stdout);
  }
}
