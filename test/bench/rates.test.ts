import { expect, test } from 'vitest';
import { COSINE, ceilingOf } from '../../src/bench/ceiling.ts';
import { loadLayout, measureDevice } from '../../src/bench/device-rates.ts';
import { measureProcessor } from '../../src/bench/processor-rates.ts';
import { textOf } from '../house/project-files.ts';
import { testDevice } from '../support/device.ts';
import { startWorker } from '../support/start-worker.ts';

test('the kernels that measure a device do what they are asked, or it would throw', async () => {
  const rates = await measureDevice(await testDevice());
  for (const rate of Object.values(rates)) {
    expect(rate).toBeGreaterThan(1e6); // a slow processor does a thousand times as many
    expect(rate).toBeLessThan(1e15); // no chip does; a loop that was optimised away would
  }
});

test('a processor multiplies and adds at a rate that is possible', async () => {
  const { multiplyAdds } = await measureProcessor(startWorker, 1);
  expect(multiplyAdds).toBeGreaterThan(1e7);
  expect(multiplyAdds).toBeLessThan(1e11); // 8 a clock, 12 GHz
});

test('the load of the kernels is laid out as their struct', () => {
  const members = [...textOf('shaders/bench/load.wgsl').matchAll(/^ {2}(\w+): (\w+),/gm)];
  expect(members.map(([, name, type]) => [name, type])).toEqual(Object.entries(loadLayout));
});

test('a step takes as long as its busiest unit, and a sine without a unit its multiply-adds', () => {
  const rates = { multiplyAdds: 100, sines: 10, increments: 5 };
  expect(ceilingOf({ sines: 1, multiplyAdds: 2, increments: 0 }, rates)).toBeCloseTo(10, 12);
  expect(ceilingOf({ sines: 1, multiplyAdds: 2, increments: 1 }, rates)).toBeCloseTo(5, 12);
  expect(ceilingOf({ sines: 0, multiplyAdds: 50, increments: 0 }, rates)).toBeCloseTo(2, 12);
  const processor = ceilingOf({ sines: 1, multiplyAdds: 3, increments: 1 }, { multiplyAdds: 100 });
  expect(processor).toBeCloseTo(100 / (COSINE + 3), 12);
});
