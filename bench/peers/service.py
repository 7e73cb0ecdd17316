"""The part that the Python peers share: the sweep they are told of, and how they answer.

One request a line, `WORKLOAD STEPS`; one answer a line, `SECONDS PROCESSOR_SECONDS COUNT...`, counts
[columns, below + bins + above]. The sweep is the JSON of the first argument.
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


def serve(run):
    """Answers requests by run(workload, steps) -> counts [columns, slots] until stdin ends."""
    for workload in ("iteration", "density"):
        run(workload, 1)  # what is compiled or started is so before it is timed
    print("ready", flush=True)
    for line in sys.stdin:
        workload, steps = line.split()
        start, processor_start = time.perf_counter(), time.process_time()
        counts = run(workload, int(steps))
        seconds = time.perf_counter() - start
        processor_seconds = time.process_time() - processor_start
        numbers = " ".join(map(str, counts.ravel().tolist()))
        print(f"{seconds:.9f} {processor_seconds:.9f} {numbers}", flush=True)
