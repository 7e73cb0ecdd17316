"""The peers' work in Numba: one parallel loop over columns, each with its orbits in cache.

The inner loop goes over orbits. The other way round (an orbit at a time through all its steps) was 15 to
20 % slower, four orbits at a time and array expressions the same, slots in a loop of their own the same:
the cosine takes nearly all of the time, unless Numba finds Intel's SVML.
"""

import math

import numpy as np
from numba import njit, prange, set_num_threads

from service import bins, count_states, columns, etas, scale, serve, shift, slots, starts, sweep, wave_number


@njit(parallel=True, fastmath=True)
def iterate(x, eta, steps):
    for column in prange(x.shape[0]):
        row = x[column]
        rate = eta[column]
        for _ in range(steps):
            for orbit in range(row.shape[0]):
                position = row[orbit]
                row[orbit] = position - rate * (position + math.cos(position * wave_number))


@njit(parallel=True, fastmath=True)
def iterate_and_count(x, eta, steps, counts):
    for column in prange(x.shape[0]):
        row = x[column]
        rate = eta[column]
        visits = counts[column]
        for _ in range(steps):
            for orbit in range(row.shape[0]):
                position = row[orbit]
                position -= rate * (position + math.cos(position * wave_number))
                row[orbit] = position
                visits[int(min(max(position * scale + shift, 0.0), bins + 1.0))] += 1


def run(workload, steps):
    x = starts(columns)
    if workload == "iteration":
        iterate(x, etas(), steps)
        return count_states(x)
    counts = np.zeros((columns, slots), np.uint32)
    iterate_and_count(x, etas(), steps, counts)
    return counts


set_num_threads(sweep["threads"])
serve(run)
