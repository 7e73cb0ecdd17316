import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Surroundings } from '../../bench/report.ts';
import { VERSION } from '../../engine/version.ts';
import { surveyProcessor } from '../../node/processor.ts';

/** This machine and this program, as they are now. */
export function describeSurroundings(): Surroundings {
  const { model, cores } = surveyProcessor();
  const [load = 0] = loadavg();
  return {
    date: new Date().toISOString(),
    etascope: VERSION,
    commit: process.env.ETASCOPE_COMMIT ?? commitHere(),
    platform: `${process.platform}-${process.arch}`,
    processor: model,
    cores,
    runtime: `Node ${process.version}`,
    dawn: dawnVersion(),
    load: Number(load.toFixed(2)),
  };
}

/** The commit of the checkout that this program lies in, not of the folder it was called in. */
function commitHere(): string | null {
  const here = fileURLToPath(import.meta.url);
  if (here.includes(`${path.sep}node_modules${path.sep}`)) return null; // in somebody else's checkout
  const git = (...words: readonly string[]) => {
    const cwd = path.dirname(here);
    const { status, stdout } = spawnSync('git', words, { cwd, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  };
  const commit = git('rev-parse', 'HEAD');
  if (commit === undefined) return null;
  return git('status', '--porcelain', '--untracked-files=no') ? `${commit}+` : commit;
}

function dawnVersion(): string | null {
  try {
    const { version } = createRequire(import.meta.url)('webgpu/package.json');
    return version;
  } catch {
    return null;
  }
}
