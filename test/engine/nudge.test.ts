import { expect, test } from 'vitest';
import { nudged } from '../../src/engine/webgpu/nudge.ts';
import { testDevice } from '../support/device.ts';

const device = await testDevice();

test('a wait for a device that is done is short, also where it rarely looks', async () => {
  const waits: number[] = [];
  for (let n = 0; n < 15; n++) {
    const before = performance.now();
    device.queue.submit([device.createCommandEncoder().finish()]);
    await nudged(device, device.queue.onSubmittedWorkDone());
    waits.push(performance.now() - before);
  }
  const [median = Number.NaN] = waits.sort((a, b) => a - b).slice(7);
  expect(median).toBeLessThan(50); // Firefox by itself: 100
});

test('a wait that fails fails with the reason', async () => {
  const reason = new Error('no map');
  await expect(nudged(device, Promise.reject(reason))).rejects.toBe(reason);
});
