import type { Engine } from '../../engine/engine.ts';
import type { EngineName } from '../engine-choice.ts';

/** Engines by name, each started when it is first asked for. */
export interface EngineShelf {
  engine(name: EngineName): Promise<Engine>;
  dispose(): void;
}

export function engineShelf(): EngineShelf {
  const started = new Map<EngineName, Engine>();
  return {
    engine: async (name) => {
      const known = started.get(name);
      if (known) return known;
      const { createEngine } = await import('../../node/index.ts');
      const engine = await createEngine({ engine: name });
      started.set(name, engine);
      return engine;
    },
    dispose: () => {
      for (const engine of started.values()) engine.dispose();
      started.clear();
    },
  };
}
