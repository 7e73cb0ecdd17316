import { Worker } from 'node:worker_threads';
import { deadPort, openPort } from '../engine/cpu/open-port.ts';
import type { StartWorker } from '../engine/cpu/worker-port.ts';

/** Gives a thread the names that a Web Worker has, so that the same script runs in both. */
const webNames = `{
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  globalThis.self = globalThis;
  globalThis.postMessage = parentPort.postMessage.bind(parentPort);
  Object.defineProperty(globalThis, 'onmessage', {
    set: (listen) => {
      parentPort.onmessage = listen;
    },
  });
}
`;

/** Starts a thread. It does not keep the process alive; who awaits it holds the process. */
export const startThread: StartWorker = (script) => {
  let thread: Worker;
  try {
    // Without the options of this process: a loader (`--import`) would slow each start down, and
    // with `--input-type=module` the script would not be a classic one.
    thread = new Worker(webNames + script, { eval: true, execArgv: [], name: 'etascope' });
  } catch (error) {
    return deadPort(error); // e.g. under --permission without --allow-worker
  }
  const { port, receive, fail } = openPort({
    post: (message, transfer) => thread.postMessage(message, transfer),
    end: () => void thread.terminate(),
  });
  thread.on('message', receive);
  thread.on('messageerror', () => fail('a message of the thread cannot be read'));
  thread.on('error', fail);
  thread.on('exit', (code) => fail(`the thread ended by itself, with exit code ${code}`));
  thread.unref(); // last: to listen to its messages is to hold the process again
  return port;
};
