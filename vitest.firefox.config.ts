import { defineConfig } from 'vitest/config';
import type { Count } from './test/firefox/counted.ts';
import { findFirefox, headlessFirefox, isOnSwiftShader } from './test/support/headless-firefox.ts';
import { workerScript } from './vite.worker-script.ts';

// The kernels in a second WebGPU, wgpu, whose compiler of WGSL is naga. Laws, replays and cuts of the work
// are Dawn's to hold: test/firefox holds naga to Dawn, bit by bit, over kernels of every kind. Beside it stands
// what that cannot see: functions at their edges, formulas, devices, and workers of another engine of scripts.
const tests = [
  'test/{shaders,firefox}/**/*.test.ts',
  'test/formula/emit-wgsl.test.ts',
  'test/engine/{run,choose-engine,kernel-clock,nudge,random,strips}.test.ts',
  'test/engine/webgpu/live.test.ts',
  'test/engine/cpu/{lost-worker,records,replay,timings,worker-port}.test.ts',
];
const firefox = findFirefox();
if (!firefox) {
  console.warn(`test:firefox skipped: there is no Firefox in $PATH.
Install one (Debian: apt-get install firefox-esr; elsewhere from mozilla.org), or name its program: FIREFOX=...
On linux-x64 it needs no Vulkan driver of the system.`);
}

export default defineConfig({
  plugins: [workerScript()],
  // An engine loads it when it is chosen; found that late, it would reload a page under test.
  optimizeDeps: { include: ['wesl'] },
  test: {
    name: 'firefox',
    include: firefox ? tests : [],
    passWithNoTests: !firefox,
    fileParallelism: false, // the software GPU already uses every core
    isolate: false, // a page for each file takes a second, and each ends what it began
    testTimeout: 120_000,
    hookTimeout: 60_000,
    provide: { isOnSwiftShader, randomFormulas: 120 },
    browser: {
      enabled: firefox !== undefined,
      headless: true,
      screenshotFailures: false,
      provider: headlessFirefox(firefox ?? ''),
      instances: [{ browser: 'firefox' }],
      commands: {
        async countOnDawn({ project }, request: object) {
          // Imported as tests are, with the plugins that shaders need.
          const dawn = await project.import<{ countOnDawn: Count }>('./test/firefox/dawn.ts');
          return dawn.countOnDawn(request);
        },
      },
    },
  },
});
