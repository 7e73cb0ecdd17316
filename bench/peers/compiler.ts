import { spawnSync } from 'node:child_process';
import { AbsentError } from './contestant.ts';

/** gcc first: it alone turns cos into the vectors of glibc's libmvec without being told how. */
const commands = ['gcc', 'cc', 'clang'] as const;

/** A C compiler. */
export interface Compiler {
  readonly command: string;
  /** The line it calls itself by. */
  readonly version: string;
}

/** The C compiler of this machine, if any. */
export function findCompiler(): Compiler | undefined {
  for (const command of commands) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { command, version: stdout.split('\n')[0] ?? '' };
  }
  return undefined;
}

/** Whether a macro is defined under some flags. */
export function hasMacro({ command }: Compiler, flags: readonly string[], macro: string): boolean {
  const words = [...flags, '-dM', '-E', '-x', 'c', '-'];
  const { stdout } = spawnSync(command, words, { encoding: 'utf8', input: '' });
  return stdout.includes(`#define ${macro} `);
}

/**
 * Compiles one file into an executable.
 *
 * @throws {AbsentError} with what the compiler said.
 */
export function compile(
  { command }: Compiler,
  flags: readonly string[],
  source: string,
  executable: string,
): void {
  const words = [...flags, source, '-o', executable, '-lm'];
  const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8' });
  if (status !== 0) {
    throw new AbsentError(
      `${command} ${flags.join(' ')} failed; another compiler may do: ${error?.message ?? stderr.trim()}`,
    );
  }
}
