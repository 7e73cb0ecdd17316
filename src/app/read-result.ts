import type { Result } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';
import type { Reading } from './result-reader.ts';

/**
 * Reads a result file (NPZ) in a worker; the file is not trusted.
 *
 * @throws {RequestError} the codes of `resultFromNpz`; {Error} where the browser lacks the memory or
 *   refuses the worker.
 */
export async function readResult(file: File): Promise<Result> {
  const worker = new Worker(new URL('./result-reader.ts', import.meta.url), {
    type: 'module',
    name: 'etascope reader',
  });
  try {
    const reading = await new Promise<Reading>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<Reading>) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        resolve({ kind: 'failed', message: event.message || 'its worker does not begin' });
      };
      worker.postMessage(file);
    });
    if (reading.kind === 'result') return reading.result;
    if (reading.kind === 'failed')
      throw new Error(`${file.name} cannot be read: ${reading.message}`);
    const { code, where, message } = reading;
    throw new RequestError({ code, where, what: message.slice(`${where}: `.length) });
  } finally {
    worker.terminate();
  }
}
