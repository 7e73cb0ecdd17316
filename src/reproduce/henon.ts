import type { Result } from '../engine/result.ts';
import type { Panel } from '../figure/figure.ts';
import type { SpecInput } from '../spec/schema.ts';
import type { Check } from './check.ts';
import { doublingPlace, placeCheck, sweptPeriods } from './doubling-checks.ts';
import { pointImage } from './point-image.ts';
import type { Reproduction } from './reproduction.ts';
import { numbersOf } from './result-columns.ts';
import { densityImage } from './result-image.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

const { spec, source } = presetSpec('henon');
const [A, B] = [1.4, 0.3];
/** Width of the columns in which periods are sought, in a. */
const columnWidth = { full: 1e-4, quick: 2e-3 };
/** Where the fixed point and the 2-cycle double: 3 (1 - b)^2 / 4 and (1 - b)^2 + (1 + b)^2 / 4. */
const doublings = [(3 * (1 - B) ** 2) / 4, (1 - B) ** 2 + (1 + B) ** 2 / 4] as const;
/** The fixed point at a = 1.4, (x, 0.3 x) of the map of Henon. */
const FIXED = (-(1 - B) + Math.sqrt((1 - B) ** 2 + 4 * A)) / (2 * A);

/** The map of Henon as a heavy ball. */
export const henon: Reproduction = {
  name: 'henon',
  title: 'The map of Hénon as a heavy ball on a cubic',
  about:
    'With momentum -0.3 on the cubic a x^3/3 + 0.35 x^2 - x the heavy ball moves as the map of Henon does, ' +
    'x -> 1 - a x^2 + 0.3 x_before. Left, its doublings and chaos over a; right, the attractor of a = 1.4: ' +
    'each dot an orbit, at its last position and the one after, upon the unstable manifold of the fixed ' +
    'point. Its exponents are the known 0.419 and -1.623.',
  source,
  isReconstruction: false,
  onGpu: true,
  runs(effort) {
    const isFull = effort === 'full';
    const common = { etascope: 1, optimizer: spec.optimizer, precision: 'statistics' } as const;
    const skip = isFull ? 1000 : 300;
    const attractor = (skipped: number): SpecInput => ({
      ...common,
      title: 'The attractor',
      objective: spec.objective,
      ensemble: { ...spec.ensemble, orbits: isFull ? 20_000 : 1000 },
      steps: { skip: skipped, keep: isFull ? 4000 : 500 },
      measures: [
        { measure: 'lyapunov', exponents: 2 },
        { measure: 'moments', of: '0.7 * x + 1.4 * x^2' },
        { measure: 'final' },
      ],
    });
    return {
      henon: isFull ? spec : smallSpec(spec, { counts: [240], orbits: 8, keep: 500, bins: 180 }),
      periods: {
        ...common,
        title: 'Periods of one orbit in each column',
        objective: spec.objective,
        axes: [
          {
            parameter: 'parameters.a',
            from: 0.3,
            to: 1,
            count: Math.round(0.7 / columnWidth[effort]),
          },
        ],
        ensemble: { orbits: 1, initial: { x: 0.1 }, seed: 1 },
        steps: { skip: isFull ? 40_000 : 2500, keep: 1 },
        measures: [{ measure: 'period' }],
      },
      attractor: attractor(skip),
      next: attractor(skip + 1), // the same orbits, one step later
    } satisfies Record<string, SpecInput>;
  },
  report({ henon: diagram, periods, attractor, next }) {
    if (!diagram || !periods || !attractor || !next) {
      throw new TypeError('results of all runs are needed');
    }
    return {
      figure: {
        title: 'The map of Hénon as a heavy ball on a cubic',
        subtitle: 'f = a x³/3 + 0.35 x² − x, momentum −0.3, η = 1',
        columns: 2,
        panels: [diagramPanel(diagram), attractorPanel(attractor, next)],
      },
      checks: [...thresholdChecks(periods), ...attractorChecks(attractor)],
    };
  },
};

function thresholdChecks(periods: Result): readonly Check[] {
  const swept = sweptPeriods(periods);
  return doublings.map((a, at) =>
    placeCheck(
      `a where period ${2 ** at} doubles`,
      doublingPlace(swept, 2 ** at),
      a,
      'multipliers of the cycle, by hand',
    ),
  );
}

function attractorChecks(attractor: Result): readonly Check[] {
  const of = (name: string) => numbersOf(attractor, name);
  const [first = Number.NaN, second = Number.NaN] = of('lyapunov');
  const [firstError = Number.NaN, secondError = Number.NaN] = of('lyapunov_stderr');
  const [mean = Number.NaN] = of('moments_mean');
  const [error = Number.NaN] = of('moments_mean_stderr');
  const known = 'J. C. Sprott, Chaos and Time-Series Analysis (2003): 0.41922, −1.62319';
  const why = '4 standard errors of both, and 1e-5 for its digits';
  return [
    {
      what: 'first exponent',
      measured: first,
      expected: 0.41922,
      tolerance: 4 * firstError + 1e-5,
      why,
      source: known,
    },
    {
      what: 'second exponent',
      measured: second,
      expected: -1.62319,
      tolerance: 4 * secondError + 1e-5,
      why,
      source: known,
    },
    {
      what: 'sum of both exponents',
      measured: first + second,
      expected: Math.log(B),
      tolerance: 1e-4,
      why: 'float32 on the GPU; the sum is exact',
      source: 'the determinant of the map is −0.3',
    },
    {
      what: 'mean of 0.7 x + 1.4 x²',
      measured: mean,
      expected: 1,
      tolerance: 4 * error,
      why: '4 standard errors',
      source: 'the mean of x = 1 − 1.4 x² + 0.3 x of a law that the map keeps',
    },
  ];
}

const size = { width: 460, height: 400 };

function diagramPanel(diagram: Result): Panel {
  return {
    title: 'over a',
    x: { label: 'parameter a', domain: [0.2, 1.42] },
    y: { label: 'position x', domain: [-1.5, 1.5] },
    ...size,
    marks: [
      densityImage(diagram, [0.2, 1.42], [-1.5, 1.5], size),
      { mark: 'rule', axis: 'x', at: doublings[0], label: '0.3675', colour: 'theory' },
      { mark: 'rule', axis: 'x', at: doublings[1], label: '0.9125', colour: 'theory' },
    ],
  };
}

function attractorPanel(attractor: Result, next: Result): Panel {
  const [x, y] = [
    [-1.4, 1.4],
    [-1.4, 1.4],
  ] as const;
  const manifold = unstableManifold();
  return {
    title: 'attractor at a = 1.4',
    x: { label: 'position x', domain: x },
    y: { label: 'next position', domain: y },
    ...size,
    marks: [
      pointImage(numbersOf(attractor, 'final'), numbersOf(next, 'final'), x, y, {
        width: 2 * size.width,
        height: 2 * size.height,
      }),
      { mark: 'curve', ...manifold, colour: 'theory', label: 'unstable manifold, its beginning' },
      { mark: 'points', x: [FIXED], y: [FIXED], colour: 'theory', label: 'fixed point' },
    ],
  };
}

/** Images of a small piece of the direction in which orbits leave the fixed point. */
function unstableManifold(): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const slope = -A * FIXED - Math.sqrt((A * FIXED) ** 2 + B);
  const [points, images] = [2000, 9];
  const states = Array.from({ length: points }, (_, at) => {
    let [before, here] = [FIXED, FIXED];
    // From near the fixed point on, by equal factors, as the images grow.
    const away = 1e-3 * (slope * slope) ** (4 * (at / points) - 3);
    [before, here] = [before + away, here + slope * away];
    for (let image = 0; image < images; image++) {
      [before, here] = [here, 1 - A * here * here + B * before];
    }
    return [before, here] as const;
  });
  return { x: states.map(([before]) => before), y: states.map(([, here]) => here) };
}
