import { createRateKernel } from './rate-kernel.ts';

/** What a worker is asked: so many turns; it answers with the time they took and the sum they left. */
export interface RateAnswer {
  readonly seconds: number;
  readonly sum: number;
}

interface Port {
  postMessage(message: RateAnswer): void;
  onmessage: ((event: { data: number }) => void) | null;
}

const port = globalThis as unknown as Port; // a worker's global is its port; threads of Node are given one
const kernel = createRateKernel();

port.onmessage = ({ data: turns }) => {
  const start = performance.now();
  const sum = kernel(turns);
  port.postMessage({ seconds: (performance.now() - start) / 1000, sum });
};
