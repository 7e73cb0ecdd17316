import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import type { Pixels } from '../../src/figure/figure.ts';
import { figureSvg } from '../../src/figure/figure-svg.ts';
import { colourOf } from '../../src/figure/palette.ts';
import { panelOf, pathsIn, size, svgOf } from './drawn.ts';

const [data, theory] = [colourOf('data'), colourOf('theory')];
const { width, height } = size;

/** The pixels of the pictures of an SVG, with the place and size they are drawn at. */
function imagesIn(svg: string) {
  return [...svg.matchAll(/<image ([^>]*)>/g)].map(([, look = '']) => {
    const of = (name: string) => Number(new RegExp(` ${name}="([^"]*)"`).exec(look)?.[1]);
    const [, left, top] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(look) ?? [];
    const png = decode(Buffer.from(/base64,([^"]*)"/.exec(look)?.[1] ?? '', 'base64'));
    const place = [Number(left), Number(top), of('width'), of('height')];
    return { place, png, isSharp: look.includes('optimizeSpeed') };
  });
}

const grey = (columns: number, rows: number, value: (at: number) => number): Pixels => ({
  ...{ width: columns, height: rows, channels: 1 },
  data: Uint8Array.from({ length: columns * rows }, (_, at) => value(at)),
});

describe('a mark stands where its numbers say:', () => {
  test('points at the ends of the axes at the corners, those beyond nowhere', async () => {
    const svg = await svgOf([{ mark: 'points', x: [0, 10, 5, 11], y: [0, 100, 25, 50] }]);
    expect(pathsIn(svg, data)).toEqual([`M0,${height}h0M${width},0h0M200,150h0`]);
  });

  test('error bars from y - error to y + error, cut at the edge, and at the foot of a log axis', async () => {
    const marks = [{ mark: 'points', x: [5, 7], y: [50, 95], error: [10, 10] }] as const;
    expect(pathsIn(await svgOf(marks), data)[0]).toBe('M200,80V120M280,0V30');
    const log = { y: { label: '', scale: 'log', domain: [1, 100] } } as const;
    const low = [{ mark: 'points', x: [5], y: [10], error: [10] }] as const;
    expect(pathsIn(await svgOf(low, log), data)[0]).toMatch(/^M200,69.9V200$/);
  });

  test('points on a log axis by their logarithm; a number that is not above 0 nowhere', async () => {
    const x = { label: '', scale: 'log', domain: [0.01, 100] } as const;
    const svg = await svgOf([{ mark: 'points', x: [0.1, 1, 0, -1], y: [0, 0, 0, 0] }], { x });
    expect(pathsIn(svg, data)).toEqual(['M100,200h0M200,200h0']);
  });

  test('a curve through its points, broken at what is not finite, drawn above data where dashed', async () => {
    const y = [0, 50, Number.NaN, 50, 100];
    const svg = await svgOf([
      { mark: 'curve', x: [0, 2.5, 5, 7.5, 10], y, dash: true },
      { mark: 'curve', x: [0, 10], y: [0, 0] },
    ]);
    expect(pathsIn(svg, theory)).toEqual(['M0,200L100,100M300,100L400,0']);
    expect(svg.indexOf(`stroke="${theory}"`)).toBeGreaterThan(svg.indexOf(`stroke="${data}"`));
    expect(svg).toContain('stroke-dasharray');
  });

  test('bars between their edges, from 0', async () => {
    const svg = await svgOf([{ mark: 'histogram', edges: [0, 5, 10], heights: [50, 0] }]);
    expect(pathsIn(svg, data)).toEqual(['M0,200V100H200V200Z']);
  });

  test('a picture over its rectangle, cell by cell and sharp', async () => {
    const picture = grey(2, 2, (at) => 60 * at);
    const [image] = imagesIn(await svgOf([{ mark: 'image', picture, x: [0, 5], y: [50, 100] }]));
    expect(image).toMatchObject({ place: [0, 0, 200, 100], isSharp: true });
    expect([...(image?.png.data ?? [])]).toEqual([0, 60, 120, 180]);
    const log = { x: { label: '', scale: 'log', domain: [0.1, 1000] } } as const;
    const mark = { mark: 'image', picture, x: [1, 10], y: [0, 100] } as const;
    expect(imagesIn(await svgOf([mark], log))[0]?.place).toEqual([100, 0, 100, 200]);
  });

  test('a picture of more cells than twice the pixels is brought down by means, its sum kept', async () => {
    const picture = grey(1600, 4, (at) => (at % 2) * 200);
    const mark = { mark: 'image', picture, x: [0, 10], y: [0, 100] } as const;
    const [image] = imagesIn(await svgOf([mark]));
    expect(image?.png).toMatchObject({ width: 800, height: 4 });
    expect(new Set(image?.png.data)).toEqual(new Set([100]));
    expect(image?.isSharp).toBe(false); // else cells would fall between pixels
    const named = { label: '', entries: [{ colour: '#000000', label: 'a' }] };
    const [names] = imagesIn(await svgOf([{ ...mark, colours: named }]));
    expect([...new Set(names?.png.data)].every((value) => value === 0 || value === 200)).toBe(true);
  });

  test('level lines of a plane where it has their value', async () => {
    const [columns, rows] = [20, 10];
    const values = Float64Array.from({ length: columns * rows }, (_, at) => (at % columns) + 0.5);
    const plane = { mark: 'contour', columns, rows, values, x: [0, 10], y: [0, 100] } as const;
    const [path = ''] = pathsIn(await svgOf([{ ...plane, levels: [5.25] }]), theory);
    const places = [...path.matchAll(/[ML]([\d.]+),/g)].map(([, left]) => Number(left));
    expect(places.length).toBeGreaterThan(2 * rows);
    for (const left of places) expect(left).toBeCloseTo((5.25 / columns) * width, 6);
  });

  test('a rule across the panel at its number', async () => {
    const svg = await svgOf([
      { mark: 'rule', axis: 'x', at: 2.5 },
      { mark: 'rule', axis: 'y', at: 25 },
    ]);
    expect(pathsIn(svg, colourOf('quiet'))).toEqual(['M100,0V200', 'M0,150H400']);
  });
});

test('a curve of 100 000 points has some for each half pixel, its extremes among them', async () => {
  const points = 100_000;
  const x = Float64Array.from({ length: points }, (_, at) => (10 * at) / points);
  const y = Float64Array.from({ length: points }, (_, at) => (at === 54_321 ? 100 : at % 50));
  const [path = ''] = pathsIn(await svgOf([{ mark: 'curve', x, y }]), data);
  const tops = [...path.matchAll(/,([\d.]+)/g)].map(([, top]) => Number(top));
  expect(tops.length).toBeLessThanOrEqual(2 * width * 4);
  expect(tops.length).toBeGreaterThan(2 * width);
  expect([Math.min(...tops), Math.max(...tops)]).toEqual([0, height]);
});

test('equal figures give equal bytes, however many were drawn before', async () => {
  const picture = grey(3, 3, (at) => at);
  const colours = { label: 'n', domain: [0, 1], colours: ['#000000', '#ffffff'] } as const;
  const figure = {
    title: 'twice',
    panels: [
      panelOf([{ mark: 'image', picture, x: [0, 10], y: [0, 100], colours }]),
      panelOf([{ mark: 'curve', x: [0, 10], y: [0, 1], label: 'curve' }]),
    ],
  };
  const [one, two] = await Promise.all([figureSvg(figure), figureSvg(figure)]);
  expect(two).toBe(one);
  expect(await figureSvg(figure)).toBe(one);
});
