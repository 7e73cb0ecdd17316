import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Interruption } from '../../src/cli/io.ts';
import {
  emptyFolder,
  endlessSpec,
  inProcess,
  namesIn,
  startCommand,
  writeSpec,
} from './command-line.ts';

/** Milliseconds until a command that was started is computing, on a busy machine too. */
const UNDER_WAY = 4000;

// Side by side: each waits for a process of its own.
test.concurrent.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s during a long run ends it with %i and leaves no file', async (signal, code) => {
  const folder = emptyFolder();
  writeSpec(folder, endlessSpec);
  const { child, outcome } = startCommand(['run', 'spec.json', '--debug'], folder);
  await setTimeout(UNDER_WAY);
  expect(child.exitCode).toBe(null);
  child.kill(signal);
  const { exitCode, stderr } = await outcome;
  expect(exitCode, stderr).toBe(code);
  expect(stderr).toContain('interrupted');
  expect(namesIn(folder)).toEqual(['spec.json']);
});

test.concurrent('an interrupt while waiting for a silent stdin ends the command', async () => {
  const folder = emptyFolder();
  const { child, outcome } = startCommand(['run', '-'], folder);
  await setTimeout(UNDER_WAY);
  expect(child.exitCode).toBe(null);
  child.kill('SIGINT');
  const { exitCode } = await outcome;
  expect(exitCode).toBe(130);
});

test.each(['webgpu', 'cpu'])(
  'an interrupt in the middle of the computation on %s is obeyed at once',
  async (engine) => {
    const folder = emptyFolder();
    writeSpec(folder, endlessSpec);
    const controller = new AbortController();
    const { exitCode, stderr } = await inProcess(
      ['run', 'spec.json', '--json', '--engine', engine],
      folder,
      {
        isTerminal: true,
        signal: controller.signal,
        stderr: (text) => {
          if (text.includes('%')) controller.abort(new Interruption('SIGINT'));
        },
      },
    );
    expect(stderr).toContain('orbit-steps/s'); // it was computing
    expect(exitCode).toBe(130);
    expect(namesIn(folder)).toEqual(['spec.json']);
  },
);

test('a command that is interrupted before it begins does not begin', async () => {
  const folder = emptyFolder();
  writeSpec(folder, endlessSpec);
  const signal = AbortSignal.abort(new Interruption('SIGTERM'));
  const { exitCode, stdout } = await inProcess(['run', 'spec.json', '--json'], folder, { signal });
  expect(exitCode).toBe(143);
  expect(JSON.parse(stdout).error.code).toBe('interrupted');
});
