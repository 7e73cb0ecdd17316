import { vi } from 'vitest';

/** Makes this a browser without WebGPU, until all mocks are restored. */
export function hideWebGpu(): void {
  vi.spyOn(navigator, 'gpu', 'get').mockReturnValue(undefined as unknown as GPU); // as browsers have it
}
