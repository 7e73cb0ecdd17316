import { momentumChaosChecks, momentumThresholdChecks } from './momentum-checks.ts';
import { momentumFigure } from './momentum-figure.ts';
import { type MomentumSubject, momentumRuns } from './momentum-runs.ts';
import type { Reproduction } from './reproduction.ts';
import { presetSpec } from './small-spec.ts';

const subject: MomentumSubject = { rule: 'nesterov', range: [1.2, 6.4] };
const title = 'Gradient descent with momentum: the method of Nesterov';

/** Thresholds and temperature of Nesterov's method. */
export const nesterov: Reproduction = {
  name: 'nesterov',
  title,
  about:
    'The method of Nesterov looks ahead, and so comes to chaos earlier the more momentum b it has: the first ' +
    'doubling is at K1 = 2 (1 + b) / (1 + 2 b), the breaking of symmetry (S) at pi (1 + b) / (1 + 2 b). In ' +
    'global chaos the variance is that of the linear map with noise, and tends to the one of a Gibbs law at ' +
    'eta sigma^2 / (2 (1 - b)) as eta falls.',
  source: presetSpec('nesterov').source,
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => momentumRuns(subject, effort),
  report({ nesterov: main, negative, slight, periods, chaos }) {
    if (!main || !negative || !slight || !periods || !chaos) {
      throw new TypeError('results of all runs are needed');
    }
    return {
      figure: momentumFigure(subject, [negative, slight, main], chaos, title),
      checks: [
        ...momentumThresholdChecks(subject, periods),
        ...momentumChaosChecks(subject, chaos),
      ],
      notes: ['Below a momentum of −1/3 the minimum is left by an oscillation before it doubles.'],
    };
  },
};
