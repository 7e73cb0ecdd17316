import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import packageJson from '../../package.json';
import { commands } from '../../src/cli/execute.ts';
import { bin, emptyFolder, inProcess, spawned, tinySpec, writeSpec } from './command-line.ts';

const folder = emptyFolder();
const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the command without any npm package beside it. */
function bareCopy({ built }: { readonly built: boolean }): string {
  const copy = emptyFolder();
  for (const part of ['bin', 'package.json', ...(built ? ['dist/node'] : [])]) {
    cpSync(path.join(checkout, part), path.join(copy, part), { recursive: true });
  }
  return path.join(copy, 'bin/etascope.js');
}

test('help fits one screen and names every command and every option', async () => {
  const general = await inProcess(['--help'], folder);
  expect(general.exitCode).toBe(0);
  for (const { name, options } of commands) {
    expect(general.stdout).toContain(name);
    const { exitCode, stdout, stderr } = await inProcess([name, '--help'], folder);
    expect([exitCode, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThanOrEqual(32);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
    for (const option of Object.keys(options)) {
      expect(stdout + general.stdout).toContain(`--${option}`);
    }
    expect(stdout).toContain('examples');
    expect((await inProcess(['help', name], folder)).stdout).toBe(stdout);
  }
});

test('the first result of a tiny spec is there in a moment', async () => {
  writeSpec(folder, tinySpec, 'tiny.json');
  // The tests name their software driver; without it the command sees the machine as it is.
  const env = { VK_ICD_FILENAMES: '' };
  const seconds: number[] = [];
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    const run = await spawned(['run', 'tiny.json', '-o', 'tiny.npz', '-q'], folder, { env });
    seconds.push((performance.now() - start) / 1000);
    expect(run).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  }
  // 0.3 s where nothing else runs; ten times that where much does
  expect(Math.min(...seconds)).toBeLessThan(3);
});

test('--version is that of the package', async () => {
  const { exitCode, stdout } = await spawned(['--version'], folder);
  expect([exitCode, stdout]).toEqual([0, `${packageJson.version}\n`]);
});

test('help, version and a wrong command line are answered without loading any npm package', async () => {
  const script = bareCopy({ built: true });
  expect((await spawned(['--help'], folder, { script })).exitCode).toBe(0);
  expect((await spawned(['run', '--help'], folder, { script })).exitCode).toBe(0);
  expect((await spawned(['--version'], folder, { script })).exitCode).toBe(0);
  const wrong = await spawned(['run', 'x', '--otu', 'y'], folder, { script });
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain('did you mean --out?');
});

test('where npm packages are missing, a command fails with 1 and says npm ci', async () => {
  const script = bareCopy({ built: true });
  for (const words of [['doctor'], ['run', 'period-doubling']]) {
    const { exitCode, stderr, stdout } = await spawned(words, folder, { script });
    expect(exitCode, stdout + stderr).toBe(1);
    expect(stderr + stdout).toContain('npm ci');
  }
});

test('a checkout that is not built says how to build it', async () => {
  const script = bareCopy({ built: false });
  const { exitCode, stderr } = await spawned(['--help'], folder, { script });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('npm run build:node');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('an old Node is told which one is needed', async () => {
  const pretend = path.join(emptyFolder(), 'old-node.mjs');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(
    pretend,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });
await import(${JSON.stringify(bin)});`,
  );
  const { exitCode, stderr } = await spawned(['--help'], folder, { script: pretend });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('20.19');
  expect(stderr).toContain('18.20.4');
});

test('a reader of stdout that goes away is no error', async () => {
  const child = spawn(process.execPath, [bin, 'presets', 'period-doubling'], { cwd: folder });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  expect([exitCode, stderr]).toEqual([0, '']);
});
