import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, spawned } from './command-line.ts';

const folder = emptyFolder();
// A Vulkan loader that is told of one driver, and that one is empty: no hardware adapter.
const noDriver = path.join(folder, 'empty-icd.json');
writeFileSync(noDriver, '');
/** A line of a stack trace of ours; Dawn, which is C++, may print its own about missing drivers. */
const stackLine = /^\s+at .*\.[jt]s:\d+/m;

const bare = {
  VK_ICD_FILENAMES: noDriver,
  VK_DRIVER_FILES: noDriver,
  ETASCOPE_SOFTWARE_GPU: '0',
};

test('on a machine that can run, doctor says on what, and exits with 0', async () => {
  const { exitCode, stdout, stderr } = await spawned(['doctor'], folder);
  expect(exitCode, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/webgpu +works, on \S/);
  expect(stdout).toMatch(/cpu +works, on \S.*\d workers?/);
  expect(stdout).toMatch(/auto +chooses (webgpu|cpu): \S/);
  expect(stdout).toMatch(/cores +\d/);
  expect(stdout).toMatch(/WebAssembly SIMD +there/);
  expect(stdout).toMatch(/workgroup memory +\d/);
  expect(stdout).toContain('Ready');
});

test('doctor --json is one document with engines, processor, adapters, limits and advice', async () => {
  const { exitCode, stdout } = await spawned(['doctor', '--json'], folder);
  const report = JSON.parse(stdout);
  expect(exitCode).toBe(0);
  expect(report.works).toBe(true);
  expect(report.engines.map(({ name }: { name: string }) => name)).toEqual(['webgpu', 'cpu']);
  expect(report.adapters[0].limits.maxStorageBufferBindingSize).toBeGreaterThanOrEqual(2 ** 27);
  const isSlow = report.adapters.every(({ isFallback }: { isFallback: boolean }) => isFallback);
  expect(report.advice.length > 0).toBe(isSlow);
  expect(report.auto.engine).toBe(isSlow ? 'cpu' : 'webgpu');
  expect(report.processor).toMatchObject({ cores: availableParallelism(), simd: true });
});

test('without any driver, doctor says what is missing and how to get it; the processor is enough', async () => {
  const { exitCode, stdout, stderr } = await spawned(['doctor'], folder, { env: bare });
  expect(exitCode, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/webgpu +cannot run: \S/);
  expect(stdout).toMatch(/auto +chooses cpu: there is no hardware adapter/);
  expect(stdout).toContain('No adapter');
  expect(stdout).toContain('ETASCOPE_SOFTWARE_GPU');
  expect(stdout).toContain('Ready');
  expect(stderr).not.toMatch(stackLine);
});

test('where no engine can run, doctor says so and exits with 1', async () => {
  const { exitCode, stdout } = await spawned(['doctor'], folder, {
    env: { ...bare, NODE_OPTIONS: '--jitless' }, // a Node without WebAssembly
  });
  expect(exitCode, stdout).toBe(1);
  expect(stdout).toMatch(/cpu +cannot run: \S/);
  expect(stdout).toMatch(/WebAssembly SIMD +missing/);
  expect(stdout).toContain('Nothing can run here yet');
});

test('without any driver, a run computes on the processor', async () => {
  const words = ['run', 'logistic', '--set', 'axes[0].count=16', '--out', 'r.npz', '--json'];
  const { exitCode, stdout, stderr } = await spawned(words, folder, { env: bare });
  expect(exitCode, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ engine: 'cpu', precision: 'float64' });
  expect(stderr).not.toMatch(stackLine);
});

test('without any driver, a run on webgpu fails with 1 and leads to the doctor', async () => {
  const words = ['run', 'period-doubling', '--engine', 'webgpu'];
  const { exitCode, stderr } = await spawned(words, folder, { env: bare });
  expect(exitCode, stderr).toBe(1);
  expect(stderr).toContain('etascope doctor');
  expect(stderr).toContain('engine cpu');
  expect(stderr).not.toMatch(stackLine);
});
