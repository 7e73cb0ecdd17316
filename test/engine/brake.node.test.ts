import { expect, test } from 'vitest';
import { braked } from '../../src/engine/webgpu/brake.ts';

/** Turns of the event loop while something is awaited. */
async function turnsDuring(wait: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns++;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await wait;
  isOver = true;
  return turns;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a loop that only looks turns far less often while it waits, and as before afterwards', async () => {
  const free = await turnsDuring(pause(200));
  expect(await turnsDuring(braked(pause(200)))).toBeLessThan(free / 20);
  expect(await turnsDuring(pause(200))).toBeGreaterThan(free / 10);
});

test('timers come in time while two waits overlap, and what fails ends its wait', async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  await Promise.all([braked(pause(150)), braked(pause(300))]);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(15); // 60, on an idle machine
  const reason = new Error('no pipeline');
  await expect(braked(Promise.reject(reason))).rejects.toBe(reason);
  expect(await turnsDuring(pause(50))).toBeGreaterThan(500);
});
