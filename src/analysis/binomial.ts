/** E |S - N p| / N for a binomial count S of N trials: de Moivre's 2 m q P(S = m) / N, m = [N p] + 1. */
export function meanAbsoluteShare(trials: number, p: number): number {
  const q = 1 - p;
  if (p <= 0 || q <= 0) return 0;
  const m = Math.min(trials, Math.floor(trials * p) + 1);
  return (2 * m * q * binomialProbability(m, trials, p)) / trials;
}

/**
 * Probability of `successes` among `trials`, to 1e-13 relative whatever their size.
 *
 * @see Loader, "Fast and accurate computation of binomial probabilities", 2000.
 */
export function binomialProbability(successes: number, trials: number, p: number): number {
  const failures = trials - successes;
  if (failures === 0) return p ** trials;
  if (successes === 0) return Math.exp(trials * Math.log1p(-p));
  const log =
    stirlingError(trials) -
    stirlingError(successes) -
    stirlingError(failures) -
    deviance(successes, trials * p) -
    deviance(failures, trials * (1 - p));
  return Math.exp(log) * Math.sqrt(trials / (2 * Math.PI * successes * failures));
}

/** log n! less Stirling's formula for it. */
function stirlingError(n: number): number {
  if (n > 15) return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * n * n)) / (n * n)) / (n * n)) / n;
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - Math.log(2 * Math.PI) / 2;
}

/** x log(x / m) + m - x, without cancellation where x is near m. */
function deviance(x: number, m: number): number {
  const v = (x - m) / (x + m);
  if (Math.abs(v) >= 0.1) return x * Math.log(x / m) + m - x;
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let j = 3; j < 40; j += 2) {
    term *= v * v;
    sum += term / j;
  }
  return sum;
}
