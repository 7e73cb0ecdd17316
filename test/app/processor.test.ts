import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { presetRequest, viewportOf, withWindow } from '../../src/app/explorable.ts';
import { createHeadStart } from '../../src/app/head-start.ts';
import type { Look } from '../../src/app/look.ts';
import { defaultView, writeFragment } from '../../src/app/url-state.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { encodeNpz } from '../../src/export/npz.ts';
import { paintDensity } from '../../src/export/picture.ts';
import { pixelsOf, shows } from '../support/canvas-pixels.ts';
import { leastHeld } from '../support/long-tasks.ts';
import { type Explored, explore, fieldOf, smallFragment, type } from './explored.ts';
import { hideWebGpu } from './hidden-gpu.ts';

const look: Look = { tone: 'rank', map: 'inferno' };
const small = smallFragment('period-doubling', look);

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  vi.restoreAllMocks();
  expect(complaints).toEqual([]);
});

/** The preset with so many orbits of so many steps, half of them observed. */
function fragmentOf(orbits: number, steps: number): string {
  const request = presetRequest('period-doubling');
  const { spec } = withWindow(request, viewportOf(request), { columns: 100, bins: 100 });
  const changed = {
    ...spec,
    ensemble: { ...spec.ensemble, orbits },
    steps: { skip: steps / 2, keep: steps / 2 },
  };
  return writeFragment({ request: { ...request, spec: changed }, look, view: defaultView });
}

function engineNamed({ root }: Explored): string {
  return root.querySelector('footer .made')?.textContent ?? '';
}

function choose(explorer: Explored, label: string, value: string): void {
  const select = fieldOf(explorer.root, label);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('in a browser without WebGPU', () => {
  beforeEach(hideWebGpu);

  test('the page computes and draws by what began before it, and shows what the library computes', async () => {
    const headStart = createHeadStart();
    const createView = vi.spyOn(headStart, 'createView');
    const startWorker = vi.spyOn(headStart, 'startWorker');
    explored = await explore(small, { headStart });
    const { session, settle } = explored;
    await settle();
    expect(engineNamed(explored)).toMatch(/^float64 · CPU: /);
    expect(createView).toHaveBeenCalledOnce();
    expect(startWorker).toHaveBeenCalled();
    const engine = await createEngine({ engine: 'cpu', workers: 1 });
    const result = await engine.run(session.state.request.spec);
    engine.dispose();
    const { data } = paintDensity(result, look);
    expect(new Set(data).size).toBeGreaterThan(50); // there is a picture
    await shows(explored.canvas, data);
  });

  test('the picture is there long before it is done, and grows into the one of the result', async () => {
    const explorer = await explore(fragmentOf(64, 20_000), {});
    explored = explorer;
    const { root, session, settle } = explorer;
    await vi.waitFor(() => expect(session.plot.frame.querySelector('canvas')).not.toBeNull(), {
      timeout: 10_000,
    });
    await vi.waitFor(() => expect(new Set(pixelsOf(explorer.canvas)).size).toBeGreaterThan(50));
    expect(root.dataset.state).toBe('computing');
    const early = pixelsOf(explored.canvas);
    await settle();
    const engine = await createEngine({ engine: 'cpu' });
    const { data } = paintDensity(await engine.run(session.state.request.spec), look);
    engine.dispose();
    await shows(explored.canvas, data);
    expect(early).not.toEqual(data);
  });

  test('computing never holds the page up for 50 ms', async () => {
    explored = await explore(fragmentOf(64, 4000), {});
    const explorer = explored;
    await explorer.settle();
    const held = await leastHeld(3, async () => {
      explorer.session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
      await explorer.settle();
    });
    expect(held).toEqual([]);
  });

  test('another window is begun at once, whatever is still to be computed', async () => {
    explored = await explore(fragmentOf(1024, 2_000_000), {}); // hours
    const { root, session, settle } = explored;
    await vi.waitFor(() => expect(session.plot.frame.querySelector('canvas')).not.toBeNull());
    expect(root.dataset.state).toBe('computing');
    type(fieldOf(root, 'orbits'), '4');
    type(fieldOf(root, 'skip steps'), '100');
    type(fieldOf(root, 'keep steps'), '100');
    await settle();
    const { ensemble, steps } = session.state.request.spec;
    expect([ensemble.orbits, steps]).toEqual([4, { skip: 100, keep: 100 }]);
  });

  test('a worker that ends is told of, and replaced when it is tried again', async () => {
    const workers: Worker[] = [];
    const Original = Worker;
    vi.stubGlobal(
      'Worker',
      class extends Original {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          if (options?.name === 'etascope') workers.push(this);
        }
      },
    );
    explored = await explore(fragmentOf(64, 100_000), {});
    const { root, session, settle } = explored;
    await vi.waitFor(() => expect(session.plot.frame.querySelector('canvas')).not.toBeNull(), {
      timeout: 10_000,
    });
    // A rough picture is there before the run that is to be disturbed.
    await vi.waitFor(
      () => expect(root.querySelector('footer .numbers')?.textContent).not.toBe(''),
      {
        timeout: 10_000,
      },
    );
    const [first] = workers;
    // How a page learns that the browser ended a worker.
    first?.dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
    await settle('failed');
    expect(root.querySelector('.notices .fault')?.textContent).toMatch(/worker.*out of memory/);
    type(fieldOf(root, 'keep steps'), '1000');
    const before = workers.length;
    root.querySelector<HTMLButtonElement>('.notices .action')?.click();
    await settle();
    expect(workers.length).toBeGreaterThan(before);
    expect(root.querySelector('.fault')).toBeNull();
    vi.unstubAllGlobals();
  });

  test('float32 is refused beside its field, and all else goes on', async () => {
    explored = await explore(small, {});
    const { root, settle } = explored;
    await settle();
    choose(explored, 'precision', 'float32');
    await settle('failed');
    const fault = root.querySelector('.panel .fault');
    expect(fault?.previousElementSibling).toBe(
      fieldOf(root, 'precision').closest('.lil-controller'),
    );
    expect(fault?.textContent).toMatch(/WebGPU alone.*"statistics" or "float64"/);
    choose(explored, 'precision', 'float64');
    await settle();
    expect(root.querySelector('.fault')).toBeNull();
  });

  test('a result that was computed elsewhere opens', async () => {
    explored = await explore(small, {});
    const { root, session, settle } = explored;
    await settle();
    const request = presetRequest('logistic');
    const { spec } = withWindow(request, viewportOf(request), session.plot.cells);
    const engine = await createEngine({ engine: 'cpu', workers: 1 });
    const result = await engine.run({ ...spec, steps: { skip: 100, keep: 100 } });
    engine.dispose();
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([encodeNpz(result)], 'result.npz'));
    document.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    await vi.waitFor(() => expect(root.textContent).toContain('Opened result.npz'), {
      timeout: 10_000,
    });
    await shows(explored.canvas, paintDensity(result, look).data);
  });
});

describe('in a browser with a software adapter', () => {
  test('each precision is computed by the engine that has it', async () => {
    explored = await explore(small, {});
    const { settle } = explored;
    await settle();
    expect(engineNamed(explored)).toMatch(/^float64 · CPU: /);
    const onProcessor = explored.canvas;
    const computesOn = (engine: RegExp) =>
      vi.waitFor(() => expect(explored && engineNamed(explored)).toMatch(engine), 60_000);
    choose(explored, 'precision', 'float32');
    await computesOn(/^float32 · WebGPU: /);
    await settle();
    expect(explored.canvas).not.toBe(onProcessor);
    choose(explored, 'precision', 'statistics');
    await computesOn(/^float64 · CPU: /);
    await settle();
    expect(explored.canvas).toBe(onProcessor);
  });

  test('an engine that was asked for by name says which precisions it has', async () => {
    explored = await explore(small, { engine: 'webgpu' });
    const { root, settle } = explored;
    await settle();
    choose(explored, 'precision', 'float64');
    await settle('failed');
    expect(root.querySelector('.panel .fault')?.textContent).toMatch(
      /^precision: the WebGPU engine/,
    );
  });
});
