"""The peers' work in JAX: one column's orbits as a function, vmap over columns, fori_loop over steps, jitted.

XLA makes a kernel of the body of a loop, and the state goes through device memory between two of them: so the
body is several steps. A density is one scatter a step.
"""

import os
import sys
from pathlib import Path

# Else it takes three quarters of the memory that the others need too.
os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

sys.path.append(str(Path(__file__).parents[1] / "peers"))
from service import bins, columns, etas, scale, serve, shift, slots, starts, wave_number  # noqa: E402

TOGETHER = 16


def step(x, eta):
    """x, f32 [orbits] -> the same a step later"""
    return x - eta * (x + jnp.cos(x * np.float32(wave_number)))


def count(counts, x):
    """counts, u32 [slots], with the visits of x, f32 [orbits]"""
    slot = jnp.clip(x * np.float32(scale) + np.float32(shift), 0, bins + 1).astype(jnp.int32)
    return counts.at[slot].add(1)


def several(x, eta):
    for _ in range(TOGETHER):
        x = step(x, eta)
    return x


def iterate(x, eta, steps):
    x = jax.lax.fori_loop(0, steps // TOGETHER, lambda _, x: several(x, eta), x)
    x = jax.lax.fori_loop(0, steps % TOGETHER, lambda _, x: step(x, eta), x)
    return count(jnp.zeros(slots, jnp.uint32), x)


def iterate_and_count(x, eta, steps):
    def visit(_, state):
        counts, x = state
        x = step(x, eta)
        return count(counts, x), x

    return jax.lax.fori_loop(0, steps, visit, (jnp.zeros(slots, jnp.uint32), x))[0]


works = {
    name: jax.jit(jax.vmap(work, in_axes=(0, 0, None)))
    for name, work in (("iteration", iterate), ("density", iterate_and_count))
}
x = jnp.asarray(starts(columns), jnp.float32)
eta = jnp.asarray(etas(), jnp.float32)


def run(workload, steps):
    return np.asarray(works[workload](x, eta, np.int32(steps)))


serve(run, str(jax.devices()[0].device_kind))
