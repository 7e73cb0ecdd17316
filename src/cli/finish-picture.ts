import { setImmediate } from 'node:timers/promises';
import type { Io } from './io.ts';

/** Encodes a picture to its end, unless a signal comes meanwhile. */
export async function finishPicture<Picture>(
  encoding: AsyncGenerator<number, Picture>,
  io: Io,
): Promise<Picture> {
  for (;;) {
    const { done, value } = await encoding.next();
    await setImmediate(); // a signal gets its turn
    io.signal.throwIfAborted();
    if (done) return value;
  }
}
