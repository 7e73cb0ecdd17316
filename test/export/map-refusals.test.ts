import { describe, expect, test } from 'vitest';
import { paintMap } from '../../src/export/map.ts';
import { countsOver, planeResult } from './plane-result.ts';
import { smallResult } from './small-result.ts';

describe('what cannot be painted is refused', () => {
  const diverged = countsOver([
    [1, 2, 4],
    [3, 0, 4],
  ]);
  const { shape, data } = diverged;
  const turned = { type: 'uint32', shape: shape.toReversed(), data: data as Uint32Array } as const; // as countsOver makes it
  const plane = planeResult({ diverged });

  test.each<[string, Parameters<typeof paintMap>, string, string, RegExp]>([
    ['one axis', [smallResult()], 'not-a-plane', 'axes', /two axes/],
    [
      'an unknown name',
      [plane, { measure: 'lyapunow' }],
      'unknown-array',
      'measure',
      /mean lyapunov\?/,
    ],
    [
      'an array without an image',
      [plane, { measure: 'density_edges' }],
      'unknown-array',
      'measure',
      /density_lost/,
    ],
    [
      'a density as a whole',
      [plane, { measure: 'density' }],
      'not-a-picture',
      'axes',
      /density\[4\]/,
    ],
    [
      'a joint density as a whole',
      [plane, { measure: 'joint_density' }],
      'not-a-picture',
      'axes',
      /joint_density\[3,2\]/,
    ],
    ['a place too far', [plane, { measure: 'lyapunov[2]' }], 'bad-place', 'measure', /\[2\]/],
    ['too many places', [plane, { measure: 'diverged[0]' }], 'bad-place', 'measure', /alone/],
    ['an empty place', [plane, { measure: 'lyapunov[0,]' }], 'bad-place', 'measure', /0/],
    [
      'an array that is not there',
      [plane, { measure: 'distinct' }],
      'bad-array',
      'distinct',
      /run it again/,
    ],
    [
      'another shape',
      [planeResult({ diverged: turned }), { measure: 'diverged' }],
      'bad-array',
      'diverged',
      /3, 2/,
    ],
    [
      'an unknown map',
      [plane, { measure: 'diverged', map: 'jet' }],
      'unknown-colormap',
      'map',
      /rdbu/,
    ],
    [
      'an unknown tone',
      [plane, { measure: 'diverged', tone: 'gamma' }],
      'unknown-tone',
      'tone',
      /rank/,
    ],
    [
      'a range backwards',
      [plane, { measure: 'diverged', range: [2, 1] }],
      'empty-range',
      'range',
      /lesser/,
    ],
    [
      'powers of ten from 0',
      [plane, { measure: 'escape', range: [0, 1] }],
      'empty-range',
      'range',
      /above 0/,
    ],
    ['12 bits', [plane, { measure: 'diverged', bits: 12 }], 'bad-bits', 'bits', /16/],
    [
      'half a pixel',
      [plane, { measure: 'diverged', size: { width: 0.5, height: 1 } }],
      'bad-size',
      'size',
      /pixels/,
    ],
  ])('%s', (_, given, code, where, message) => {
    const wanted = { code, where, message: expect.stringMatching(message) };
    expect(() => paintMap(...given)).toThrow(expect.objectContaining(wanted));
  });
});
