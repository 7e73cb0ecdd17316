import { normalTails } from '../analysis/gamma.ts';

/** The normal law about 0 of a given variance: what the Gibbs law of a quadratic is. */
export function normalLaw(variance: number) {
  const deviation = Math.sqrt(variance);
  return {
    density: (x: number): number =>
      Math.exp(-(x * x) / (2 * variance)) / (deviation * Math.sqrt(2 * Math.PI)),
    distribution: (x: number): number => {
      const tail = normalTails(Math.abs(x) / deviation) / 2;
      return x < 0 ? tail : 1 - tail;
    },
  };
}
