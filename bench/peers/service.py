"""The part that the Python peers share: the sweep they are told of, and how they answer.

One request a line, `WORKLOAD STEPS`; one answer a line, `SECONDS PROCESSOR_SECONDS COUNT...`, counts
[columns, below + bins + above]; before the counts, the seconds of its kernels where a peer knows them. The sweep is the JSON of the first argument.
"""

import json
import sys
import time

import numpy as np

sweep = json.loads(sys.argv[1])
columns, orbits, bins = sweep["columns"], sweep["orbits"], sweep["bins"]
slots = bins + 2
wave_number = 1 / sweep["epsilon"]
lo, hi = sweep["range"]
scale = bins / (hi - lo)
# Slot 0 is for states below the range: truncation then needs no floor.
shift = 1 - lo * scale


def cell_centres(interval, count):
    """f64 [count]"""
    start, end = interval
    return start + (np.arange(count) + 0.5) * ((end - start) / count)


def etas():
    """f64 [columns]"""
    return cell_centres(sweep["eta"], columns)


def starts(rows):
    """The first states of as many columns: f64 [rows, orbits]"""
    return np.tile(cell_centres(sweep["start"], orbits), (rows, 1))


def count_states(x):
    """Visits of the slots by states: f64 [rows, orbits] -> int64 [rows, slots]"""
    rows = x.shape[0]
    visited = np.clip(x * scale + shift, 0, bins + 1).astype(np.int64)
    visited += slots * np.arange(rows)[:, None]
    return np.bincount(visited.ravel(), minlength=rows * slots).reshape(rows, slots)


def serve(run, device=""):
    """Answers requests until stdin ends, by run(workload, steps) -> counts [columns, slots], or these and the
    seconds of its kernels.

    `device` is what it runs on, for people."""
    for workload in ("iteration", "density"):
        run(workload, 1)  # what is compiled or started is so before it is timed
    print(f"ready {device}".strip(), flush=True)
    for line in sys.stdin:
        workload, steps = line.split()
        start, processor_start = time.perf_counter(), time.process_time()
        answer = run(workload, int(steps))
        seconds = time.perf_counter() - start
        processor_seconds = time.process_time() - processor_start
        counts, *kernel_seconds = answer if isinstance(answer, tuple) else (answer,)
        times = [f"{time:.9f}" for time in (seconds, processor_seconds, *kernel_seconds)]
        print(*times, *counts.ravel().tolist(), flush=True)
