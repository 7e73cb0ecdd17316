import { existsSync, readdirSync } from 'node:fs';
import { RunError } from '../engine/errors.ts';
import { isSoftware } from '../engine/webgpu/device.ts';
import { useSwiftShader } from './software-gpu.ts';

/**
 * `ETASCOPE_SOFTWARE_GPU`: WebGPU on the software driver never with `0`, always with `1`, else where
 * there is no hardware adapter. The engine `auto` is on hardware or on the processor either way.
 */
const SWITCH = 'ETASCOPE_SOFTWARE_GPU';

let own: Promise<GPU | undefined> | undefined;
let made: Promise<GPU> | undefined;

/**
 * Dawn on the machine's own driver where that offers a hardware adapter. Where no driver can be, Dawn
 * is not even loaded.
 *
 * @throws {RunError} `no-adapter` where the package `webgpu` is missing.
 */
export function hardwareGpu(): Promise<GPU | undefined> {
  own ??= findHardware(); // once: a software driver that is set up later looks like an installed one
  return own;
}

async function findHardware(): Promise<GPU | undefined> {
  if (process.env[SWITCH] === '1' || !mayHaveDriver()) return undefined;
  const gpu = await dawn();
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  return adapter && !isSoftware(adapter.info) ? gpu : undefined;
}

/**
 * The WebGPU of this process: Dawn on the machine's own driver where that offers a hardware adapter,
 * else on SwiftShader out of npm. Made once; Dawn must outlive every device made from it.
 *
 * @throws {RunError} `no-adapter` where the package `webgpu` is missing.
 */
export function nodeGpu(): Promise<GPU> {
  made ??= makeGpu();
  return made;
}

async function makeGpu(): Promise<GPU> {
  const hardware = await hardwareGpu();
  if (hardware) return hardware;
  if (process.env[SWITCH] !== '0') useSwiftShader();
  return dawn();
}

/** Whether a Vulkan driver may be installed; where none is, looking for one only prints warnings. */
function mayHaveDriver(): boolean {
  if (process.platform !== 'linux') return true;
  if (driverVariables.some((name) => process.env[name])) return true;
  return driverFolders.some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}

/** Variables that tell the Vulkan loader of drivers. */
const driverVariables = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES'];

/** Where the Vulkan loader looks for drivers. */
const driverFolders = [
  '/usr/share/vulkan/icd.d',
  '/usr/local/share/vulkan/icd.d',
  '/etc/vulkan/icd.d',
];

/** A new instance of Dawn; looks for drivers as the environment then says. */
export async function dawn(): Promise<GPU> {
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    return create([]);
  } catch (error) {
    throw new RunError(
      'no-adapter',
      'the npm package `webgpu` (Dawn) cannot be loaded here: install it with `npm ci`, or use a browser',
      { cause: error },
    );
  }
}
