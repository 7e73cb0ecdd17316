// The theory beside the numbers: plain numbers in and out, float64, no engine.
export { climbExponent, kramersTime } from './climb.ts';
export { collisionRate, type Homoclinic } from './collision.ts';
export { type Crisis, cellAround, escapeCrisis } from './crisis.ts';
export type { ReturnMap } from './cycle.ts';
export {
  type Distances,
  distances,
  groupFloor,
  type Masses,
  massesOf,
  noiseFloor,
} from './distance.ts';
export { type Cascade, doublingCascade, FEIGENBAUM, type Threshold } from './doublings.ts';
export { type ExponentialFit, fitExponential, fitWeibull, type WeibullFit } from './escape-fit.ts';
export { type ExitTime, meanExitTime, type StochasticMap } from './exit-time.ts';
export { type GibbsLaw, gibbsLaw, gibbsTemperature } from './gibbs.ts';
export {
  EXPONENTIAL_GAP_95,
  exponentialProbability,
  type Goodness,
  goodnessOf,
  survivalOf,
} from './goodness.ts';
export { type LinearLaw, type LinearMap, linearLaw } from './linear-law.ts';
export { globalLyapunov, lyapunovError, momentumLyapunov } from './lyapunov-theory.ts';
export type { MacroFormula } from './macro-function.ts';
export type { MicroFormula } from './micro-phases.ts';
export {
  effectiveTemperature,
  type MomentumMap,
  type MomentumRule,
  type MomentumThresholds,
  momentumThresholds,
  momentumVariance,
} from './momentum.ts';
export { type Complex, type Noise, sineNoise } from './noise.ts';
export { type NoiseLaw, noiseLaw } from './noise-law.ts';
export { type Wait, waitsOf } from './waiting.ts';
export {
  attractorEdge,
  ballisticWindow,
  type PeriodicWindow,
  periodicWindow,
  stableTilts,
} from './windows.ts';
