import { deflateSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import { presetRequest } from '../../src/app/explorable.ts';
import { watchTasks } from '../support/long-tasks.ts';
import { type Explored, explore, smallFragment } from './explored.ts';

const { spec } = presetRequest('period-doubling');
const good = smallFragment('logistic', { tone: 'rank', map: 'inferno' });

function linkTo(text: string): string {
  const bytes = deflateSync(new TextEncoder().encode(text));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `#s=${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

const linkToSpec = (changed: object) => linkTo(JSON.stringify({ spec: { ...spec, ...changed } }));
const macro = (text: string) => linkToSpec({ objective: { ...spec.objective, macro: text } });
const upTo = (to: unknown) =>
  linkTo(
    JSON.stringify({ spec: { ...spec, axes: [{ ...spec.axes[0], to: 4711 }] } }).replace(
      '4711',
      String(to),
    ),
  );

const hostile: readonly (readonly [string, string])[] = [
  ['no base64', '#s=%00%ff<script>alert(1)</script>'],
  ['noise', `#s=${'kQ7_-'.repeat(999)}`],
  ['nothing', '#s='],
  ['a long address', `#s=${'A'.repeat(70_000)}`],
  ['a bomb', linkTo(' '.repeat(2 ** 24))],
  ['a deep list', linkTo(`{"spec":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)],
  ['deep brackets', macro(`${'('.repeat(20_000)}x${')'.repeat(20_000)}`)],
  ['deep signs', macro(`${'-'.repeat(20_000)}x`)],
  ['a tower of powers', macro(`x${'^x'.repeat(5000)}`)],
  ['a long sum', macro(`x${' + sin(x)'.repeat(20_000)}`)],
  ['a script', macro('x); fetch("https://example.org"); (x')],
  ['a constructor', macro('constructor.constructor("return 1")()')],
  ['an import', macro('import("data:text/javascript,1")')],
  ['a shader', macro('x; } @compute @workgroup_size(1) fn main() { loop {} }')],
  ['another prototype', linkTo(`{"spec":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}`)],
  [
    'parameters of a prototype',
    linkTo(
      JSON.stringify({ spec }).replace(
        '"parameters":{}',
        '"parameters":{"__proto__":1,"constructor":2,"toString":3}',
      ),
    ),
  ],
  ['a colormap of a prototype', linkTo(JSON.stringify({ spec, map: 'constructor' }))],
  ['a tone of a prototype', linkTo(JSON.stringify({ spec, tone: '__proto__' }))],
  [
    'a folded view of a prototype',
    linkTo(JSON.stringify({ spec, view: { folded: ['__proto__'] } })),
  ],
  ['NaN', upTo('NaN')],
  ['infinity', upTo('1e999')],
  ['a string', upTo('"1e308"')],
  ['nothing wide', upTo(spec.axes[0]?.from ?? 0)],
  ['orbits without end', linkToSpec({ ensemble: { ...spec.ensemble, orbits: 1e15 } })],
  ['steps without end', linkToSpec({ steps: { skip: 1e15, keep: 1e15 } })],
];

let explored: Explored | undefined;
afterEach(async () => {
  await explored?.end();
  explored = undefined;
});

/** Follows a link, until the page has read it and put what it took from it in its place. */
async function follow(fragment: string): Promise<void> {
  location.hash = fragment;
  const { hash } = location; // as browsers write it
  await expect.poll(() => location.hash, { interval: 10, timeout: 5000 }).not.toBe(hash);
}

const polluted = () => Reflect.get({}, 'polluted');

test('hostile links are answered by an error, and the page lives on after each', async () => {
  const explorer = await explore(good, { engine: 'cpu' });
  explored = explorer;
  await explorer.settle();
  const stray: string[] = [];
  const onStray = (event: ErrorEvent | PromiseRejectionEvent) => stray.push(String(event));
  window.addEventListener('error', onStray);
  window.addEventListener('unhandledrejection', onStray);
  const { root } = explorer;
  const keys = Object.getOwnPropertyNames(Object.prototype).length;
  const watch = watchTasks();
  const silent: string[] = [];
  for (const [name, fragment] of hostile) {
    await follow(good); // a good one takes the error away
    expect(root.querySelector('.fault'), name).toBeNull();
    await follow(fragment);
    await expect
      .poll(() => root.querySelector('.fault p')?.textContent, { timeout: 5000 })
      .toBeTruthy()
      .catch(() => silent.push(name));
    expect(polluted(), name).toBeUndefined();
    expect(root.querySelector('script, img, iframe'), name).toBeNull();
  }
  expect(silent).toEqual([]);
  const held = await watch.stop();
  expect(Math.max(0, ...held)).toBeLessThan(1000); // no link holds the page for long
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(keys);
  await follow(upTo('1.7e308')); // nothing to see there, and nothing wrong with it
  await expect.poll(() => root.dataset.state, { timeout: 30_000 }).not.toBe('computing');
  await follow(good);
  await explorer.settle();
  expect(explorer.session.state.request.spec.title).toMatch(/logistic/i);
  window.removeEventListener('error', onStray);
  window.removeEventListener('unhandledrejection', onStray);
  expect(stray).toEqual([]);
  expect(explorer.complaints).toEqual([]);
});
