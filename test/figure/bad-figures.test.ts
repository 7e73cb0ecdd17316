import { expect, test } from 'vitest';
import type { Figure, Mark } from '../../src/figure/figure.ts';
import { figureSvg } from '../../src/figure/figure-svg.ts';
import { panelOf } from './drawn.ts';

const log = { label: '', scale: 'log' } as const;
const picture = { width: 2, height: 2, channels: 3, data: new Uint8Array(5) } as const;
const figureOf = (mark: Mark, axes = {}): Figure => ({
  title: '',
  panels: [panelOf([]), panelOf([{ mark: 'rule', axis: 'x', at: 1 }, mark], axes)],
});

const cases: readonly (readonly [string, Figure])[] = [
  [
    'panels[1].marks[1].y: must have 2 numbers, got 1',
    figureOf({ mark: 'curve', x: [1, 2], y: [1] }),
  ],
  [
    'panels[1].marks[1].error: must have 1 numbers, got 0',
    figureOf({ mark: 'points', x: [1], y: [1], error: [] }),
  ],
  [
    'panels[1].marks[1].edges: must have 2 numbers, got 1',
    figureOf({ mark: 'histogram', edges: [1], heights: [1] }),
  ],
  [
    'panels[1].marks[1].picture.data: must have 12',
    figureOf({ mark: 'image', picture, x: [0, 1], y: [0, 1] }),
  ],
  [
    'panels[1].marks[1].x: needs two finite',
    figureOf({ mark: 'image', picture, x: [1, 1], y: [0, 1] }),
  ],
  [
    'panels[1].marks[1].at: must be above 0 on a logarithmic axis, got -1',
    figureOf({ mark: 'rule', axis: 'y', at: -1 }, { y: log }),
  ],
  [
    'panels[1].y.domain: must begin above 0',
    figureOf({ mark: 'points', x: [1], y: [1] }, { y: { ...log, domain: [0, 1] } }),
  ],
  [
    'panels[1].y: its marks have no number above 0 to show',
    figureOf({ mark: 'points', x: [1], y: [-1] }, { y: log }),
  ],
  [
    'panels[1].y: its marks have no finite number',
    figureOf({ mark: 'curve', x: [1], y: [Number.NaN] }, { y: { label: '' } }),
  ],
  [
    'panels[1].width: must be 1 to 8192 pixels, got 0',
    figureOf({ mark: 'points', x: [], y: [] }, { width: 0 }),
  ],
  ['panels: a figure needs at least one', { title: '', panels: [] }],
];

test.each(cases)('a figure that cannot be drawn is refused: %s', async (message, figure) => {
  await expect(figureSvg(figure)).rejects.toMatchObject({
    code: 'bad-figure',
    message: expect.stringContaining(message),
  });
});
