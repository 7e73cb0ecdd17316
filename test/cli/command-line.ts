import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute } from '../../src/cli/execute.ts';
import type { Io } from '../../src/cli/io.ts';
import { testFolder } from '../support/test-folder.ts';

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as users start it; it runs what `npm run build:node` has built. */
export const bin = fileURLToPath(new URL('../../bin/etascope.js', import.meta.url));

/** A new empty folder, removed after the test file. */
export function emptyFolder(): string {
  return mkdtempSync(path.join(testFolder, 'folder-'));
}

/** Names of all that lies in a folder, hidden files as well. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}

/** A spec that takes a moment: 8 columns, 16 bins, 4 orbits of 32 steps. */
export const tinySpec = {
  etascope: 1,
  title: 'tiny',
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
  optimizer: { rule: 'gd' },
  axes: [{ parameter: 'eta', from: 0, to: 4.6e-3, count: 8 }],
  ensemble: { orbits: 4, initial: { x: { uniform: [-0.004, 0.004] } }, seed: 1 },
  steps: { skip: 16, keep: 16 },
  measures: [{ measure: 'density', of: 'x', range: [-0.004, 0.004], bins: 16 }],
};

/** The same on so many orbits for so many steps that no machine ends it within a test. */
export const endlessSpec = {
  ...tinySpec,
  title: 'endless',
  axes: [{ ...tinySpec.axes[0], count: 512 }],
  ensemble: { ...tinySpec.ensemble, orbits: 256 },
  steps: { skip: 2 ** 32, keep: 16 },
};

/** Writes a spec into `folder` and gives its name back. */
export function writeSpec(folder: string, spec: unknown, name = 'spec.json'): string {
  writeFileSync(path.join(folder, name), JSON.stringify(spec));
  return name;
}

/** Executes a command line in this process. */
export async function inProcess(
  words: readonly string[],
  cwd: string,
  parts: Partial<Omit<Io, 'stdout'>> & { readonly input?: string | Uint8Array } = {},
): Promise<Outcome> {
  const { input, stderr: watch, ...rest } = parts;
  let [stdout, stderr] = ['', ''];
  const exitCode = await execute(words, {
    stdin: (async function* () {
      if (input !== undefined) yield typeof input === 'string' ? Buffer.from(input) : input;
    })(),
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
      watch?.(text);
    },
    isTerminal: false,
    signal: new AbortController().signal,
    cwd,
    clock: () => performance.now() / 1000,
    ...rest,
  });
  return { exitCode, stdout, stderr };
}

export interface Started {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** Starts the real command in a process of its own. */
export function startCommand(
  words: readonly string[],
  cwd: string,
  {
    input,
    env = {},
    script = bin,
  }: {
    readonly input?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly script?: string;
  } = {},
): Started {
  if (!existsSync(script)) throw new Error(`no ${script}`);
  const child = spawn(process.execPath, [script, ...words], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stdin.on('error', () => {}); // a command that refuses early need not read its input
  if (input !== undefined) child.stdin.end(input);
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, outcome };
}

/** Runs the real command to its end. */
export function spawned(...given: Parameters<typeof startCommand>): Promise<Outcome> {
  const { child, outcome } = startCommand(...given);
  if (given[2]?.input === undefined) child.stdin?.end();
  return outcome;
}
