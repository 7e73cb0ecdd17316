import { existsSync } from 'node:fs';
import path from 'node:path';
import { unpackChromium } from '../../src/node/software-gpu.ts';

/** Flags that give headless Chromium a SwiftShader WebGPU adapter *and* working canvas presentation. */
const WEBGPU_FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu', // hand out a fallback (CPU) adapter
  '--enable-features=Vulkan', // compositor on Vulkan …
  '--use-vulkan=swiftshader', // … the same one Dawn uses; else the first canvas frame kills the GPU process
  '--use-angle=swiftshader',
  '--disable-background-networking',
];

export interface Launch {
  readonly executablePath: string;
  readonly args: string[];
  readonly env?: Record<string, string>;
}

/** Launch options for Playwright: $CHROMIUM, else the one out of npm. */
export function headlessChromium(): Launch {
  const own = process.env.CHROMIUM;
  if (own && existsSync(own)) return { executablePath: own, args: WEBGPU_FLAGS };
  const dir = unpackChromium();
  if (!dir) throw new Error('no Chromium: install @sparticuz/chromium (npm ci) or set CHROMIUM');
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    executablePath: path.join(dir, 'chromium'),
    args: WEBGPU_FLAGS,
    env: {
      ...Object.fromEntries(inherited),
      LD_LIBRARY_PATH: path.join(dir, 'lib'),
      FONTCONFIG_PATH: path.join(dir, 'fonts'),
    },
  };
}
