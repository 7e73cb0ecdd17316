import { linearMoments } from '../analysis/linear-moments.ts';
import { globalLyapunov, lyapunovError } from '../analysis/lyapunov-theory.ts';
import { sineNoise } from '../analysis/noise.ts';
import type { Result } from '../engine/result.ts';
import { conservation, ERRORS, lawFindings, leeway, meanOf, numbersOf } from './findings.ts';
import { shareOrbits, shareSteps } from './share.ts';
import type { Workload } from './workload.ts';

/** The rate in the middle of all axes; they are so narrow that what is known there holds for their mean. */
const ETA = 0.1;
/** Steps of the linear map at `ETA` that count as one draw: (1 + a) / (1 - a), a = 1 - ETA. */
const MEMORY = 19;
/** What a finite epsilon leaves, relative to the variance: 0.0063 at 1e-3, less at 1e-4, by orbits in float64. */
const REST = 0.01;

const sweepOf = (columns: number, orbits: number) => ({
  etascope: 1,
  optimizer: { rule: 'gd' },
  axes: [{ parameter: 'eta', from: ETA - 1e-3, to: ETA + 1e-3, count: columns }],
  ensemble: { orbits, initial: { x: { normal: [0, 0.162] } }, seed: 1 }, // near the law
});
/** Where the theory of epsilon -> 0 must hold to a thousandth. */
const FINE = 1e-4;
const cosine = { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 };
const observed = { measure: 'density', of: 'x', range: [-0.75, 0.75], bins: 1080 };
const asked = ({ provenance }: Result): number => provenance.orbitSteps;

const iterate: Workload = {
  name: 'iterate',
  specFor: (orbitSteps) => {
    const { columns, orbits, steps } = shareSteps(orbitSteps);
    return {
      ...sweepOf(columns, orbits),
      title: 'bench: iterate',
      objective: cosine,
      steps: { skip: steps - 1, keep: 1 },
      measures: [observed],
    };
  },
  orbitStepsOf: asked,
  operations: { sines: 1, multiplyAdds: 2, increments: 0 },
  findings: (result) => [
    ...conservation(result),
    ...lawFindings(result, { eta: ETA, noise: sineNoise(1), memory: MEMORY, rest: REST }),
  ],
};

const density: Workload = {
  name: 'density',
  specFor: (orbitSteps) => {
    const { columns, orbits, steps } = shareSteps(orbitSteps);
    return {
      ...sweepOf(columns, orbits),
      title: 'bench: density',
      objective: cosine,
      steps: { skip: 0, keep: steps },
      measures: [observed],
    };
  },
  orbitStepsOf: asked,
  operations: { sines: 1, multiplyAdds: 3, increments: 1 },
  findings: iterate.findings,
};

const lyapunov: Workload = {
  name: 'lyapunov',
  specFor: (orbitSteps) => {
    const { columns, orbits, steps } = shareSteps(orbitSteps);
    return {
      ...sweepOf(columns, orbits),
      title: 'bench: lyapunov',
      objective: { ...cosine, epsilon: FINE },
      steps: { skip: 0, keep: steps },
      measures: [{ measure: 'lyapunov' }],
    };
  },
  orbitStepsOf: asked,
  operations: { sines: 2, multiplyAdds: 4, increments: 0 },
  findings: (result) => {
    const expected = globalLyapunov(ETA, FINE, Math.log(1 / 2));
    // The first 64 steps, at most an eighth, are for the vectors to find their directions.
    const chance = lyapunovError(Math.ceil((7 / 8) * asked(result)));
    const tolerance = 2e-3 + ERRORS * chance + leeway(result, 2);
    return [
      { what: 'exponent', got: meanOf(numbersOf(result, 'lyapunov')), expected, tolerance },
      {
        what: 'orbits that diverged',
        got: meanOf(numbersOf(result, 'diverged')),
        expected: 0,
        tolerance: 0,
      },
    ];
  },
};

/** Mean steps to x > 0 of the stochastic map at eta = 0.3; a test makes it again by `meanExitTime`. */
export const MEAN_EXIT = 353.465;
/** Steps after which an orbit that is still inside is given up: one of e^56. */
const HORIZON = 20_000;

const exit: Workload = {
  name: 'escape',
  specFor: (orbitSteps) => {
    const { columns, orbits } = shareOrbits(orbitSteps, MEAN_EXIT);
    return {
      ...sweepOf(columns, orbits),
      title: 'bench: escape',
      objective: { ...cosine, macro: 'x^4 / 4 - x^2 / 2', epsilon: FINE },
      axes: [{ parameter: 'eta', from: 0.2995, to: 0.3005, count: columns }],
      ensemble: { orbits, initial: { x: { uniform: [-1.001, -0.999] } }, seed: 1 },
      steps: { skip: 0, keep: 1 },
      measures: [{ measure: 'escape', when: 'x > 0', horizon: HORIZON }],
    };
  },
  orbitStepsOf: (result) => {
    const [means, censored] = ['mean', 'censored'].map((of) => numbersOf(result, `escape_${of}`));
    return numbersOf(result, 'escape_count').reduce(
      (sum, count, column) =>
        sum +
        (count > 0 ? count * (means?.[column] ?? 0) : 0) +
        HORIZON * (censored?.[column] ?? 0),
      0,
    );
  },
  operations: { sines: 1, multiplyAdds: 4, increments: 0 },
  findings: (result) => {
    const counts = ['escape_count', 'escape_censored', 'diverged'].map((name) =>
      numbersOf(result, name).reduce((sum, count) => sum + count, 0),
    );
    const [escaped = 0, censored = 0, diverged = 0] = counts;
    const orbits = numbersOf(result, 'escape_count').length * result.spec.ensemble.orbits;
    // Times are exponential, with a standard deviation as large as their mean.
    const tolerance = MEAN_EXIT * (ERRORS / Math.sqrt(escaped) + 0.01) + leeway(result, MEAN_EXIT);
    const steps = exit.orbitStepsOf(result) - HORIZON * censored;
    return [
      {
        what: 'orbits accounted for',
        got: escaped + censored + diverged,
        expected: orbits,
        tolerance: 0,
      },
      // float32's fall on short cycles inside
      {
        what: 'orbits still inside',
        got: censored,
        expected: 0,
        tolerance: leeway(result, orbits),
      },
      {
        what: 'mean exit time, steps',
        got: steps / escaped,
        expected: MEAN_EXIT,
        tolerance,
      },
    ];
  },
};

const quasiperiodic: Workload = {
  name: 'quasiperiodic',
  specFor: (orbitSteps) => {
    const { columns, orbits, steps } = shareSteps(orbitSteps);
    const sweep = sweepOf(columns, orbits);
    return {
      ...sweep,
      title: 'bench: quasiperiodic',
      objective: {
        ...{ macro: 'x^2 / 2', micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)', epsilon: FINE },
      },
      ensemble: { ...sweep.ensemble, initial: { x: { normal: [0, 0.229] } } },
      steps: { skip: 0, keep: steps },
      measures: [{ ...observed, range: [-1.5, 1.5] }],
    };
  },
  orbitStepsOf: asked,
  operations: { sines: 2, multiplyAdds: 5, increments: 1 },
  findings: (result) => [
    ...conservation(result),
    ...lawFindings(result, { eta: ETA, noise: sineNoise(1, 1), memory: MEMORY, rest: REST }),
  ],
};

const DIMENSION = 8;
/** Curvatures of the variables, and of their sum's square. */
const curvatures = Array.from({ length: DIMENSION }, (_, at) => 0.5 + at / 8);
const COUPLING = 0.1;

const dim8: Workload = {
  name: 'dim-8',
  specFor: (orbitSteps) => {
    const { columns, orbits, steps } = shareSteps(orbitSteps);
    const variables = curvatures.map((_, at) => `x${at}`);
    const squares = variables.map((x, at) => `${curvatures[at]} * ${x}^2 / 2`);
    return {
      ...sweepOf(columns, orbits),
      title: 'bench: dim-8',
      objective: {
        variables,
        macro: `${squares.join(' + ')} + ${COUPLING} * (${variables.join(' + ')})^2 / 2`,
        micro: variables.map((x) => `-cos(${x})`).join(' '),
        epsilon: FINE,
      },
      ensemble: {
        orbits,
        initial: Object.fromEntries(variables.map((x) => [x, { normal: [0, 0.162] }])),
        seed: 1,
      },
      steps: { skip: steps - 1, keep: 1 },
      measures: [{ measure: 'final' }],
    };
  },
  orbitStepsOf: asked,
  operations: { sines: DIMENSION, multiplyAdds: 4 * DIMENSION, increments: 0 },
  findings: (result) => {
    const states = numbersOf(result, 'final');
    const orbits = states.length / DIMENSION;
    const hessian = curvatures.flatMap((curvature, row) =>
      curvatures.map((_, column) => COUPLING + (row === column ? curvature : 0)),
    );
    const noises = curvatures.map(() => sineNoise(1));
    return curvatures.map((_, at) => {
      const weights = curvatures.map((_, other) => (other === at ? 1 : 0));
      const { variance, kurtosis } = linearMoments({ hessian, eta: ETA, noises }, weights);
      let squares = 0;
      for (let place = at; place < states.length; place += DIMENSION) {
        squares += (states[place] ?? Number.NaN) ** 2;
      }
      const chance = variance * Math.sqrt((2 + kurtosis) / orbits);
      return {
        what: `variance of x${at}`,
        got: squares / orbits,
        expected: variance,
        tolerance: ERRORS * chance + REST * variance + leeway(result, variance),
      };
    });
  },
};

/** What the bench measures, each with its checks. */
export const workloads: readonly Workload[] = [
  iterate,
  density,
  lyapunov,
  exit,
  quasiperiodic,
  dim8,
];
