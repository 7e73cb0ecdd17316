import { describe, expect, test } from 'vitest';
import { startExplorer } from '../../src/app/explorer.ts';

const withoutAdapter = { requestAdapter: async () => null } as unknown as GPU; // what a page sees

describe('where there is no WebGPU', () => {
  test.each([
    ['no navigator.gpu', undefined, 'This browser has no WebGPU'],
    ['no adapter', withoutAdapter, 'No graphics adapter for WebGPU'],
  ])('(%s) the page says so, and what to do', async (_, gpu, title) => {
    const root = document.createElement('div');
    document.body.replaceChildren(root);
    expect(await startExplorer(root, gpu)).toBeUndefined();
    expect(root.querySelector('[role=alert] h1')?.textContent).toBe(title);
    for (const cure of [
      'chrome://gpu',
      'chrome://flags/#enable-unsafe-webgpu',
      'dom.webgpu.enabled',
      'Version 26',
      'npm run sweep',
    ]) {
      expect(root.textContent).toContain(cure);
    }
    expect(root.querySelector('canvas')).toBeNull();
    root.querySelector('button')?.click(); // tries again, and finds the same
    await expect.poll(() => root.querySelectorAll('h1').length).toBe(1);
  });
});
