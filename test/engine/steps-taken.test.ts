import { describe, expect, test } from 'vitest';
import type { Progress } from '../../src/engine/engine.ts';
import { orbitStepCount } from '../../src/spec/columns.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testedEngines } from '../support/engines.ts';

const engines = await testedEngines();

/** Two wells: orbits leave the left one sooner or later, and nothing follows them then. */
const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^4 / 4 - x^2 / 2', micro: '-cos(x)', epsilon: 0.05 },
  axes: [{ parameter: 'eta', from: 0.4, to: 1, count: 8 }],
  ensemble: { orbits: 64, initial: { x: { uniform: [-1.05, -0.95] } }, seed: 1 },
  steps: { skip: 0, keep: 1 },
  measures: [{ measure: 'escape', when: 'x > 0', horizon: 20_000, times: true }],
});

describe.each(engines)('the engine $name', ({ name, engine }) => {
  test('tells which steps orbits took, and which they did not need', async () => {
    let last: Progress | undefined;
    const { arrays } = await engine.run(spec, {
      onProgress(progress) {
        last = progress;
      },
    });
    const times = Array.from(arrays.escape_times?.data ?? [], Number);
    expect(times).toHaveLength(8 * 64);
    expect(times.every((time) => time > 0)).toBe(true); // all have escaped
    const needed = times.reduce((sum, time) => sum + time, 0);
    const taken = last?.orbitStepsTaken ?? 0;
    expect(last?.share).toBe(1);
    expect(last?.orbitSteps).toBe(orbitStepCount(spec));
    if (name === 'cpu') expect(taken).toBe(needed);
    // The device follows those that are left in groups of orbits, and looks now and then who that is.
    expect(taken).toBeGreaterThanOrEqual(needed);
    expect(taken).toBeLessThan(orbitStepCount(spec) / 4);
  });
});
