import { expect, test } from 'vitest';
import { createCompiler } from '../../src/engine/webgpu/compile.ts';
import { isSoftware } from '../../src/engine/webgpu/device.ts';
import { writeProgram } from '../../src/engine/webgpu/program.ts';
import { prepareSweep, type SweepOptions } from '../../src/engine/webgpu/sweep.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testDevice } from '../support/device.ts';

const device = await testDevice();

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^4/4 - x^2/2', micro: 'sin(x) + cos(2 x) / 3', epsilon: 1e-3 },
  axes: [{ parameter: 'eta', from: 0.02, to: 0.9, count: 9 }],
  ensemble: { orbits: 130, initial: { x: { uniform: [-2, 2] } }, seed: 42 },
  steps: { skip: 37, keep: 101 },
  measures: [
    { measure: 'density', of: 'x', range: [-2, 2], bins: 63 },
    { measure: 'density', name: 'objective', of: 'f', range: [-0.3, 0.5], bins: 1009 },
    {
      measure: 'joint-density',
      of: ['x', 'f'],
      range: [
        [-2, 2],
        [-0.3, 0.5],
      ],
      bins: [63, 17],
    },
  ],
});

const compile = createCompiler(device); // pipelines take longer than these runs

/** Counts of all columns when the work is cut so. */
async function rowsOf(
  cut: Partial<SweepOptions>,
  { seed = 42, workgroupBytes = 16_384, takesBack = false } = {},
) {
  const run = { ...spec, ensemble: { ...spec.ensemble, seed } };
  const program = await writeProgram(run, workgroupBytes, undefined, takesBack);
  const sweep = await prepareSweep(device, compile, program, {
    sliceMilliseconds: 20,
    fewestSteps: 16,
    enoughGroups: 64,
    ...cut,
  });
  try {
    while (await sweep.next());
    const { rows } = (await sweep.snapshot()).tallies;
    return { rows, windows: Math.ceil(program.layout.denseRow / program.rowCapacity) };
  } finally {
    sweep.dispose();
  }
}

test('no count depends on the length of slices or the cut into tiles', async () => {
  const whole = await rowsOf({});
  const cuts: Partial<SweepOptions>[] = [
    { slice: { steps: 1, columns: 100 } },
    { slice: { steps: 50, columns: 2 } },
    { slice: { steps: 1000, columns: 4 }, states: 130 },
    { states: 33, firstOrbits: 1 },
    { enoughGroups: 1, sliceMilliseconds: 1, fewestSteps: 3 },
    { enoughGroups: 1e6 },
    { states: 700, firstOrbits: 65, slice: { steps: 17, columns: 5 } },
    { largestCount: 130 * 20, slice: { steps: 19, columns: 100 } }, // drained again and again
  ];
  for (const cut of cuts) expect(await rowsOf(cut), JSON.stringify(cut)).toEqual(whole);
});

test.skipIf(!isSoftware(device.adapterInfo))(
  'visits that are counted first and taken off again are those that were looked at first',
  async () => {
    const whole = await rowsOf({});
    for (const cut of [{}, { slice: { steps: 1000, columns: 4 }, states: 130 }]) {
      expect(await rowsOf(cut, { takesBack: true })).toEqual(whole);
    }
  },
);

test('another seed gives other counts, and the same seed the same', async () => {
  const first = await rowsOf({});
  expect(await rowsOf({})).toEqual(first);
  expect(await rowsOf({}, { seed: 43 })).not.toEqual(first);
});

test('bins that do not fit workgroup memory are counted in windows, to the same numbers', async () => {
  const one = await rowsOf({});
  const many = await rowsOf({}, { workgroupBytes: 256 });
  expect(one.windows).toBe(1);
  expect(many.windows).toBeGreaterThan(10);
  expect(many.rows).toEqual(one.rows);
});
