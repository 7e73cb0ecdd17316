import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { explorablePresets, parseExplorable, presetRequest } from '../../src/app/explorable.ts';
import { defaultLook } from '../../src/app/look.ts';
import {
  defaultView,
  type LinkState,
  readEngine,
  readFragment,
  writeFragment,
} from '../../src/app/url-state.ts';
import { RequestError } from '../../src/spec/errors.ts';
import { kindSpecs } from './kind-specs.ts';

function fragmentOf(text: string | Uint8Array): string {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const binary = Array.from(deflateSync(bytes), (byte) => String.fromCharCode(byte)).join('');
  return `#s=${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

function codeOf(fragment: string): string {
  try {
    readFragment(fragment);
  } catch (error) {
    if (error instanceof RequestError) return error.code;
    throw error;
  }
  throw new Error('was read');
}

describe('a link', () => {
  test.each(explorablePresets)('brings back %s, its window and its look', (name) => {
    const state: LinkState = {
      request: presetRequest(name),
      look: { tone: 'log', map: 'viridis_r' },
      view: { unit: 'K', thresholds: true, folded: ['cobweb', 'orbit'] },
    };
    const fragment = writeFragment(state);
    expect(fragment).toMatch(/^#s=[A-Za-z0-9_-]+$/); // survives mail, chat and a shell
    expect(fragment.length).toBeLessThan(1000);
    expect(readFragment(fragment)).toEqual(state);
  });

  test('is none of ours where the address has another fragment', () => {
    expect(readFragment('')).toBeUndefined();
    expect(readFragment('#section')).toBeUndefined();
  });

  test('that was cut or changed on its way is refused, never half read', () => {
    const fragment = writeFragment({
      request: presetRequest('logistic'),
      look: { tone: 'rank', map: 'inferno' },
      view: defaultView,
    });
    for (let length = 3; length < fragment.length; length += 7) {
      expect(codeOf(fragment.slice(0, length))).toMatch(/^(bad-link|bad-json)$/);
    }
    expect(codeOf(`${fragment}%20`)).toBe('bad-link');
  });

  test('is checked like a file', () => {
    const { spec } = presetRequest('logistic');
    const linkTo = (document: unknown) => codeOf(fragmentOf(JSON.stringify(document)));
    expect(linkTo({ spec: { ...spec, orbits: 3 } })).toBe('unknown-key');
    expect(linkTo({ spec: { ...spec, objective: { macro: 'x^2 + foo(x)' } } })).toBe(
      'unknown-function',
    );
    expect(linkTo({ spec, map: 'mud' })).toBe('unknown-colormap');
    expect(linkTo({ spec, tone: 'loud' })).toBe('unknown-tone');
    expect(linkTo({ spec, view: { unit: 'furlong' } })).toBe('bad-link');
    expect(linkTo({ spec, view: { folded: ['<b>'] } })).toBe('bad-link');
    expect(linkTo({ spec, view: null })).toBe('bad-link');
    expect(linkTo([])).toBe('bad-link');
    expect(codeOf(fragmentOf('{"spec": {'))).toBe('bad-json');
    expect(codeOf(fragmentOf(Uint8Array.of(0x22, 0xff, 0x22)))).toBe('bad-link'); // no UTF-8
  });

  test('is checked whatever kind of picture it asks for', () => {
    const linkTo = (document: unknown) => codeOf(fragmentOf(JSON.stringify(document)));
    const { map, curve, escapes } = kindSpecs;
    expect(linkTo({ spec: map, measure: 'density' })).toBe('unknown-array');
    expect(linkTo({ spec: map, measure: 'lyapunov[7]' })).toBe('bad-place');
    expect(linkTo({ spec: map, measure: { toString: 'no' } })).toBe('bad-link');
    expect(linkTo({ spec: map, measure: '<img src=x onerror=alert(1)>' })).toBe('unknown-array');
    expect(linkTo({ spec: { ...map, axes: [...map.axes, map.axes[0]] } })).toBe('limit');
    expect(linkTo({ spec: { ...map, axes: [map.axes[0], map.axes[0]] } })).toBe('duplicate-name');
    const huge = map.axes.map((axis) => ({ ...axis, count: 1e9 }));
    expect(linkTo({ spec: { ...map, axes: huge } })).toMatch(/^(limit|too-fine)$/);
    const [time] = escapes.measures;
    const condition = (when: string) => ({ ...escapes, measures: [{ ...time, when }] });
    expect(linkTo({ spec: condition('x > alert(1)') })).toBe('unknown-function');
    expect(linkTo({ spec: condition('x') })).toBe('wrong-sort');
    const [density] = curve.measures;
    const of = { ...density, of: 'constructor' };
    expect(linkTo({ spec: { ...curve, measures: [of] } })).toBe('unknown-name');
  });

  test('keeps what a map paints, and leaves out what its spec does not have', () => {
    const request = parseExplorable(kindSpecs.map);
    const linked = (measure: string) =>
      readFragment(writeFragment({ request, look: { ...defaultLook, measure }, view: defaultView }))
        ?.look.measure;
    expect(linked('moments_skewness')).toBe('moments_skewness');
    expect(linked('lyapunov')).toBe('lyapunov[0]');
    expect(linked('escape_mean')).toBe('lyapunov[0]'); // what is drawn then
  });

  test('cannot blow up: what unpacks to more than a spec may have is refused', () => {
    const bomb = fragmentOf(' '.repeat(2 ** 25));
    expect(bomb.length).toBeLessThan(2 ** 16);
    expect(() => readFragment(bomb)).toThrow('the link: is too long'); // told while it unpacks
    expect(codeOf(`#s=${'A'.repeat(2 ** 16 + 1)}`)).toBe('limit');
  });
});

test('an address names the engine before its fragment, or leaves it to the page', () => {
  expect(readEngine('?engine=cpu')).toBe('cpu');
  expect(readEngine('?a=b&engine=webgpu')).toBe('webgpu');
  expect(readEngine('?engine=auto')).toBeUndefined();
  expect(readEngine('')).toBeUndefined();
  expect(() => readEngine('?engine=gpu')).toThrow(/"gpu"; write \?engine=webgpu or/);
});
