import { expect, test } from 'vitest';
import { startThread } from '../../src/node/worker-thread.ts';

test('a thread that ends by itself is told with its exit code', async () => {
  const port = startThread('onmessage = () => process.exit(3);');
  const reason = new Promise((resolve) => {
    port.onEnd = resolve;
  });
  port.post(0);
  expect(await reason).toMatch(/exit code 3\b/);
});
