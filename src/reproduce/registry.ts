import { doubleWell } from './double-well.ts';
import { gibbs } from './gibbs.ts';
import { gibbsError } from './gibbs-error.ts';
import { heavyBall } from './heavy-ball.ts';
import { henon } from './henon.ts';
import { logistic } from './logistic.ts';
import { lyapunovEpsilon } from './lyapunov-epsilon.ts';
import { lyapunovEta } from './lyapunov-eta.ts';
import { matyas } from './matyas.ts';
import { nesterov } from './nesterov.ts';
import { nonPeriodic } from './non-periodic.ts';
import { periodDoubling } from './period-doubling.ts';
import { quartic } from './quartic.ts';
import { quasiperiodic } from './quasiperiodic.ts';
import { regimes } from './regimes.ts';
import type { Reproduction } from './reproduction.ts';
import { stochasticMap } from './stochastic-map.ts';
import { tiltedWells } from './tilted-wells.ts';
import { trainability1d } from './trainability-1d.ts';

/** Every reproduction, in the order of the gallery. */
export const reproductions: readonly Reproduction[] = [
  periodDoubling,
  tiltedWells,
  logistic,
  quartic,
  henon,
  trainability1d,
  gibbs,
  gibbsError,
  stochasticMap,
  quasiperiodic,
  nonPeriodic,
  matyas,
  doubleWell,
  heavyBall,
  nesterov,
  lyapunovEta,
  lyapunovEpsilon,
  regimes,
];
