import { globalLyapunov, momentumLyapunov } from '../analysis/lyapunov-theory.ts';
import { momentumThresholds, momentumVariance } from '../analysis/momentum.ts';
import type { Result } from '../engine/result.ts';
import type { Check } from './check.ts';
import { doublingPlace, partingPlace, placeCheck, type SweptPeriods } from './doubling-checks.ts';
import { GLOBAL_EPSILON, type MomentumSubject, momenta } from './momentum-runs.ts';
import { axisOf, columnAt, numbersOf } from './result-columns.ts';

const wells = 'cycles of u − K sin u with momentum, by hand';

/** Thresholds of local chaos of all momenta, where they were seen and where they are. */
export function momentumThresholdChecks(
  { rule }: MomentumSubject,
  periods: Result,
): readonly Check[] {
  const etas = axisOf(periods, 1);
  const [found, centres] = [numbersOf(periods, 'period'), numbersOf(periods, 'moments_mean')];
  const { skip, keep } = periods.spec.steps;
  return momenta.flatMap((momentum, at) => {
    const [start, end] = [at * etas.length, (at + 1) * etas.length];
    const swept: SweptPeriods = {
      values: etas,
      periods: Uint32Array.from(found.subarray(start, end)),
      width: (etas[1] ?? 0) - (etas[0] ?? 0),
      // Per step the multiplier of the heavy ball changes by 1 / (1 - b), that of Nesterov by more.
      slowing: (Math.log(1e5) * Math.max(1, 1 - momentum)) / (skip + keep),
    };
    const { doubling, symmetryBreaking, secondDoubling } = momentumThresholds(rule, momentum);
    const of = `of momentum ${momentum}`;
    // With much momentum an orbit may come to rest in another well.
    const inWell = centres
      .subarray(start, end)
      .map((u) => u - 2 * Math.PI * Math.round(u / (2 * Math.PI)));
    const parted = partingPlace(swept, inWell);
    return [
      placeCheck(`K₁ ${of}`, doublingPlace(swept, 1), doubling, wells),
      placeCheck(`breaking of symmetry ${of}`, parted, symmetryBreaking, wells),
      // Before it, 2-cycles of other wells may double that have nothing to do with this one.
      placeCheck(`K₂ ${of}`, doublingPlace(swept, 2, parted.at), secondDoubling, wells),
    ];
  });
}

/** Variances and exponents of global chaos of all momenta, beside the linear map with noise. */
export function momentumChaosChecks({ rule }: MomentumSubject, chaos: Result): readonly Check[] {
  const etas = axisOf(chaos, 1);
  const column = columnAt(etas, 0.1);
  const last = etas.length - 1;
  return momenta.flatMap((momentum, at) => [
    ...[column, last].map((each) => varianceCheck(rule, momentum, chaos, at, each)),
    ...exponentChecks(rule, momentum, chaos, at, column),
  ]);
}

function varianceCheck(
  rule: MomentumSubject['rule'],
  momentum: number,
  chaos: Result,
  row: number,
  column: number,
): Check {
  const etas = axisOf(chaos, 1);
  const [eta = Number.NaN, place] = [etas[column], row * etas.length + column];
  const expected = momentumVariance({ rule, momentum, eta, curvature: 1, noiseVariance: 1 / 2 });
  const error = numbersOf(chaos, 'moments_variance_stderr')[place] ?? Number.NaN;
  return {
    what: `variance, momentum ${momentum}, η = ${eta.toPrecision(4)}`,
    measured: numbersOf(chaos, 'moments_variance')[place] ?? Number.NaN,
    expected,
    tolerance: 4 * error + (0.1 * GLOBAL_EPSILON * expected) / eta ** 2,
    why: '4 standard errors, and a tenth of ε/η² for ε > 0',
    source: 'autoregression of second order: Box and Jenkins, Time Series Analysis, 3.2.4',
  };
}

function exponentChecks(
  rule: MomentumSubject['rule'],
  momentum: number,
  chaos: Result,
  row: number,
  column: number,
): readonly Check[] {
  const etas = axisOf(chaos, 1);
  const [eta = Number.NaN, place] = [etas[column], 2 * (row * etas.length + column)];
  const [values, errors] = [numbersOf(chaos, 'lyapunov'), numbersOf(chaos, 'lyapunov_stderr')];
  const [first = Number.NaN, second = Number.NaN] = values.subarray(place, place + 2);
  const error = errors[place] ?? Number.NaN;
  const single = globalLyapunov(eta, GLOBAL_EPSILON, Math.log(1 / 2));
  const [expected, other] = momentumLyapunov(rule, single, momentum);
  const of = `momentum ${momentum}, η = ${eta.toPrecision(4)}`;
  // With the heavy ball the area shrinks by |b| in every step, with Nesterov by what the noise makes of it.
  const isExact = rule === 'heavy-ball';
  return [
    {
      what: `first exponent, ${of}`,
      measured: first,
      expected,
      tolerance: 4 * error + 2e-3,
      why: '4 standard errors, and 0.002 for ε > 0',
      source: 'Kong and Tao, arXiv 2002.06189, with the factor that momentum gives the slope',
    },
    {
      what: `sum of both exponents, ${of}`,
      measured: first + second,
      expected: expected + other,
      tolerance: isExact ? 1e-4 : 4 * error + 2e-3,
      why: isExact
        ? 'float32 on the GPU; the sum is exact'
        : '4 standard errors, and 0.002 for ε > 0',
      source: isExact
        ? 'the determinant of the map is b'
        : 'mean logarithm of the determinant b (1 − η f″)',
    },
  ];
}
