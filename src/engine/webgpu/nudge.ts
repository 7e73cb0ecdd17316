import { braked } from './brake.ts';

const INTERVAL = 4; // milliseconds; browsers make shorter ones as long

/**
 * Waits for something of a device, such as `onSubmittedWorkDone` or `mapAsync`, and keeps the device
 * looking whether it has come, but not all the time; see `braked`.
 *
 * Firefox looks only every 100 ms, and at a submission: without empty ones every slice would take so
 * long, however small it was made. Elsewhere they cost nothing that can be measured.
 *
 * @see https://bugzilla.mozilla.org/show_bug.cgi?id=1870699
 */
export async function nudged<T>({ queue }: GPUDevice, awaited: Promise<T>): Promise<T> {
  const timer = setInterval(() => queue.submit([]), INTERVAL);
  try {
    return await braked(awaited);
  } finally {
    clearInterval(timer);
  }
}
