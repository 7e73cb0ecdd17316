import { afterEach, describe, expect, test, vi } from 'vitest';
import { startExplorer } from '../../src/app/explorer.ts';
import { hideWebGpu } from './hidden-gpu.ts';

const withoutAdapter = { requestAdapter: async () => null } as unknown as GPU; // what a page sees

afterEach(() => vi.restoreAllMocks());

describe('where WebGPU is asked for by name and is not there', () => {
  test.each([
    ['no navigator.gpu', undefined, 'there is no WebGPU here'],
    ['no adapter', withoutAdapter, 'offers no adapter'],
  ])('(%s) the page says so, and what to do', async (_, gpu, reason) => {
    hideWebGpu();
    const root = document.createElement('div');
    document.body.replaceChildren(root);
    expect(await startExplorer(root, { engine: 'webgpu', gpu })).toBeUndefined();
    expect(root.querySelector('[role=alert] h1')?.textContent).toBe('There is no WebGPU here');
    for (const words of [
      reason,
      '?engine=webgpu',
      'chrome://gpu',
      'chrome://flags/#enable-unsafe-webgpu',
      'dom.webgpu.enabled',
      'Version 26',
    ]) {
      expect(root.textContent).toContain(words);
    }
    expect(root.querySelector('canvas')).toBeNull();
    root.querySelector('button')?.click(); // tries again, and finds the same
    await expect.poll(() => root.querySelectorAll('h1').length).toBe(1);
  });
});
