import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { describeSurroundings } from '../../src/cli/bench/surroundings.ts';
import { VERSION } from '../../src/engine/version.ts';
import { findCompiler } from './compiler.ts';
import { threads } from './peer.ts';

/** Where and when the peers were compared. */
export interface Machine {
  readonly date: string;
  readonly processor: string;
  /** Cores this process may use; every peer has as many threads. */
  readonly cores: number;
  readonly memoryBytes: number;
  readonly platform: string;
  /** Processes that wanted a core when the bench began, as means of 1, 5 and 15 minutes. */
  readonly load: readonly number[];
  readonly etascope: string;
  readonly node: string;
  /** Version of the npm package `webgpu`, which is Dawn; null where it is not installed. */
  readonly dawn: string | null;
  /** How the C compiler calls itself; null where there is none. */
  readonly compiler: string | null;
  /** Name and driver of each NVIDIA device, as nvidia-smi tells them. */
  readonly devices: readonly string[];
  /** Of these sources, with a + where tracked files differ from it; null where nobody knows. */
  readonly commit: string | null;
  /** What was asked for. */
  readonly command: string;
}

/** Describes this machine as it is now. */
export function describeMachine(command: string): Machine {
  const { date, commit, dawn } = describeSurroundings();
  return {
    date,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: threads,
    memoryBytes: totalmem(),
    platform: `${process.platform}-${process.arch}`,
    load: loadavg(),
    etascope: VERSION,
    node: process.version,
    dawn,
    compiler: findCompiler()?.version ?? null,
    devices: linesOf('nvidia-smi', [
      '--query-gpu=name,driver_version,memory.total',
      '--format=csv,noheader',
    ]),
    commit,
    command,
  };
}

/** What a command prints; nothing where it is missing or fails. */
function linesOf(command: string, words: readonly string[]): readonly string[] {
  const { status, stdout } = spawnSync(command, words, { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
}
