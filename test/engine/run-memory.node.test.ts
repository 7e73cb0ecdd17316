import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { layRun } from '../../src/measure/layout.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testedEngines } from '../support/engines.ts';

const engines = await testedEngines();

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '' },
  optimizer: { eta: 0.5 },
  ensemble: { orbits: 2 ** 18, initial: { x: { uniform: [-1, 1] } } },
  steps: { skip: 0, keep: 1 },
  measures: [{ measure: 'final' }],
});

/** Bytes of arrays that are still reached. */
async function held(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 20)); // what has settled is let go of
  collect();
  return process.memoryUsage().arrayBuffers;
}

describe.each(engines)('the engine $name', ({ engine }) => {
  test('keeps nothing of a run that is over, though its signal and device live on', async () => {
    const { signal } = new AbortController();
    await engine.run(spec, { signal });
    const before = await held();
    for (let run = 0; run < 5; run++) await engine.run(spec, { signal });
    const records = 8 * layRun(spec).record.width * spec.ensemble.orbits;
    expect((await held()) - before).toBeLessThan(2 * records);
  });
});
