# Prints the coefficients of src/formula/simd/elementary/, constant ones first, and how far the exact
# polynomial (or quotient) is from its function, in bits relative to the result (needs mpmath):
#   python3 scripts/elementary-coefficients.py
# Interpolation at Chebyshev's points in 60 digits: within two bits of the best polynomial.
from mpmath import acos, asin, atan, atanh, cos, cosh, exp, log, lu_solve, matrix, mp, mpf, pi, sin, sinh, sqrt, tan, tanh

mp.dps = 60


def points(lo, hi, count):
    return [(lo + hi) / 2 + (hi - lo) / 2 * cos(pi * (2 * k + 1) / (2 * count)) for k in range(count)]


def value(coefficients, z):
    return sum(c * z**k for k, c in enumerate(coefficients))


def show(name, coefficients):
    print(f'const {name} = [')
    for c in coefficients:
        print(f'  {float(c)!r},')
    print('];')


def bits(error, lo, hi):
    at = [lo + (hi - lo) * (k + mpf(1) / 2) / 500 for k in range(500)]
    return mp.nstr(log(max(abs(error(z)) for z in at), 2), 4)


def polynomial(name, f, count, lo, hi, share):
    """f(z) ~ P(z); `share` of z: what an error of P is relative to the result."""
    nodes = points(lo, hi, count)
    rows = matrix([[z**k for k in range(count)] for z in nodes])
    c = list(lu_solve(rows, matrix([f(z) for z in nodes])))
    show(name, c)
    print('//', bits(lambda z: share(z) * (value(c, z) - f(z)), lo, hi))


def quotient(name, f, above, below, hi):
    """f(z) ~ 1 + z P(z) / Q(z) on [0, hi], Q(0) = 1; `above` and `below` coefficients."""
    nodes = points(mpf(0), hi, above + below - 1)
    g = lambda z: (f(z) - 1) / z
    rows = matrix([[z**k for k in range(above)] + [-g(z) * z**k for k in range(1, below)] for z in nodes])
    c = list(lu_solve(rows, matrix([g(z) for z in nodes])))
    over, under = c[:above], [mpf(1)] + c[above:]
    show(f'{name}_ABOVE', over)
    show(f'{name}_BELOW', under)
    print('//', bits(lambda z: (1 + z * value(over, z) / value(under, z)) / f(z) - 1, mpf(0), hi))


quarter = mpf(1) / 4
ln2 = log(2)

# e^r = 1 + r + r^2 P(r)
polynomial('EXPONENTIAL', lambda r: (exp(r) - 1 - r) / r**2, 10, -ln2 / 2, ln2 / 2, lambda r: r**2 / exp(r))
# 2^r = 1 + r P(r)
polynomial('POWER_OF_TWO', lambda r: (2**r - 1) / r, 11, -mpf(1) / 2, mpf('0.501'), lambda r: r / 2**r)
# log m = 2 s + s z P(z), s = (m - 1) / (m + 1), z = s^2
top = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2
atanhc = lambda z: atanh(sqrt(z)) / sqrt(z)
polynomial('LOGARITHM', lambda z: 2 * (atanhc(z) - 1) / z, 7, mpf(0), top, lambda z: z / 2 / atanhc(z))
# log m = 2/3 s (3 + z + z^2 P(z))
polynomial('LONG_LOGARITHM', lambda z: (3 * atanhc(z) - 3 - z) / z**2, 8, mpf(0), top, lambda z: z**2 / 3)
# sinh r = r + r z P(z), cosh r = 1 + z P(z), z = r^2, r in [0, ln 2]
polynomial('HYPERBOLIC_SINE', lambda z: (sinh(sqrt(z)) / sqrt(z) - 1) / z, 6, mpf(0), ln2**2, lambda z: z)
polynomial('HYPERBOLIC_COSINE', lambda z: (cosh(sqrt(z)) - 1) / z, 6, mpf(0), ln2**2, lambda z: z)
# tanh y = y + y z P(z) / Q(z), z = y^2, y in [0, ln 2]
quotient('HYPERBOLIC_TANGENT', lambda z: tanh(sqrt(z)) / sqrt(z), 3, 4, ln2**2)
# asin x = x + x z P(z), z = x^2, |x| <= 1/2; atan likewise
polynomial('ARCSINE', lambda z: (asin(sqrt(z)) / sqrt(z) - 1) / z, 13, mpf(0), quarter, lambda z: z)
polynomial('ARCTANGENT', lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z, 12, mpf(0), quarter, lambda z: z)
# tan y = y + y z P(z) / Q(z), z = y^2, |y| <= pi/4
quotient('TANGENT', lambda z: tan(sqrt(z)) / sqrt(z), 3, 5, (pi / 4) ** 2)

# Numbers in parts of 26 bits, the last of 53.
for name, number, count in (
    ('HALF_PI', pi / 2, 4),
    ('TURNS_PER_RADIAN', 1 / (2 * pi), 2),
    ('TWO_THIRDS_LOG2_E', 2 / (3 * ln2), 2),
):
    parts = []
    for _ in range(count - 1):
        unit = mpf(2) ** (mp.floor(log(abs(number), 2)) - 25)
        parts.append(mp.floor(number / unit) * unit)
        number -= parts[-1]
    show(name, parts + [number])
