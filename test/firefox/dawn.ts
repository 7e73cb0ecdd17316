import { dawn } from '../../src/node/node-gpu.ts';
import { useSwiftShader } from '../../src/node/software-gpu.ts';
import { type Count, type Counted, createCount } from './counted.ts';

// Runs in the process of Vitest, for tests that run in Firefox.

let gpu: GPU | undefined; // Dawn must outlive its devices
let count: Promise<Count> | undefined;

async function begin(): Promise<Count> {
  useSwiftShader();
  gpu = await dawn();
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('no WebGPU adapter: see CONTRIBUTING.md, "Software GPU"');
  return createCount(await adapter.requestDevice());
}

/** What Dawn gives for a requested spec. */
export async function countOnDawn(request: object): Promise<Counted> {
  count ??= begin();
  return (await count)(request);
}
