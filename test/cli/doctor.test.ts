import { writeFileSync } from 'node:fs';
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
  expect(stdout).toMatch(/cpu +cannot run: \S/); // this version has none
  expect(stdout).toMatch(/workgroup memory +\d/);
  expect(stdout).toContain('Ready');
});

test('doctor --json is one document with engines, adapters, limits and advice', async () => {
  const { exitCode, stdout } = await spawned(['doctor', '--json'], folder);
  const report = JSON.parse(stdout);
  expect(exitCode).toBe(0);
  expect(report.works).toBe(true);
  expect(report.engines.map(({ name }: { name: string }) => name)).toEqual(['webgpu', 'cpu']);
  expect(report.adapters[0].limits.maxStorageBufferBindingSize).toBeGreaterThanOrEqual(2 ** 27);
  const isSlow = report.adapters.every(({ isFallback }: { isFallback: boolean }) => isFallback);
  expect(report.advice.length > 0).toBe(isSlow);
});

test('without any driver, doctor says what is missing and how to get it, and exits with 1', async () => {
  const { exitCode, stdout, stderr } = await spawned(['doctor'], folder, { env: bare });
  expect(exitCode, stdout + stderr).toBe(1);
  expect(stdout).toContain('No adapter');
  expect(stdout).toContain('ETASCOPE_SOFTWARE_GPU');
  expect(stdout).toContain('Nothing can run here yet');
  expect(stderr).not.toMatch(stackLine);
});

test('without any driver, a run fails with 1 and leads to the doctor', async () => {
  const { exitCode, stderr } = await spawned(['run', 'period-doubling'], folder, { env: bare });
  expect(exitCode, stderr).toBe(1);
  expect(stderr).toContain('etascope doctor');
  expect(stderr).not.toMatch(stackLine);
});
