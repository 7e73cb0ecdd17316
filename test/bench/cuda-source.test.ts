import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startVariant, variants } from '../../bench/gpu/cuda-peers.ts';
import { findNvcc, sources } from '../../bench/gpu/cuda-program.ts';
import { checkAgreement } from '../../bench/peers/agreement.ts';
import { processorSweep } from '../../bench/peers/workload.ts';

// The arithmetic of the CUDA peers, where there is no GPU: the same text as ordinary C++, its blocks and
// threads one after the other.

const compiler = ['g++', 'c++', 'clang++'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
const nvcc = findNvcc();
const folder = mkdtempSync(path.join(tmpdir(), 'etascope-cuda-'));
const program = { executable: path.join(folder, 'orbits'), made: 'as C++' };
const fileOf = (name: string) => fileURLToPath(new URL(name, sources));
const sweep = { ...processorSweep, columns: 32 };

afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!compiler)('the CUDA program as C++', () => {
  beforeAll(() => {
    const words = ['-x', 'c++', '-std=c++17', '-O2', fileOf('orbits.cu'), '-o', program.executable];
    const { status, stderr } = spawnSync(compiler ?? '', words, { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });

  test.each(variants)(
    '$name: first steps and law are those of float64 on the host',
    async (variant) => {
      const contestant = await startVariant(variant, program, sweep);
      try {
        const laws = await checkAgreement([contestant], sweep, () => {});
        expect(laws.map(({ workload }) => workload)).toEqual(['iteration', 'density']);
      } finally {
        contestant.dispose();
      }
    },
  );

  test('a program that computes something else is found out, however little is wrong', async () => {
    const [, , , , phase] = variants;
    if (!phase) throw new Error('no variant');
    // Rates 0.02 % too large move a bin in 50 after two steps; 0.5 % may be elsewhere.
    const other = { ...sweep, eta: [0.09 * 1.0002, 0.11 * 1.0002] as const };
    const contestant = await startVariant(phase, program, other);
    try {
      await expect(checkAgreement([contestant], sweep, () => {})).rejects.toThrow(
        /CUDA phase polynomial: after step [12] of iteration, .* elsewhere than in float64/,
      );
    } finally {
      contestant.dispose();
    }
  });

  test('orbits that do not fill the threads are refused by the program', async () => {
    const [first] = variants;
    if (!first) throw new Error('no variant');
    await expect(startVariant(first, program, { ...sweep, orbits: 1001 })).rejects.toThrow(
      /orbits do not fill threads: 1001/,
    );
  });
});

test.skipIf(!nvcc)('nvcc takes the kernels, that of CuPy too', () => {
  for (const name of ['orbits.cu', 'orbit-a-thread.cu']) {
    const words = [
      '-std=c++17',
      '-arch=compute_80',
      '-ptx',
      fileOf(name),
      '-o',
      path.join(folder, 'ptx'),
    ];
    const { status, stderr } = spawnSync(nvcc?.command ?? '', words, { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  }
});
