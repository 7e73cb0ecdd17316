import type { AdapterSurvey } from '../node/survey.ts';

/** Where a survey was made. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Whether ETASCOPE_SOFTWARE_GPU=0 switches the software driver off. */
  readonly isSoftwareOff: boolean;
}

const driverAdvice: Readonly<Record<string, string>> = {
  linux: `install the driver of the graphics card, with its Vulkan part, and the Vulkan loader
(Debian and Ubuntu: apt install libvulkan1; Fedora: dnf install vulkan-loader);
in a container, pass the GPU in (docker run --gpus all, NVIDIA_DRIVER_CAPABILITIES=all)`,
  darwin:
    'every Mac with macOS 12 or newer has a Metal GPU: start etascope from a logged-in session',
  win32: 'install the current driver of the graphics card (Direct3D 12)',
};

/**
 * What this machine lacks, each with the way to get it, in plain words; empty when nothing does.
 */
export function adviceFor(
  survey: AdapterSurvey,
  { platform, arch, isSoftwareOff }: Machine,
): string[] {
  if (survey.dawn === undefined) {
    return [
      `WebGPU itself is missing, and the engine cpu computes alone: the npm package webgpu (Dawn) is not installed, or has no build for
${platform}-${arch} (there are builds for Linux x64 and arm64, macOS, and Windows x64):
run npm ci, without --omit`,
    ];
  }
  const driver = driverAdvice[platform] ?? 'install the Vulkan driver of the graphics card';
  if (survey.adapters.some(({ isFallback }) => !isFallback)) return [];
  if (survey.adapters.length > 0) {
    return [
      `WebGPU has only a software adapter, on which everything works, but slowly: auto chooses the engine
cpu. If there is a GPU, ${driver}`,
    ];
  }
  const advice = [
    `No adapter: WebGPU found no GPU, and the engine cpu computes alone. If there is one, ${driver}`,
  ];
  if (platform !== 'linux' || arch !== 'x64') {
    advice.push(
      `The software GPU that npm brings runs on linux-x64 only, and this is ${platform}-${arch}:
use the GPU's driver, or a linux-x64 machine or container`,
    );
  } else if (isSoftwareOff) {
    advice.push('The software GPU is switched off: unset ETASCOPE_SOFTWARE_GPU');
  } else if (!survey.softwareDriver) {
    advice.push(
      'The software GPU is missing (npm package @sparticuz/chromium): run npm ci, without --omit',
    );
  } else {
    advice.push(
      'The software GPU is installed but does not start: a GNU C library (glibc) is needed, not musl',
    );
  }
  return advice;
}
