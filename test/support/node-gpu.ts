import { mkdirSync, rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import { useSwiftShader } from '../../src/node/software-gpu.ts';
import { testFolder } from './test-folder.ts';

// Runs before every test file of Node; all files run in one process.

// Dawn must outlive every device made from it, so `gpu` stays on a global, the same for all files.
if (!globalThis.navigator?.gpu) {
  useSwiftShader();
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const value = { gpu: create([]) };
  Object.defineProperty(globalThis, 'navigator', { value, configurable: true });
}

mkdirSync(testFolder, { recursive: true });
afterAll(() => rmSync(testFolder, { recursive: true, force: true }));
