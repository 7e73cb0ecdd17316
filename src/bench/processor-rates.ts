import type { StartWorker, WorkerPort } from '../engine/cpu/worker-port.ts';
import type { Rates } from './ceiling.ts';
import { sumAfter, TURN } from './rate-kernel.ts';
import type { RateAnswer } from './rate-worker.ts';
import script from './rate-worker.ts?script';
import { WrongKernel } from './wrong-kernel.ts';

/** Turns to begin with, seconds of a try that counts, and how many are taken; the fastest is the ceiling. */
const FEW_TURNS = 2 ** 14;
const TARGET = 0.1;
const TRIES = 5;

/**
 * Measures what WebAssembly on a processor can do: multiplications followed by an addition of f64, in
 * vectors of two, on all workers at once.
 *
 * @throws {WrongKernel} where one left another sum than so many turns make; {Error} where it does not start.
 */
export async function measureProcessor(startWorker: StartWorker, workers: number): Promise<Rates> {
  const hold = setInterval(() => {}, 1000); // threads of Node do not keep their process alive
  const ports = Array.from({ length: workers }, () => startWorker(script));
  try {
    const rateOf = async (turns: number) => {
      const answers = await Promise.all(ports.map((port) => ask(port, turns)));
      for (const { sum } of answers) {
        if (sum === sumAfter(turns)) continue;
        throw new WrongKernel(`multiply-add on the processor: left ${sum}, not ${sumAfter(turns)}`);
      }
      const seconds = Math.max(...answers.map((answer) => answer.seconds));
      return { seconds, multiplyAdds: (workers * turns * TURN) / seconds };
    };
    let turns = FEW_TURNS;
    let { seconds, multiplyAdds } = await rateOf(turns);
    while (seconds < TARGET / 2) {
      turns = Math.ceil(turns * Math.min(16, TARGET / Math.max(seconds, 1e-4)));
      ({ seconds, multiplyAdds } = await rateOf(turns));
    }
    for (let at = 1; at < TRIES; at++) {
      multiplyAdds = Math.max(multiplyAdds, (await rateOf(turns)).multiplyAdds);
    }
    return { multiplyAdds };
  } finally {
    clearInterval(hold);
    for (const port of ports) port.terminate();
  }
}

function ask(port: WorkerPort, turns: number): Promise<RateAnswer> {
  return new Promise((resolve, reject) => {
    port.onMessage = (message) => resolve(message as RateAnswer); // our own worker's
    port.onEnd = (reason) => reject(new Error(`a worker ended: ${reason}`));
    port.post(turns);
  });
}
