import { describe, expect, test } from 'vitest';
import { figureSvg } from '../../src/figure/figure-svg.ts';
import { colourOf } from '../../src/figure/palette.ts';
import { textWidth } from '../../src/figure/words.ts';
import { panelOf, pathsIn, svgOf, wordsIn } from './drawn.ts';

const points = { mark: 'points', x: [5], y: [50] } as const;

/** Where words stand: all of a text in the SVG, with the corners that hold it. */
function boxesIn(svg: string, words: readonly string[]) {
  return words.map((text) => {
    const pattern = `translate\\(([-\\d.]+),([-\\d.]+)\\)[^>]*font-size="([\\d.]+)px"[^>]*>${text}<`;
    const [, left = '', foot = '', size = ''] = new RegExp(pattern).exec(svg) ?? [];
    const half = textWidth(text, Number(size)) / 2;
    return { from: Number(left) - half, to: Number(left) + half, foot: Number(foot) };
  });
}

describe('axes', () => {
  test('have round numbers, a true minus, and the words that were given', async () => {
    const y = { label: 'exponent λ', domain: [-1, 1] } as const;
    const words = wordsIn(await svgOf([{ ...points, y: [0] }], { y }));
    expect(words).toEqual(expect.arrayContaining(['−1.0', '−0.5', '0', '0.5', '1.0']));
    expect(words).toEqual(expect.arrayContaining(['eta', 'exponent λ']));
  });

  test('have powers of ten where the numbers are far from 1, plain numbers where not', async () => {
    const far = { label: 'ε', scale: 'log', domain: [1e-8, 1e-2] } as const;
    const words = wordsIn(await svgOf([{ ...points, x: [1e-4] }], { x: far }));
    expect(words).toEqual(expect.arrayContaining(['10⁻⁸', '10⁻⁵', '10⁻²']));
    const near = { label: 'period', scale: 'log', domain: [1, 64] } as const;
    const plain = wordsIn(await svgOf([{ ...points, y: [4] }], { y: near }));
    expect(plain).toEqual(expect.arrayContaining(['1', '10', '30']));
  });

  test('of long labels have fewer of them: none lies on another', async () => {
    const x = { label: '', domain: [0, 0.0046] } as const;
    for (const width of [160, 400, 800]) {
      const y = { label: '', domain: [10, 90] } as const; // no label of which is one of x
      const svg = await svgOf([{ ...points, x: [0.002] }], { x, y, width });
      const labels = wordsIn(svg).filter((word) => /^0(\.00\d+)?$/.test(word));
      expect(labels.length).toBeGreaterThan(1);
      const boxes = boxesIn(svg, labels).sort((a, b) => a.from - b.from);
      boxes.slice(1).forEach(({ from }, at) => {
        expect(from).toBeGreaterThan(boxes[at]?.to ?? 0);
      });
    }
  });

  test('without a domain show all of the data, with room beside points and bars on 0', async () => {
    const open = { x: { label: 'x' }, y: { label: 'y' } };
    const svg = await svgOf([{ mark: 'histogram', edges: [-2, 3], heights: [7] }], open);
    expect(svg).toContain('aria-label="X-axis for a linear scale with values from −2 to 3"');
    expect(pathsIn(svg, colourOf('data'))).toEqual(['M0,200V7.69H400V200Z']);
    const dots = await svgOf([{ mark: 'points', x: [0, 100], y: [1, 2] }], open);
    expect(dots).toContain('X-axis for a linear scale with values from −4 to 104');
  });
});

describe('words', () => {
  test('of marks stand in the legend once, those without words not', async () => {
    const svg = await svgOf([
      { ...points, label: 'measured' },
      { ...points, label: 'measured' },
      { mark: 'curve', x: [0, 1], y: [0, 1], dash: true, label: 'theory <η>' },
      { mark: 'curve', x: [0, 1], y: [0, 1] },
    ]);
    const words = wordsIn(svg);
    expect(words.filter((word) => word === 'measured')).toHaveLength(1);
    expect(words).toContain('theory <η>');
  });

  test('of rules close together stand beside one another', async () => {
    const labels = ['K₁', 'symmetry', 'K₂', 'onset'];
    const rules = labels.map(
      (label, at) => ({ mark: 'rule', axis: 'x', at: 5 + at / 50, label }) as const,
    );
    const svg = await svgOf(rules);
    const boxes = boxesIn(svg, labels);
    boxes.slice(1).forEach(({ from, foot }, at) => {
      expect(from).toBeGreaterThan(boxes[at]?.to ?? 0);
      expect(foot).toBeLessThan(0); // above the data
    });
    const beside = await svgOf(rules.map((rule) => ({ ...rule, axis: 'y' }) as const));
    const feet = boxesIn(beside, labels).map(({ foot }) => foot);
    feet.slice(1).forEach((foot, at) => {
      expect((feet[at] ?? 0) - foot).toBeGreaterThan(12);
    });
  });

  test('of colours stand beside the picture', async () => {
    const picture = { width: 1, height: 1, channels: 1, data: Uint8Array.of(0) } as const;
    const image = { mark: 'image', picture, x: [0, 10], y: [0, 100] } as const;
    const none = { colour: '#6e6e6e', label: 'diverged' };
    const bar = {
      label: 'visits',
      domain: [1, 1e6],
      scale: 'log',
      colours: ['#000000'],
      none,
    } as const;
    const words = wordsIn(await svgOf([{ ...image, colours: bar }]));
    expect(words).toEqual(expect.arrayContaining(['visits', '10⁶', 'diverged']));
    const entries = [{ colour: '#131c3a', label: 'converged' }];
    const list = await svgOf([{ ...image, colours: { label: 'regime', entries } }]);
    expect(wordsIn(list)).toEqual(expect.arrayContaining(['regime', 'converged']));
    expect(list).toContain('fill="#131c3a"');
  });
});

test('panels of a figure stand in rows of as many as columns', async () => {
  const panels = ['a', 'b', 'c'].map((title) => ({ ...panelOf([points]), title }));
  const sizeOf = async (columns: number) => {
    const svg = await figureSvg({ title: 'three', subtitle: 'in a grid', panels, columns });
    expect(wordsIn(svg)).toEqual(expect.arrayContaining(['three', 'in a grid', 'a', 'b', 'c']));
    return [...(/ width="(\d+)" height="(\d+)"/.exec(svg) ?? [])].slice(1).map(Number);
  };
  const [[tallWidth = 0, tallHeight = 0], [wideWidth = 0, wideHeight = 0]] = [
    await sizeOf(1),
    await sizeOf(3),
  ];
  expect(wideWidth).toBeGreaterThan(1200);
  expect(tallWidth).toBeLessThan(600);
  expect(tallHeight).toBeGreaterThan(600);
  expect(wideHeight).toBeLessThan(400);
});
