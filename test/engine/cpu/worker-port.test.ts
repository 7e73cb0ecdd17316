import { expect, onTestFinished, test, vi } from 'vitest';
import type { WorkerPort } from '../../../src/engine/cpu/worker-port.ts';
import { startWorker } from '../../support/start-worker.ts';

/** Starts a worker that ends with the test. */
function started(script: string): WorkerPort {
  const port = startWorker(script);
  onTestFinished(() => port.terminate());
  return port;
}

const echo = 'onmessage = ({ data }) => postMessage(data);';
/** Never gives control back. */
const stuck = 'onmessage = () => { postMessage("began"); for (;;); };';

const endOf = (port: WorkerPort) =>
  new Promise<string>((resolve) => {
    port.onEnd = resolve;
  });
const messageOf = (port: WorkerPort) =>
  new Promise<unknown>((resolve, reject) => {
    port.onMessage = resolve;
    port.onEnd = reject;
  });

test('messages arrive whole and in order', async () => {
  const port = started(echo);
  const messages = Array.from({ length: 100 }, (_, i) => ({ i, data: new Float64Array([i, 0.5]) }));
  const received: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    port.onEnd = reject;
    port.onMessage = (message) => {
      if (received.push(message) === messages.length) resolve();
    };
    for (const message of messages) port.post(message);
  });
  expect(received).toEqual(messages);
});

test('a transferred buffer is handed over, both ways', async () => {
  const port = started('onmessage = ({ data }) => postMessage(data, [data]);');
  const answer = messageOf(port);
  const { buffer } = Float64Array.of(1, 2, 3);
  port.post(buffer, [buffer]);
  expect(buffer.byteLength).toBe(0);
  expect(await answer).toEqual(Float64Array.of(1, 2, 3).buffer);
});

test('a script that does not parse ends the worker with the reason', async () => {
  expect(await endOf(started('not JavaScript'))).toMatch(/unexpected|identifier|not parse/i);
});

test('an error that nobody catches ends the worker with its message', async () => {
  const port = started('onmessage = () => { throw new RangeError("too far"); };');
  const reason = endOf(port);
  port.post(0);
  expect(await reason).toContain('too far');
});

test('a promise that nobody catches ends the worker with its reason', async () => {
  const port = started('onmessage = async () => { throw new RangeError("too far"); };');
  const reason = endOf(port);
  port.post(0);
  expect(await reason).toContain('too far');
});

test('a worker that has ended is told once, and takes further messages in silence', async () => {
  const port = started('onmessage = ({ data }) => { throw new Error(data); };');
  const onEnd = vi.fn();
  const first = new Promise<void>((resolve) => {
    port.onEnd = (reason) => {
      onEnd(reason);
      resolve();
    };
  });
  port.post('first');
  port.post('second');
  await first;
  port.post('third');
  port.terminate();
  await messageOfAnother();
  expect(onEnd).toHaveBeenCalledTimes(1);
});

test('a worker that never gives control back is terminated, and that is no end to tell', async () => {
  const port = started(stuck);
  const began = messageOf(port);
  port.post(0);
  expect(await began).toBe('began');
  const onEnd = vi.fn();
  port.onEnd = onEnd;
  port.terminate();
  await messageOfAnother();
  expect(onEnd).not.toHaveBeenCalled();
});

/** Time enough for news of another worker to arrive: a whole worker starts and answers. */
async function messageOfAnother(): Promise<void> {
  const port = started(echo);
  const answer = messageOf(port);
  port.post(0);
  await answer;
}
