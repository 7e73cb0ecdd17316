import { createRequire } from 'node:module';
import { isSoftware } from '../engine/webgpu/device.ts';
import { nodeGpu } from './node-gpu.ts';
import { hasSoftwareDriver } from './software-gpu.ts';

/** One adapter, for people. */
export interface AdapterView {
  readonly name: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly isFallback: boolean;
  readonly limits: Readonly<Record<string, number>>;
  readonly features: readonly string[];
}

export interface AdapterSurvey {
  readonly adapters: readonly AdapterView[];
  /** Version of the npm package `webgpu`, where it is installed. */
  readonly dawn: string | undefined;
  /** Whether the software driver out of npm is installed. */
  readonly softwareDriver: boolean;
  /** Why the survey is not whole; empty when it is. */
  readonly notes: readonly string[];
}

/** Looks what WebGPU this machine has for Node. */
export async function surveyAdapters(): Promise<AdapterSurvey> {
  const dawn = versionOf('webgpu');
  const softwareDriver = hasSoftwareDriver();
  const adapters: AdapterView[] = [];
  if (dawn !== undefined) {
    const gpu = await nodeGpu();
    const adapter =
      (await gpu.requestAdapter({ powerPreference: 'high-performance' })) ??
      (await gpu.requestAdapter());
    if (adapter) adapters.push(viewOf(adapter));
  }
  return { adapters, dawn, softwareDriver, notes: [] };
}

function viewOf(adapter: GPUAdapter): AdapterView {
  const { info, features } = adapter;
  const limits: Record<string, number> = {};
  for (const name of shownLimits) limits[name] = adapter.limits[name];
  return {
    name: info.description || info.device || 'unnamed adapter',
    vendor: info.vendor,
    architecture: info.architecture,
    isFallback: isSoftware(adapter.info),
    limits,
    features: [...features].sort(),
  };
}

const shownLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
] as const;

function versionOf(name: string): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    const { version } = require(`${name}/package.json`);
    return version;
  } catch {
    return undefined;
  }
}
