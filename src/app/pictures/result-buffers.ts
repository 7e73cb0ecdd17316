import type { Result } from '../../engine/result.ts';

/** The memory of all arrays of a result, each once: to hand it to another thread without a copy. */
export function buffersOf({ arrays }: Result): ArrayBuffer[] {
  const buffers = Object.values(arrays).map(({ data }) => data.buffer);
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}
