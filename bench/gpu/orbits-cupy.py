"""The peers' work in CuPy: a RawKernel as one writes it from Python, a thread for each orbit.

x <- x - eta (x + cos(x / epsilon)) in f32 with the hardware's cosine (--use_fast_math), 256 threads of one
column to a block, visits counted in its shared memory and added to the column's at the end.
"""

import sys
from pathlib import Path

import cupy as cp

sys.path.append(str(Path(__file__).parents[1] / "peers"))
from service import bins, columns, etas, orbits, scale, serve, shift, slots, starts, wave_number  # noqa: E402

source = Path(__file__).with_name("orbit-a-thread.cu").read_text()
take_steps = cp.RawKernel(source, "takeSteps", options=("--use_fast_math",))
THREADS = min(256, orbits)

eta = cp.asarray(etas(), cp.float32)
x = cp.asarray(starts(1)[0], cp.float32)
counts = cp.zeros((columns, slots), cp.uint32)
before, after = cp.cuda.Event(), cp.cuda.Event()


def run(workload, steps):
    counts.fill(0)
    sizes = [cp.int32(n) for n in (orbits, bins, steps, workload == "density")]
    numbers = [cp.float32(a) for a in (wave_number, scale, shift)]
    grid = (-(-orbits // THREADS), columns)
    before.record()
    take_steps(grid, (THREADS,), (eta, x, counts, *sizes, *numbers), shared_mem=4 * slots)
    after.record()
    found = cp.asnumpy(counts)
    return found, cp.cuda.get_elapsed_time(before, after) * 1e-3


device = cp.cuda.runtime.getDeviceProperties(0)
serve(run, device["name"].decode())
