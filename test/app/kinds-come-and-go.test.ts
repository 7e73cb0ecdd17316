import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Explorable, parseExplorable } from '../../src/app/explorable.ts';
import { defaultLook } from '../../src/app/look.ts';
import { paintOptionsOf } from '../../src/app/pictures/paint-options.ts';
import { defaultView, readFragment, writeFragment } from '../../src/app/url-state.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { encodeNpz } from '../../src/export/npz.ts';
import { paintResult } from '../../src/export/paint-result.ts';
import { encodePng, provenanceText } from '../../src/export/png.ts';
import { type Explored, explore } from './explored.ts';
import { kindFragment, kindSpecs } from './kind-specs.ts';

/** A map has a cell a pixel: on this page some 20 000. */
const SMALL = { width: 800, height: 250 };

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

describe('a run in the worker', () => {
  const endless: Explorable = parseExplorable({
    ...kindSpecs.numbers,
    ensemble: { ...kindSpecs.numbers.ensemble, orbits: 1024 },
    steps: { skip: 0, keep: 1e9 },
  });
  const fragment = writeFragment({ request: endless, look: defaultLook, view: defaultView });

  test('gives way to another at once, whatever is still to be computed', async () => {
    explored = await explore(fragment, { engine: 'cpu' }, SMALL);
    const { root, session } = explored;
    await vi.waitFor(
      () => expect(root.querySelector('footer .numbers')?.textContent).toMatch(/%/),
      {
        timeout: 10_000,
      },
    );
    location.hash = kindFragment('curve');
    await vi.waitFor(() => expect(session.state.request.kind).toBe('curve'));
    await explored.settle();
    location.hash = kindFragment('numbers');
    await vi.waitFor(() => expect(session.state.request.kind).toBe('none'));
    await explored.settle();
    expect(root.querySelector('.fault')).toBeNull();
  });

  test('whose worker ends says so, and goes on in another when it is tried again', async () => {
    const workers: Worker[] = [];
    const Original = Worker;
    vi.stubGlobal(
      'Worker',
      class extends Original {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          if (options?.name === 'etascope runner') workers.push(this);
        }
      },
    );
    explored = await explore(kindFragment('numbers'), { engine: 'cpu' }, SMALL);
    const { root } = explored;
    await explored.settle();
    location.hash = fragment;
    await vi.waitFor(() => expect(root.dataset.state).toBe('computing'));
    await vi.waitFor(
      () => expect(root.querySelector('footer .numbers')?.textContent).toMatch(/%/),
      {
        timeout: 10_000,
      },
    );
    // How a page learns that the browser ended a worker.
    workers[0]?.dispatchEvent(
      new ErrorEvent('error', { message: 'out of memory', cancelable: true }),
    );
    await explored.settle('failed');
    expect(root.querySelector('.notices .fault')?.textContent).toMatch(/worker.*out of memory/);
    location.hash = kindFragment('numbers');
    await vi.waitFor(() => expect(root.dataset.state).not.toBe('failed'));
    await explored.settle();
    expect(workers).toHaveLength(2);
    expect(root.querySelector('.fault')).toBeNull();
    vi.unstubAllGlobals();
  });
});

describe('a file', () => {
  const drop = (file: File) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    document.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  };

  test('of any kind opens: a result is shown as it is, a picture gives its spec back', async () => {
    const explorer = await explore(kindFragment('curve'), { engine: 'cpu' }, SMALL);
    explored = explorer;
    await explorer.settle();
    const { root, session } = explorer;
    const own = await createEngine({ engine: 'cpu' });
    for (const name of ['map', 'escapes', 'escape curve', 'numbers', 'curve'] as const) {
      const { request } = readFragment(kindFragment(name)) ?? {};
      if (!request) throw new Error('no link');
      const result = await own.run(request.spec);
      drop(new File([encodeNpz(result)], `${name}.npz`));
      await vi.waitFor(() => expect(root.textContent).toContain(`Opened ${name}.npz`), {
        timeout: 10_000,
      });
      expect(session.state.request).toEqual(request);
      if (request.kind === 'none') continue;
      const { title } = request.spec;
      const painting = paintResult(result, paintOptionsOf(request, defaultLook));
      const bytes = encodePng(painting, provenanceText(result));
      const before = session.state.request;
      drop(new File([bytes], `${name}.png`));
      await vi.waitFor(() => expect(session.state.request).not.toBe(before));
      await explorer.settle();
      expect(session.state.request.spec.title).toBe(title);
    }
    own.dispose();
  });
});
