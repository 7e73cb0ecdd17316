# Searches for the coefficients of src/formula/simd/trigonometry.ts, sin(2 pi q) = q P(q^2), among the
# f64 numbers near those of the minimax polynomial, for the least error of what is computed: polynomial
# and roundings together, absolute and relative, and exactly 1 at q = 1/4 (needs numpy and mpmath; two
# minutes):
#   python3 scripts/sine-coefficients.py
import random

import numpy as np
from mpmath import mp, mpf, pi, sin

STEPS = 600_000
MINIMAX = [  # in relative error, 2^-52.6, by Remez' exchange in 50 digits
    6.283185307179586, -41.34170224039802, 81.6052492755128, -76.7058596832915,
    42.05868966738702, -15.094499475613037, 3.81728864858038, -0.6921569706552394,
]
# How far a search step moves a coefficient, in units in its last place.
STRIDES = [1, 1, 1, 8, 60, 2_000, 100_000, 10_000_000]

mp.dps = 40
chance = random.Random(5)
q = np.array(
    [chance.uniform(0, 0.25) for _ in range(3000)]
    + [chance.uniform(0.2, 0.25) for _ in range(1500)]
    + [0.25 - 2.0**-k for k in range(3, 55)]
    + [0.25]
)
exact = [sin(2 * pi * mpf(float(each))) for each in q]
high = np.array([float(each) for each in exact])
low = np.array([float(each - float(each)) for each in exact])


def errors(coefficients):
    """Largest absolute and relative error in units of 2^-53, and the value at 1/4."""
    value = np.full_like(q, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        value = value * (q * q) + coefficient
    value *= q
    size = np.abs((value - high) - low)
    return size.max() * 2**53, (size / high).max() * 2**53, value[-1]


def cost(found):
    absolute, relative, quarter = found
    return max(absolute, 0.85 * relative) + (quarter != 1)


best = current = (cost(errors(MINIMAX)), MINIMAX)
for step in range(STEPS):
    tried = list(current[1])
    for _ in range(chance.choice([1, 1, 2, 3])):
        k = chance.randrange(8)
        stride = int(chance.gauss(0, STRIDES[k])) if STRIDES[k] > 1 else chance.choice([-2, -1, 1, 2])
        tried[k] += stride * np.spacing(tried[k])
    next_ = (cost(errors(tried)), tried)
    heat = 0.015 * max(0, 1 - 1.15 * step / STEPS)
    worse = next_[0] - current[0]
    if worse < 0 or (heat > 0 and chance.random() < np.exp(-worse / heat)):
        current = next_
        best = min(best, current)
print([float(c) for c in best[1]], errors(best[1]))
