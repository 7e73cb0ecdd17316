import { afterAll, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { numbers } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(engine.dispose);

const all = Array.from({ length: 20 }, (_, at) => `x${at}`);
const starts = Object.fromEntries(all.map((name, at) => [name, Math.sin(at + 1)]));
/** Variables but for two pairs do not see one another. */
const run = async (
  rule: object,
  variables: readonly string[],
  measures: readonly { measure: string; of?: string }[],
) => {
  const has = (name: string) => variables.includes(name);
  const macro = variables.map((name) => `${name}^2 / ${2 + Number(name.slice(1)) / 10}`);
  if (has('x2')) macro.push('x2 * x17 / 3');
  const micro = variables.map((name) => `sin(${name})`);
  if (has('x4')) micro.push('cos(x4 - x5) / 2');
  const spec = {
    etascope: 1,
    objective: { variables, macro: macro.join(' + '), micro: micro.join(' + '), epsilon: 0.01 },
    optimizer: { eta: 0.2, ...rule },
    ensemble: {
      orbits: 1,
      initial: Object.fromEntries(variables.map((name) => [name, starts[name]])),
    },
    steps: { skip: 70, keep: 1000 },
    measures: [{ measure: 'final' }, ...measures],
  };
  return engine.run(parseSpec(spec));
};

test.each([{ rule: 'gd' }, { rule: 'heavy-ball', momentum: 0.3 }])(
  'variables that are not coupled do bit for bit what they do alone: $rule',
  async (rule) => {
    const density = { measure: 'density', of: 'x3', range: [-1, 1], bins: 32, name: 'density' };
    const moments = (of: string, name: string) => ({ measure: 'moments', of, name });
    const measures = {
      x3: [density],
      x9: [moments('x9^3', 'of-one')],
      'x2 x17': [moments('x2 * x17', 'of-both')],
      'x4 x5': [],
      x19: [],
    };
    const together = await run(rule, all, Object.values(measures).flat());
    const final = numbers(together, 'final');
    for (const [names, own] of Object.entries(measures)) {
      const alone = await run(rule, names.split(' '), own);
      expect(numbers(alone, 'final')).toEqual(
        names.split(' ').map((name) => final[all.indexOf(name)]),
      );
      for (const name of Object.keys(alone.arrays)) {
        if (!/density|of-/.test(name)) continue;
        expect(numbers(together, name), name).toEqual(numbers(alone, name));
      }
    }
    expect(new Set(final).size).toBe(all.length);
  },
);
