import { deadPort, openPort } from './open-port.ts';
import type { StartWorker } from './worker-port.ts';

/** A worker tells its page of errors that are thrown, but not of promises that nobody catches. */
const throwRejections = `addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  throw event.reason;
});
`;

/** Starts a Web Worker from a Blob: it needs no file of its own on the page's server. */
export const startWebWorker: StartWorker = (script) => {
  const url = URL.createObjectURL(new Blob([throwRejections, script], { type: 'text/javascript' }));
  let worker: Worker;
  try {
    worker = new Worker(url, { name: 'etascope' });
  } catch (error) {
    URL.revokeObjectURL(url);
    return deadPort(error); // no Blob may be a worker where Content-Security-Policy says so
  }
  const { port, receive, fail } = openPort({
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    end() {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  });
  worker.onmessage = ({ data }) => {
    URL.revokeObjectURL(url); // a worker that speaks has read it
    receive(data);
  };
  worker.onmessageerror = () => fail('a message of the worker cannot be read');
  worker.onerror = (event) => {
    event.preventDefault(); // it is told to who started the worker, not to the console
    // Firefox does not say why a worker could not begin.
    fail(event.message || 'the page does not let a worker begin, or its script does not parse');
  };
  return port;
};
