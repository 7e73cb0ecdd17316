// Bessel functions of order 0. Up to `FAR` by the trapezoidal rule on their integrals over an angle,
// which for a periodic integrand errs by the 64th Bessel function only: < 1e-19. Beyond, by Hankel's
// expansions (Abramowitz and Stegun 9.2.5, 9.7.1), whose best term is of the size e^(-2 FAR).
const FAR = 25;
const POINTS = 64;
/** sin of the midpoints of a quarter turn: the other three quarters repeat them. */
const SINES = Float64Array.from({ length: POINTS / 4 }, (_, i) =>
  Math.sin(((i + 0.5) * 2 * Math.PI) / POINTS),
);

/** The Bessel function J0, to 1e-15 absolute; it is the characteristic function of sin(phase). */
export function besselJ0(z: number): number {
  const size = Math.abs(z);
  if (size <= FAR) return averaged((sine) => Math.cos(size * sine));
  const [even, odd] = hankelSums(size, -1);
  const phase = size - Math.PI / 4;
  return Math.sqrt(2 / (Math.PI * size)) * (even * Math.cos(phase) + odd * Math.sin(phase));
}

/** log of the modified Bessel function I0, to 1e-14 relative; the cumulant function of sin(phase). */
export function logBesselI0(z: number): number {
  const size = Math.abs(z);
  if (size < 0.1) return Math.log1p(size ** 2 / 4 + size ** 4 / 64 + size ** 6 / 2304);
  if (size <= FAR) return Math.log(averaged((sine) => Math.cosh(size * sine)));
  const [even, odd] = hankelSums(size, 1);
  return size - Math.log(2 * Math.PI * size) / 2 + Math.log(even + odd);
}

function averaged(of: (sine: number) => number): number {
  let sum = 0;
  for (const sine of SINES) sum += of(sine);
  return sum / SINES.length;
}

/** Sums of the even and of the odd terms a_n z^-n with a_n = ((2n - 1)!!)^2 / (n! 8^n). */
function hankelSums(z: number, sign: 1 | -1): readonly [even: number, odd: number] {
  const sums: [number, number] = [0, 0];
  let term = 1;
  for (let n = 0; Math.abs(term) > 1e-18 && n < 2 * FAR; n++) {
    sums[n % 2 ? 1 : 0] += sign < 0 && n % 4 > 1 ? -term : term;
    term *= (2 * n + 1) ** 2 / ((n + 1) * 8 * z);
  }
  return sums;
}
