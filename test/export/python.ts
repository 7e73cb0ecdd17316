import { spawnSync } from 'node:child_process';

/** Whether `python3` can import a module here; says so on the console where it cannot. */
export function hasPython(module: string): boolean {
  const isThere = spawnSync('python3', ['-c', `import ${module}`]).status === 0;
  if (!isThere) console.warn(`python3 with ${module} is not here: its checks are skipped`);
  return isThere;
}

/** Runs a script with `input` on stdin and reads the JSON it prints. */
export function runPython(script: string, input: Uint8Array): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script], {
    input,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString());
}
