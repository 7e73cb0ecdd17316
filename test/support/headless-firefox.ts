import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import type { BrowserProvider, BrowserProviderOption, TestProject } from 'vitest/node';
import { unpackSwiftShader } from '../../src/node/software-gpu.ts';

/** Preferences of the profile: WebGPU, on a software driver too, and no page but the one asked for. */
const PREFERENCES = {
  'dom.webgpu.enabled': true,
  'gfx.webgpu.ignore-blocklist': true,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
};

const NAMES = ['firefox', 'firefox-esr', 'firefox.exe'];
/** Where installers put it that leave $PATH alone. */
const FOLDERS = [
  '/Applications/Firefox.app/Contents/MacOS',
  String.raw`C:\Program Files\Mozilla Firefox`,
];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The program of Firefox: $FIREFOX, else one in $PATH or where its installer puts it.
 *
 * @throws {Error} where $FIREFOX names no program: who names one wants no other.
 */
export function findFirefox(): string | undefined {
  const own = process.env.FIREFOX;
  if (own && !isProgram(own)) throw new Error(`FIREFOX names no program: ${own}`);
  const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean), ...FOLDERS];
  return own || folders.flatMap((dir) => NAMES.map((name) => path.join(dir, name))).find(isProgram);
}

const hasOwnDriver = Boolean(process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES);
const swiftShader = hasOwnDriver ? undefined : unpackSwiftShader();

/** Whether Firefox computes on the driver that Dawn has in the tests, so that only compilers differ. */
export const isOnSwiftShader = swiftShader !== undefined;

/** One Firefox with a profile of its own, which goes with it. */
function openFirefox(program: string, url: string) {
  const profile = mkdtempSync(path.join(tmpdir(), 'etascope-firefox-'));
  const preferences = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(path.join(profile, 'user.js'), preferences.join(''));
  const vulkan = swiftShader && {
    LD_LIBRARY_PATH: swiftShader, // its libvulkan.so.1
    VK_ICD_FILENAMES: path.join(swiftShader, 'vk_swiftshader_icd.json'),
  };
  const firefox = spawn(program, ['--headless', '--no-remote', '--profile', profile, url], {
    env: { ...process.env, ...vulkan, MOZ_CRASHREPORTER_DISABLE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  firefox.stderr.on('data', (text) => {
    said = (said + text).slice(-2000);
  });
  const end = () => firefox.kill();
  process.once('exit', end);
  /** What there is to say of its end. */
  const ended = once(firefox, 'exit')
    .then(([code, signal]) => `ended with ${signal ?? code}, and said:\n${said}`)
    .catch((error) => `could not be started: ${error}`)
    .finally(() => {
      process.off('exit', end);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    });
  return { ended, end };
}

/**
 * A provider of Vitest that opens its page in a headless Firefox, without a protocol: the page finds
 * its way to Vitest by itself. (Playwright asks Firefox ESR 153 for commands that it does not know.)
 */
export function headlessFirefox(program: string): BrowserProviderOption {
  return {
    ...playwright(), // for its server, which is that of every provider
    name: 'firefox',
    supportedBrowser: ['firefox'],
    options: {},
    providerFactory: (project) => createProvider(program, project),
  };
}

function createProvider(program: string, { vitest }: TestProject): BrowserProvider {
  const open = new Set<ReturnType<typeof openFirefox>>();
  return {
    name: 'firefox',
    supportsParallelism: false,
    getCommandsContext: () => ({}),
    async openPage(_session, url) {
      const firefox = openFirefox(program, url);
      open.add(firefox);
      firefox.ended.then((how) => {
        if (open.delete(firefox)) vitest.logger.error(`${program} ${how}`);
      });
    },
    async close() {
      const all = [...open];
      open.clear();
      for (const { end } of all) end();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
