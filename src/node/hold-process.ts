import type { CpuEngine } from '../engine/cpu/cpu-engine.ts';

const AGES = 2 ** 30; // milliseconds

/** Waits for `promise`, and keeps the process alive meanwhile. */
async function hold<Value>(promise: Promise<Value>): Promise<Value> {
  const timer = setInterval(() => {}, AGES);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
  }
}

async function* holdItems<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await hold(iterator.next());
      if (done) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

/**
 * The same engine, keeping the process alive while somebody awaits what it computes.
 *
 * Its threads do not: an engine that nobody disposed of must not keep a finished program from ending.
 */
export function holdProcess(engine: CpuEngine): CpuEngine {
  return {
    name: engine.name,
    description: engine.description,
    run: (spec, options) => hold(engine.run(spec, options)),
    stream: (spec, options) => holdItems(engine.stream(spec, options)),
    async grow(spec, options) {
      const growing = await hold(engine.grow(spec, options));
      return {
        provenance: growing.provenance,
        density: growing.density,
        frames: () => holdItems(growing.frames()),
        result: () => growing.result(),
      };
    },
    dispose: () => engine.dispose(),
  };
}
