import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import type { StartWorker, WorkerPort } from '../../../src/engine/cpu/worker-port.ts';
import { RunError } from '../../../src/engine/errors.ts';
import { requestsOf } from '../../../src/spec/measures/registry.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { startWorker } from '../../support/start-worker.ts';

// Real workers that really end: JavaScript put before the worker's own script kills it from inside.

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-2 },
  axes: [{ parameter: 'eta', from: 0.05, to: 0.3, count: 5 }],
  ensemble: { orbits: 32, initial: { x: { uniform: [-1, 1] } } },
  steps: { skip: 10, keep: 20_000 }, // more than one tile: both workers have work
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
});
/** A minute of work: whatever happens to a worker happens in the middle of it. */
const endless = { ...spec, steps: { skip: 0, keep: 2 ** 32 } };

/** Ends the worker after it sent its first message of a kind. */
const endsAt = (kind: string) => `{
  const post = self.postMessage.bind(self);
  self.postMessage = (message, transfer) => {
    post(message, transfer);
    if (message.kind === '${kind}') setTimeout(() => { throw new Error('killed'); });
  };
}
`;
/** Ends the worker when something is said on a channel. */
const endsOn = (channel: string) => `
globalThis.ends = new BroadcastChannel('${channel}');
ends.onmessage = () => setTimeout(() => { throw new Error('killed'); });
`;
/** Stands for a machine whose memory is full. */
const hasNoMemory = `WebAssembly.Memory.prototype.grow = () => {
  throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
};
`;

/** An engine of two workers; one of the first that it starts has `before` put before its script. */
function engineWith(before: string, which = 0) {
  let started = 0;
  let ended = 0;
  const start: StartWorker = (script) => {
    const port = startWorker(started++ === which ? before + script : script);
    const watched: WorkerPort = { ...port, onMessage() {}, onEnd() {} };
    port.onMessage = (message) => watched.onMessage(message);
    port.onEnd = (reason) => {
      ended++;
      watched.onEnd(reason);
    };
    return watched;
  };
  const engine = createCpuEngine({ startWorker: start, workers: 2, description: 'test' });
  onTestFinished(engine.dispose);
  return { engine, started: () => started, ended: () => ended };
}

const right = (async () => {
  const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
  const { arrays } = await engine.run(spec);
  engine.dispose();
  return arrays;
})();

describe('a worker that ends', () => {
  test('in the middle of a run fails it with the reason, and the next run is right', async () => {
    const { engine, started } = engineWith(endsAt('steps'));
    const error = await engine.run(endless).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RunError);
    expect(error).toMatchObject({
      code: 'worker-lost',
      message: expect.stringContaining('killed'),
    });
    expect((await engine.run(spec)).arrays).toEqual(await right);
    expect(started()).toBe(4); // nobody knows what the other one was doing: both were replaced
  });

  test('in the middle of a stream fails that, and runs that wait are done', async () => {
    const { engine } = engineWith(endsAt('counts'));
    const stream = engine.stream(endless)[Symbol.asyncIterator]();
    const lost = (async () => {
      while (!(await stream.next()).done);
    })();
    const next = engine.run(spec);
    await expect(lost).rejects.toMatchObject({ code: 'worker-lost' });
    expect((await next).arrays).toEqual(await right);
  });

  test('as it is told to stop does not hold up the next run', async () => {
    const { engine } = engineWith(endsAt('steps'));
    const stop = new AbortController();
    const run = engine.run(endless, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow(/enough|killed/); // which of them is told first varies
    // It may stop as told before it ends: then a later run is the one that loses it.
    const later: unknown[] = [];
    for (let i = 0; i < 3; i++) later.push(await engine.run(spec).catch((reason) => reason));
    const lost = later.filter((outcome) => outcome instanceof RunError);
    const whole = later.filter((outcome) => !(outcome instanceof RunError));
    expect(lost.map(({ code }) => code)).toEqual(lost.length === 0 ? [] : ['worker-lost']);
    for (const result of whole) expect(result).toMatchObject({ arrays: await right });
  });

  test('between two runs is replaced', async () => {
    const { engine, started } = engineWith(endsAt('counts'));
    const first = await engine.run(spec).catch((reason: unknown) => reason);
    if (first instanceof RunError) expect(first.code).toBe('worker-lost'); // it had a tile to come
    await new Promise((resolve) => setTimeout(resolve, 200)); // its end is told meanwhile
    expect((await engine.run(spec)).arrays).toEqual(await right);
    expect(started()).toBeGreaterThan(2);
  });

  test('beside one that works does not disturb that', async () => {
    const { engine, started, ended } = engineWith(endsOn('beside'), 1);
    const channel = new BroadcastChannel('beside');
    onTestFinished(() => channel.close());
    await engine.run(spec);
    const stop = new AbortController();
    const single = { ...endless, axes: [], optimizer: { ...spec.optimizer, eta: 0.1 } };
    const oneTile = { ...single, ensemble: { ...spec.ensemble, orbits: 1 } };
    const run = engine.run(oneTile, {
      signal: stop.signal,
      onProgress: () => channel.postMessage('now it works'),
    });
    await vi.waitFor(() => expect(ended()).toBe(1), { timeout: 60_000 });
    stop.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    expect((await engine.run(spec)).arrays).toEqual(await right);
    expect(started()).toBe(3);
  });

  test('for lack of memory says so, and the next run is right', async () => {
    const { engine } = engineWith(hasNoMemory);
    const [density] = requestsOf(spec.measures, 'density');
    if (!density) throw new Error('the spec has no density');
    const large = { ...spec, measures: [{ ...density.request, bins: 2 ** 18 }] };
    await expect(engine.run(large)).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringContaining('fewer bins'),
    });
    expect((await engine.run(spec)).arrays).toEqual(await right);
  });
});

test('workers that cannot start fail the run', async () => {
  const start: StartWorker = () => startWorker('this is no JavaScript');
  const engine = createCpuEngine({ startWorker: start, workers: 2, description: 'test' });
  await expect(engine.run(spec)).rejects.toMatchObject({ code: 'worker-lost' });
  engine.dispose();
});

test('an engine that is disposed of ends its runs, and begins no more', async () => {
  const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
  const run = engine.run(endless, { onProgress: () => engine.dispose() });
  const waiting = engine.run(spec);
  for (const each of [run, waiting, engine.run(spec)]) {
    await expect(each).rejects.toMatchObject({
      code: 'worker-lost',
      message: expect.stringContaining('disposed'),
    });
  }
});
