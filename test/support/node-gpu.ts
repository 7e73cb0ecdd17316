import { useSwiftShader } from '../../src/node/software-gpu.ts';

useSwiftShader();
const { create, globals } = await import('webgpu');
Object.assign(globalThis, globals);
// Dawn must outlive every device made from it, so `gpu` stays on a global.
Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
