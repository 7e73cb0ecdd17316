import type { ExponentialFit, WeibullFit } from './escape-fit.ts';
import { normalTails } from './gamma.ts';
import { checkWaits, type Wait } from './waiting.ts';

/** How well a law of escape times fits. */
export interface Goodness {
  /** Greatest distance of the shares still waiting, observed (Kaplan-Meier) and fitted. */
  readonly gap: number;
  /** gap · sqrt(escapes): above 1.094 for one in twenty true exponential laws without censoring. */
  readonly scaledGap: number;
}

/** 95 % of exponential laws, fitted to what they gave, have a smaller `scaledGap` (Stephens 1974). */
export const EXPONENTIAL_GAP_95 = 1.094;

/**
 * Compares the observed share of orbits still waiting with a fitted one.
 *
 * @param survival share still waiting at a time.
 * @throws {RequestError} as `fitExponential`.
 * @see Kaplan and Meier, J. Amer. Statist. Assoc. 53 (1958) 457.
 */
export function goodnessOf(waits: readonly Wait[], survival: (time: number) => number): Goodness {
  checkWaits(waits, 1);
  const events = [...waits]
    .filter(({ count }) => count > 0)
    .map((wait) => ({ ...wait, isEscape: wait.to < Number.POSITIVE_INFINITY }))
    .map((wait) => ({ ...wait, at: wait.isEscape ? wait.to : wait.from }))
    .sort((a, b) => a.at - b.at || Number(b.isEscape) - Number(a.isEscape));
  let waiting = events.reduce((sum, { count }) => sum + count, 0);
  let [share, gap, escapes] = [1, 0, 0];
  for (const { at, from, count, isEscape } of events) {
    if (isEscape) {
      // Within an interval only its end is known; of an exact time, both sides of the step.
      if (from === at) gap = Math.max(gap, Math.abs(share - survival(at)));
      share *= 1 - count / waiting;
      gap = Math.max(gap, Math.abs(share - survival(at)));
      escapes += count;
    }
    waiting -= count;
  }
  return { gap, scaledGap: gap * Math.sqrt(escapes) };
}

/** Share still waiting at a time under either law. */
export function survivalOf(fit: ExponentialFit | WeibullFit): (time: number) => number {
  if ('time' in fit) return (time) => Math.exp(-time / fit.time);
  return (time) => Math.exp(-((time / fit.scale) ** fit.shape));
}

/**
 * How often an exponential law would show a Weibull fit at least so much better than the exponential
 * one: small values speak against escape without memory. Twice the gain in log-likelihood is, for many
 * orbits, a squared normal number (Wilks 1938).
 */
export function exponentialProbability(exponential: ExponentialFit, weibull: WeibullFit): number {
  const gain = weibull.logLikelihood - exponential.logLikelihood;
  return normalTails(Math.sqrt(Math.max(0, 2 * gain)));
}
