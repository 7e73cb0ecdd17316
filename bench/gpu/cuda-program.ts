import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AbsentError } from '../peers/contestant.ts';

/** Where the peers' sources are. The bench runs as the built file dist/gpu/main.js. */
export const sources = new URL('../../bench/gpu/', import.meta.url);

/** A program for NVIDIA's GPUs. */
export interface CudaProgram {
  readonly executable: string;
  /** Compiler and flags. */
  readonly made: string;
}

const FLAGS = ['-O3', '-std=c++17', '-arch=native'];

/** nvcc in the path, or where CUDA's installer puts it. */
export function findNvcc(): { readonly command: string; readonly version: string } | undefined {
  for (const command of ['nvcc', '/usr/local/cuda/bin/nvcc']) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    const version = status === 0 ? /release (\S+),/.exec(stdout)?.[1] : undefined;
    if (version !== undefined) return { command, version };
  }
  return undefined;
}

/**
 * The program: made here for this machine's GPU, or, where no compiler does that, the one that a pack brought.
 *
 * @param folder a folder for the executable.
 * @throws {AbsentError} where there is neither, or nvcc cannot make it.
 */
export function cudaProgram(folder: string): CudaProgram {
  const nvcc = findNvcc();
  let reason =
    'no nvcc; install the CUDA toolkit (Debian and Ubuntu: apt install nvidia-cuda-toolkit)';
  if (nvcc) {
    const executable = path.join(folder, 'orbits-cuda');
    const words = [...FLAGS, fileURLToPath(new URL('orbits.cu', sources)), '-o', executable];
    const { status, stderr } = spawnSync(nvcc.command, words, { encoding: 'utf8' });
    if (status === 0) return { executable, made: `nvcc ${nvcc.version}: ${FLAGS.join(' ')}` };
    reason = `nvcc ${FLAGS.join(' ')} failed: ${stderr.trim()}`;
  }
  const executable = fileURLToPath(new URL('orbits-cuda', sources));
  if (existsSync(executable)) return { executable, made: 'built elsewhere for sm_80 to sm_90' };
  throw new AbsentError(reason);
}
