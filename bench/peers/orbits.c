// The peers' work in C: every orbit of every column takes `steps` steps
//   x <- x - eta (x + cos(x / epsilon))
// and `density` counts the slot of each state after each step, `iteration` that of the last one alone.
//
// A thread takes a column at a time. Its orbits stay in the first-level cache, and the inner loop goes over
// orbits, so that -ffast-math turns cos into libmvec's vectors; the slots are computed in a loop of their
// own and counted in a third, because an increment by index would keep the other two from vectors.
// -DOWN_COSINE takes a polynomial instead of cos: what someone writes who knows the argument.
//
// One request a line, `WORKLOAD STEPS`; one answer a line, `SECONDS PROCESSOR_SECONDS COUNT...`, counts
// [columns, below + bins + above]. The sweep comes as macros from the compiler's command line.
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLOTS = BINS + 2 };

static const double ETA_STEP = ((double)ETA_TO - ETA_FROM) / COLUMNS;
static const double START_STEP = ((double)START_TO - START_FROM) / ORBITS;
static const double WAVE_NUMBER = 1.0 / EPSILON;
static const double SCALE = BINS / ((double)RANGE_TO - RANGE_FROM);
// Slot 0 is for states below the range: truncation then needs no floor.
static const double SHIFT = 1.0 - RANGE_FROM * (BINS / ((double)RANGE_TO - RANGE_FROM));

struct work {
  long steps;
  int takes_density;
  atomic_int next_column;
  uint32_t (*counts)[SLOTS];
};

#ifdef OWN_COSINE
// cos(2 pi t) = sin(2 pi s), s = 1/4 - |t - round(t)|: Taylor's polynomial to degree 19, off by at most
// (pi / 2)^21 / 21! = 2.6e-16. -ffast-math makes vectors of it, and keeps several in flight.
static inline double micro_slope(double x) {
  const double turns = x * (WAVE_NUMBER / 6.283185307179586);
  const double s = 0.25 - fabs(turns - rint(turns));
  const double square = s * s;
  double sum = -0.012031585942120627;
  sum = sum * square + 0.10422916220813984;
  sum = sum * square - 0.7181223017785006;
  sum = sum * square + 3.819952584848282;
  sum = sum * square - 15.09464257682299;
  sum = sum * square + 42.058693944897655;
  sum = sum * square - 76.70585975306139;
  sum = sum * square + 81.60524927607506;
  sum = sum * square - 41.34170224039976;
  sum = sum * square + 6.283185307179586;
  return sum * s;
}
#else
static inline double micro_slope(double x) { return cos(x * WAVE_NUMBER); }
#endif

static void step_all(double *x, double eta) {
  for (int orbit = 0; orbit < ORBITS; orbit++) x[orbit] -= eta * (x[orbit] + micro_slope(x[orbit]));
}

static void count_all(const double *x, int32_t *slots, uint32_t *counts) {
  for (int orbit = 0; orbit < ORBITS; orbit++) {
    double slot = x[orbit] * SCALE + SHIFT;
    slot = slot < 0 ? 0 : slot;
    slot = slot > BINS + 1 ? BINS + 1 : slot;
    slots[orbit] = (int32_t)slot;
  }
  for (int orbit = 0; orbit < ORBITS; orbit++) counts[slots[orbit]]++;
}

static void *take_columns(void *argument) {
  struct work *work = argument;
  _Alignas(64) double x[ORBITS];
  _Alignas(64) int32_t slots[ORBITS];
  // Counts of this thread alone: neighbouring columns share no cache line with another thread's.
  uint32_t counts[SLOTS];
  for (;;) {
    const int column = atomic_fetch_add(&work->next_column, 1);
    if (column >= COLUMNS) return NULL;
    const double eta = ETA_FROM + (column + 0.5) * ETA_STEP;
    for (int orbit = 0; orbit < ORBITS; orbit++) x[orbit] = START_FROM + (orbit + 0.5) * START_STEP;
    memset(counts, 0, sizeof counts);
    if (work->takes_density) {
      for (long n = 0; n < work->steps; n++) {
        step_all(x, eta);
        count_all(x, slots, counts);
      }
    } else {
      for (long n = 0; n < work->steps; n++) step_all(x, eta);
      count_all(x, slots, counts);
    }
    memcpy(work->counts[column], counts, sizeof counts);
  }
}

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

static int fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  return EXIT_FAILURE;
}

int main(void) {
  static uint32_t counts[COLUMNS][SLOTS];
  pthread_t threads[THREADS];
  char workload[16];
  long steps;
  puts("ready");
  fflush(stdout);
  while (scanf("%15s %ld", workload, &steps) == 2) {
    struct work work = {.steps = steps, .takes_density = !strcmp(workload, "density"), .counts = counts};
    const double start = seconds(CLOCK_MONOTONIC);
    const double processor_start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < THREADS; i++) {
      if (pthread_create(&threads[i], NULL, take_columns, &work)) return fail("no thread to be had");
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    const double processor_seconds = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor_start;
    printf("%.9f %.9f", seconds(CLOCK_MONOTONIC) - start, processor_seconds);
    for (int i = 0; i < COLUMNS * SLOTS; i++) printf(" %u", counts[0][i]);
    putchar('\n');
    fflush(stdout);
  }
}
