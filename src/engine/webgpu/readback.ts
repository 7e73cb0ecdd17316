import { RunError } from '../errors.ts';
import { nudged } from './nudge.ts';

/** Bytes mapped at once: bounds the memory of a readback. */
const PIECE = 2 ** 25;

/**
 * Copies the first `length` 32-bit words of a buffer to the host, piece by piece.
 *
 * @param lostReason tells why the device was lost, if it was.
 * @throws {RunError} `device-lost`.
 */
export async function readWords(
  device: GPUDevice,
  source: GPUBuffer,
  length: number,
  lostReason: () => string | undefined,
): Promise<Uint32Array> {
  const words = new Uint32Array(length);
  const size = Math.min(PIECE, 4 * length);
  const staging = device.createBuffer({
    label: `${source.label} readback`,
    size: Math.max(4, size),
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  try {
    for (let at = 0; at < 4 * length; at += size) {
      const bytes = Math.min(size, 4 * length - at);
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(source, at, staging, 0, bytes);
      device.queue.submit([encoder.finish()]);
      await nudged(device, staging.mapAsync(GPUMapMode.READ, 0, bytes));
      words.set(new Uint32Array(staging.getMappedRange(0, bytes)), at / 4);
      staging.unmap();
    }
  } catch (error) {
    const reason = lostReason();
    if (reason === undefined) throw error;
    throw new RunError('device-lost', `the GPU device was lost: ${reason}`, { cause: error });
  } finally {
    staging.destroy();
  }
  return words;
}
