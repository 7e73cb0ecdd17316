import { momentumChaosChecks, momentumThresholdChecks } from './momentum-checks.ts';
import { momentumFigure } from './momentum-figure.ts';
import { type MomentumSubject, momentumRuns } from './momentum-runs.ts';
import type { Reproduction } from './reproduction.ts';
import { presetSpec } from './small-spec.ts';

const subject: MomentumSubject = { rule: 'heavy-ball', range: [1.2, 5.2] };
const title = 'Gradient descent with momentum: the heavy ball';

/** Thresholds and temperature of the heavy ball. */
export const heavyBall: Reproduction = {
  name: 'heavy-ball',
  title,
  about:
    'Momentum b moves the way into chaos: the first doubling to K1 = 2 (1 + b), the breaking of symmetry ' +
    '(S) to pi (1 + b), the second doubling (K2) likewise. In global chaos it makes the law hotter: as eta ' +
    'falls the variance tends to that of a Gibbs law at eta sigma^2 / (2 (1 - b)), and at any eta it is that ' +
    'of the linear map with noise.',
  source: presetSpec('heavy-ball').source,
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => momentumRuns(subject, effort),
  report({ 'heavy-ball': main, negative, slight, periods, chaos }) {
    if (!main || !negative || !slight || !periods || !chaos) {
      throw new TypeError('results of all runs are needed');
    }
    return {
      figure: momentumFigure(subject, [negative, slight, main], chaos, title),
      checks: [
        ...momentumThresholdChecks(subject, periods),
        ...momentumChaosChecks(subject, chaos),
      ],
      notes: [
        'With a momentum of 0.9 orbits from rest are not drawn to the cycle that doubles at K₂, so that it is seen in no diagram.',
      ],
    };
  },
};
