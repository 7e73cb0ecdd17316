// Lanczos' approximation with g = 7 and nine terms (Godfrey 2001).
const G = 7;
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/** log Γ(x) for x >= 1/2, to 1e-14. */
export function logGamma(x: number): number {
  const z = x - 1;
  const sum = COEFFICIENTS.reduce((total, each, n) => total + (n === 0 ? each : each / (z + n)), 0);
  const t = z + G + 0.5;
  return Math.log(2 * Math.PI) / 2 + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Probability that a normal number is more than `deviations` from its mean, on either side; to 1e-15. */
export function normalTails(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2;
  if (x < 2.5) {
    // 1 - erf by its series, Abramowitz and Stegun 7.1.6.
    let [sum, term] = [0, x];
    for (let n = 0; Math.abs(term) > 1e-18; n++) {
      sum += term;
      term *= (2 * x * x) / (2 * n + 3);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = x; // 7.1.14, from the far end
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
