import { expect, onTestFinished, test, vi } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { startEarly } from '../../../src/engine/cpu/start-early.ts';
import type { StartWorker, WorkerPort } from '../../../src/engine/cpu/worker-port.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { startWorker } from '../../support/start-worker.ts';

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^2 / 2' },
  optimizer: { eta: 0.5 },
  ensemble: { orbits: 4, initial: { x: { uniform: [-1, 1] } } },
  steps: { skip: 1, keep: 8 },
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 4 }],
});

/** Engines whose workers `start` starts, one of them early; the first has `before` put before its script. */
function engineEarly(before = '') {
  const started: string[] = [];
  const ended = vi.fn();
  const start: StartWorker = (script) => {
    const port = startWorker(started.length === 0 ? before + script : script);
    started.push(script);
    const watched: WorkerPort = { ...port, onMessage() {}, onEnd() {} };
    port.onMessage = (message) => watched.onMessage(message);
    port.onEnd = (reason) => {
      watched.onEnd(reason);
      ended();
    };
    return watched;
  };
  const startWorkers = startEarly(start);
  const create = () => {
    const engine = createCpuEngine({
      startWorker: startWorkers,
      workers: 1,
      description: 'test',
    });
    onTestFinished(engine.dispose);
    return engine;
  };
  return { create, started, ended };
}

test('the first engine computes on the worker that began before it, the next one on another', async () => {
  const { create, started } = engineEarly();
  expect(started).toHaveLength(1);
  const first = await create().run(spec);
  expect(started).toHaveLength(1);
  const second = await create().run(spec);
  expect(started).toHaveLength(2);
  expect(second).toEqual(first);
});

test('an engine has another worker where the early one has ended', async () => {
  const { create, started, ended } = engineEarly("throw new Error('killed');");
  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), { timeout: 10_000 });
  await create().run(spec);
  expect(started).toHaveLength(2);
});
