import { cpus, loadavg, totalmem } from 'node:os';
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
  /** How the C compiler calls itself; null where there is none. */
  readonly compiler: string | null;
}

/** Describes this machine as it is now. */
export function describeMachine(): Machine {
  return {
    date: new Date().toISOString(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: threads,
    memoryBytes: totalmem(),
    platform: `${process.platform}-${process.arch}`,
    load: loadavg(),
    etascope: VERSION,
    node: process.version,
    compiler: findCompiler()?.version ?? null,
  };
}
