import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { headlessChromium } from './test/support/headless-chromium.ts';
import { workerScript } from './vite.worker-script.ts';

// One suite, two WebGPU hosts: Dawn in Node and headless Chromium, both on a real adapter
// (a software one where there is no other).
const pure = ['test/{spec,formula,measure,analysis,export,figure}/**/*.test.ts'];
const gpu = ['test/{engine,shaders}/**/*.test.ts'];

export default defineConfig({
  test: {
    fileParallelism: false, // the software GPU already uses every core
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      {
        plugins: [workerScript()],
        test: {
          name: 'node',
          include: [...pure, ...gpu, 'test/{node,cli,house,reproduce,bench}/**/*.test.ts'],
          setupFiles: ['test/support/node-gpu.ts'],
          isolate: false, // a process for each of 130 files takes a minute; each ends what it began
          testTimeout: 120_000,
          benchmark: { include: ['bench/**/*.bench.ts'] },
        },
      },
      {
        plugins: [workerScript()],
        // Loaded when an engine or a video is chosen; found that late, they would reload a page under test.
        optimizeDeps: { include: ['wesl', 'mediabunny', 'axe-core'] },
        test: {
          name: 'browser',
          include: [...gpu, 'test/{view,app}/**/*.test.ts'],
          // Laws of large samples, replays against the host and cuts of the work are Dawn's, SwiftShader's and
          // V8's as well as Chromium's: once is enough. What is left runs both engines in Chromium's workers
          // and on its devices.
          exclude: [
            'test/**/*.node.test.ts',
            'test/engine/{ensemble,joint-density,measures,pace,phase-error*,plan,random,slicing}.test.ts',
            'test/engine/micro-structure*.test.ts',
            'test/engine/webgpu/{measures,records,rules}.test.ts',
            'test/engine/cpu/{confinement,cut,gradient-flow,measures,phase,pieces,records,replay,rules,starts,tangents}.test.ts',
          ],
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: headlessChromium() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
