import { RunError } from '../errors.ts';

/** Workgroup memory we ask for beyond the default 16 KiB: 8192 bins at once instead of 4096. */
const WORKGROUP_BYTES = 32_768;
/** Counts of a wide sweep in one buffer, beyond the default 128 MiB. */
const BUFFER_BYTES = 2 ** 28;

/** Features asked for where they are offered, because three.js uses them on a shared device. */
const FEATURES: readonly GPUFeatureName[] = [
  'core-features-and-limits',
  'float32-filterable',
  'timestamp-query',
];

/** Whether an adapter computes on the processor: it works everywhere and is slow. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe/i.test(describe(info));
}

/** Names an adapter for people. */
export function describe({ description, device, vendor, architecture }: GPUAdapterInfo): string {
  const words = [description || device, vendor, architecture].filter(Boolean);
  return [...new Set(words)].join(', ') || 'unnamed adapter';
}

/** The best adapter of this machine: a hardware one where there is one. */
export async function findAdapter(gpu: GPU | undefined): Promise<GPUAdapter> {
  const adapter =
    (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ??
    (await gpu?.requestAdapter());
  if (adapter) return adapter;
  throw new RunError(
    'no-adapter',
    gpu
      ? 'WebGPU is here but offers no adapter: install a GPU driver with Vulkan, Metal or Direct3D 12 (`etascope doctor` says more), or use the engine cpu'
      : 'there is no WebGPU here: use a browser that has it (Chrome, Edge, Firefox, Safari of 2025 or later), Node with the npm package `webgpu`, or the engine cpu',
  );
}

/** A device with the limits the engine profits from, each no more than the adapter offers. */
export function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const { limits } = adapter;
  return adapter.requestDevice({
    label: 'etascope',
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: {
      maxComputeWorkgroupStorageSize: Math.min(
        limits.maxComputeWorkgroupStorageSize,
        WORKGROUP_BYTES,
      ),
      maxStorageBufferBindingSize: Math.min(limits.maxStorageBufferBindingSize, BUFFER_BYTES),
      maxBufferSize: Math.min(limits.maxBufferSize, BUFFER_BYTES),
    },
  });
}
