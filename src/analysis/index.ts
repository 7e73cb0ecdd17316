// The theory beside the numbers: plain numbers in and out, float64, no engine.
export { type Barrier, barrierBetween } from './barrier.ts';
export { cellEscapeTime } from './cell-escape.ts';
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
export {
  type ExitTime,
  meanExitTime,
  type StochasticMap,
  type WeightedStart,
} from './exit-time.ts';
export { type GibbsLaw, gibbsLaw, gibbsTemperature } from './gibbs.ts';
export { gibbsBox } from './gibbs-box.ts';
export {
  EXPONENTIAL_GAP_95,
  exponentialProbability,
  type Goodness,
  goodnessOf,
  survivalOf,
} from './goodness.ts';
export type { Momentum } from './kick-weights.ts';
export { fitLine, type LineFit } from './line-fit.ts';
export { type LinearLaw, type LinearMap, linearLaw } from './linear-law.ts';
export { type LinearMarginal, linearMarginal } from './linear-marginal.ts';
export { type LinearMoments, type LinearSystem, linearMoments } from './linear-moments.ts';
export { globalLyapunov, lyapunovError, momentumLyapunov } from './lyapunov-theory.ts';
export type { MacroFormula } from './macro-function.ts';
export { microNoise } from './micro-noise.ts';
export type { MicroFormula } from './micro-phases.ts';
export {
  effectiveTemperature,
  type MomentumMap,
  type MomentumRule,
  type MomentumThresholds,
  momentumThresholds,
  momentumVariance,
} from './momentum.ts';
export { momentumCascade } from './momentum-doublings.ts';
export { type Complex, type Noise, sineNoise } from './noise.ts';
export { type NoiseLaw, noiseLaw } from './noise-law.ts';
export {
  bracketDoublings,
  columnPeriods,
  type DoublingBracket,
  doublingAbove,
  findWindows,
  type WindowColumns,
} from './period-changes.ts';
export { type Wait, waitsOf } from './waiting.ts';
export {
  attractorEdge,
  ballisticWindow,
  type PeriodicWindow,
  periodicWindow,
  stableTilts,
} from './windows.ts';
