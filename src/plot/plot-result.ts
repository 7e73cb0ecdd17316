import type { Result } from '../engine/result.ts';
import type { Figure, Panel } from '../figure/figure.ts';
import { RequestError } from '../spec/errors.ts';
import { wordCure } from '../spec/nearest-word.ts';
import type { Candidate } from './candidate.ts';
import { axisLine, specLine } from './names.ts';
import { densityPanel, jointPanel, mapPanels } from './picture-panels.ts';
import type { PlotOptions } from './plot-options.ts';
import { singlePanels } from './single-panels.ts';
import { sweepPanels } from './sweep-panels.ts';

const defaultSize = { width: 720, height: 420 } as const;
const lowSize = { width: 720, height: 250 } as const;

/**
 * Draws a result: over one axis densities as pictures and all else as curves with their error bars, over two
 * as maps, without one as histograms. Several measures have a panel each, one below another.
 *
 * @throws {RequestError} `unknown-array` with all that can be drawn; `nothing-to-plot`; `fixed-scale` for
 *   `log` of a picture; `bad-array` where arrays do not fit the spec; the codes of `paintResult`.
 */
export function plotResult(result: Result, options: PlotOptions = {}): Figure {
  const { spec } = result;
  const panels = (spec.axes.length === 2 ? mapPanels : chosenPanels)(result, options);
  const size = options.size ?? (panels.length > 1 ? lowSize : defaultSize);
  return {
    title: options.title ?? spec.title,
    subtitle: specLine(spec),
    panels: panels.map((panel, at) => {
      // Panels over one axis share its words.
      const isLast = panels.slice(at + 1).every(({ x }) => x.label !== panel.x.label);
      const x = isLast ? panel.x : { ...panel.x, label: '' };
      return { ...withLog({ ...panel, x }, options.log), ...size };
    }),
  };
}

function chosenPanels(result: Result, options: PlotOptions): readonly Panel[] {
  const [axis] = result.spec.axes;
  const candidates = axis
    ? [
        ...result.spec.measures.flatMap((request): readonly Candidate[] =>
          request.measure === 'density'
            ? [
                {
                  measure: request.name,
                  array: request.name,
                  panel: () => densityPanel(result, request, options),
                },
              ]
            : sweepPanels(result, request, axisLine(axis)),
        ),
        ...sweepPanels(result, 'columns', axisLine(axis)),
      ]
    : result.spec.measures.flatMap((request): readonly Candidate[] =>
        request.measure === 'joint-density'
          ? [
              {
                measure: request.name,
                array: request.name,
                panel: () => jointPanel(result, request, options),
              },
            ]
          : singlePanels(result, request),
      );
  const asked = options.measure;
  const chosen = candidates.filter(({ measure, array, isExtra }) =>
    asked === undefined ? !isExtra : array === asked || (measure === asked && !isExtra),
  );
  const panels = chosen.map(({ panel }) => panel());
  // Times where nothing escaped, say, are no reason to refuse all else.
  const shown = asked === undefined ? panels.filter(hasNumbers) : panels;
  if (shown.length > 0) return shown;
  if (asked === undefined) {
    throw new RequestError({
      code: 'nothing-to-plot',
      where: 'measures',
      what: 'the result has single numbers only',
      cure: 'give its spec an axis, or a density; etascope analyze tells the numbers',
    });
  }
  throw new RequestError({
    code: 'unknown-array',
    where: 'measure',
    what: 'no such measure or array that could be drawn',
    got: JSON.stringify(asked),
    cure: wordCure(
      asked,
      candidates.map(({ array }) => array),
    ),
  });
}

function hasNumbers({ marks, y }: Panel): boolean {
  const isShown = (value: number) => Number.isFinite(value) && (y.scale !== 'log' || value > 0);
  return marks.some(
    (mark) =>
      mark.mark === 'image' ||
      mark.mark === 'histogram' ||
      ((mark.mark === 'points' || mark.mark === 'curve') && Array.from(mark.y).some(isShown)),
  );
}

function withLog(panel: Panel, log: PlotOptions['log']): Panel {
  if (log === undefined) return panel;
  const hasImage = panel.marks.some(({ mark }) => mark === 'image');
  const other = (['x', 'y'] as const).find(
    (axis) => log.includes(axis) && panel[axis].scale !== 'log',
  );
  if (hasImage && other) {
    throw new RequestError({
      code: 'fixed-scale',
      where: 'log',
      what: 'the cells of a picture are of one width',
      got: other,
      cure:
        other === 'x'
          ? 'give the axis "scale": "log" and run again'
          : 'give the density a formula such as log(x), or leave it out',
    });
  }
  const scaled = (axis: 'x' | 'y') =>
    log.includes(axis) ? { ...panel[axis], scale: 'log' as const } : panel[axis];
  return { ...panel, x: scaled('x'), y: scaled('y') };
}
