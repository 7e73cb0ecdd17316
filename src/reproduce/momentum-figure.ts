import { momentumThresholds, momentumVariance } from '../analysis/momentum.ts';
import type { Result } from '../engine/result.ts';
import type { Figure, Mark, Panel } from '../figure/figure.ts';
import { diagramEnds, type MomentumSubject, momenta } from './momentum-runs.ts';
import { axisOf, numbersOf } from './result-columns.ts';
import { densityImage } from './result-image.ts';

/** Diagrams of three momenta with their thresholds, and the temperature of global chaos. */
export function momentumFigure(
  subject: MomentumSubject,
  diagrams: readonly Result[],
  chaos: Result,
  title: string,
): Figure {
  return {
    title,
    subtitle: 'f = x²/2 − ε cos(x/ε)',
    columns: 2,
    panels: [
      ...diagrams.map((diagram, at) => diagramPanel(subject, diagram, at)),
      temperaturePanel(subject, chaos),
    ],
  };
}

const size = { width: 460, height: 300 };

function diagramPanel(subject: MomentumSubject, diagram: Result, at: number): Panel {
  const [momentum = Number.NaN, ends] = [momenta[at], diagramEnds[subject.rule][at]];
  const { to, height } = ends ?? { to: Number.NaN, height: Number.NaN };
  const { doubling, symmetryBreaking, secondDoubling } = momentumThresholds(subject.rule, momentum);
  const rule = (at: number, label: string) =>
    ({ mark: 'rule', axis: 'x', at, label, colour: 'theory' }) as const;
  return {
    title: `momentum ${momentum < 0 ? `−${-momentum}` : momentum}`,
    x: { label: 'learning rate η/ε', domain: [0, to] },
    y: { label: 'position x/ε', domain: [-height, height] },
    ...size,
    marks: [
      densityImage(diagram, [0, to], [-height, height], size),
      rule(doubling, 'K₁'),
      rule(symmetryBreaking, 'S'),
      rule(secondDoubling, 'K₂'),
    ],
  };
}

/** Variance over eta: what a Gibbs law has for its temperature, over the learning rate. */
function temperaturePanel({ rule }: MomentumSubject, chaos: Result): Panel {
  const etas = axisOf(chaos, 1);
  const perEta = (name: string, at: number) =>
    numbersOf(chaos, name)
      .subarray(at * etas.length, (at + 1) * etas.length)
      .map((value, column) => value / (etas[column] ?? Number.NaN));
  const fine = Array.from({ length: 121 }, (_, at) => 0.04 * 22.5 ** (at / 120));
  return {
    title: 'global chaos: effective temperature, ε = 10⁻⁵',
    x: { label: 'learning rate η', scale: 'log', domain: [0.04, 0.9] },
    y: { label: 'variance/η' },
    ...size,
    marks: momenta.flatMap((momentum, at): readonly Mark[] => {
      const colour = ([0, 1, 2] as const)[at] ?? 0;
      const exact = (eta: number) =>
        momentumVariance({ rule, momentum, eta, curvature: 1, noiseVariance: 1 / 2 }) / eta;
      const limit = 1 / (4 * (1 - momentum));
      const isFirst = at === 0;
      return [
        {
          mark: 'curve',
          x: [0.04, 0.9],
          y: [limit, limit],
          colour: 'quiet',
          dash: true,
          ...(isFirst ? { label: 'Gibbs, σ²/(2 (1 − b))' } : {}),
        },
        {
          mark: 'curve',
          x: fine,
          y: fine.map(exact),
          colour: 'theory',
          ...(isFirst ? { label: 'linear map with noise' } : {}),
        },
        {
          mark: 'points',
          x: etas,
          y: perEta('moments_variance', at),
          error: perEta('moments_variance_stderr', at),
          colour,
          size: 5,
          label: `b = ${momentum < 0 ? `−${-momentum}` : momentum}`,
        },
      ];
    }),
  };
}
