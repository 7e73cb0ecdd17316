import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { axisValues } from '../../src/spec/axis.ts';
import { requestsOf } from '../../src/spec/measures/registry.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { parseSpecText } from '../../src/spec/parse-text.ts';
import { presets } from '../../src/spec/presets.ts';

const folder = new URL('../../examples/', import.meta.url);
const names = Object.keys(presets);
if (process.env.UPDATE_SCHEMA) {
  for (const [name, { spec }] of Object.entries(presets)) {
    writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(spec, null, 2)}\n`);
  }
}

/** The gradients of the presets, by hand. */
const slopes: Readonly<Record<string, (x: number) => number>> = {
  'period-doubling': (x) => x + Math.sin(x / 1e-3),
  logistic: (x) => x * x - x,
  'global-chaos': (x) => x + Math.sin(x / 1e-4),
};

/** Share of the kept states of a preset that lie in the range of its density, in float64. */
function shareInside(name: string): { inside: number; largest: number } {
  const spec = parseSpec(presets[name]?.spec);
  const slope = slopes[name] ?? Number.NaN;
  const [axis] = spec.axes;
  const request = requestsOf(spec.measures, 'density')[0]?.request;
  const start = spec.ensemble.initial.x;
  if (!axis || !request || typeof slope !== 'function') throw new Error('no such preset');
  if (typeof start !== 'object' || !('uniform' in start)) throw new Error('no uniform start');
  const [lo, hi] = start.uniform;
  let inside = 0;
  let largest = 0;
  const starts = Array.from({ length: 9 }, (_, i) => lo + ((i + 0.5) / 9) * (hi - lo));
  const etas = axisValues({ ...axis, count: axis.count / 16 });
  for (const eta of etas) {
    for (let x of starts) {
      for (let step = 0; step < 1200; step++) {
        x -= eta * slope(x);
        if (step < 1000) continue;
        largest = Math.max(largest, Math.abs(x));
        if (x >= request.range[0] && x < request.range[1]) inside += 1;
      }
    }
  }
  return { inside: inside / (etas.length * starts.length * 200), largest };
}

describe('presets', () => {
  test('are the files of examples/ (UPDATE_SCHEMA=1 rewrites them)', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    expect(files.toSorted()).toEqual(names.map((name) => `${name}.json`).toSorted());
    for (const [name, { spec }] of Object.entries(presets)) {
      const text = readFileSync(new URL(`${name}.json`, folder), 'utf8');
      expect(parseSpecText(text, name)).toEqual(spec);
    }
  });

  test.each(names)('%s is a spec that says what it is and where it is from', (name) => {
    const preset = presets[name];
    expect(parseSpec(preset?.spec).title).not.toBe('');
    expect(preset?.about).toMatch(/\.$/);
    expect(preset?.source).toMatch(/\d{4}/);
  });

  // Starts in the outer fifth of period-doubling lie in the neighbouring wells, whose attractors
  // are mostly beyond the edge of the picture.
  test.each([
    { name: 'period-doubling', least: 0.7, radius: 0.01 },
    { name: 'logistic', least: 1, radius: 4 / 3 },
    { name: 'global-chaos', least: 1, radius: 1 },
  ])('$name stays bounded for every eta and shows its orbits', ({ name, least, radius }) => {
    const { inside, largest } = shareInside(name);
    expect(inside).toBeGreaterThanOrEqual(least);
    expect(largest).toBeLessThan(radius);
  });

  test.each(['lyapunov-map', 'regimes'])('%s starts in one micro-well at every epsilon', (name) => {
    const { axes, ensemble } = parseSpec(presets[name]?.spec);
    const epsilon = axes.find(({ parameter }) => parameter === 'epsilon');
    // f' = x + sin(x / epsilon) is positive from the minimum at 0 up to pi epsilon, and a little beyond
    expect(ensemble.initial.x).toBeLessThan(Math.PI * (epsilon?.from ?? 0));
  });
});
