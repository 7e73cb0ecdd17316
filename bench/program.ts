import { type Io, interruptionOfProcess } from '../src/cli/io.ts';
import { reportFailure } from '../src/cli/report.ts';

/**
 * Runs a program of the bench as the command runs: a first signal asks it to end, a second one ends it at once;
 * what goes wrong is told on stderr and by the exit code, with `--debug` where it arose.
 *
 * @param who the npm script that starts it.
 * @param words its command line.
 */
export async function runProgram(
  who: string,
  words: readonly string[],
  run: (io: Io) => Promise<void>,
): Promise<void> {
  const io: Io = {
    stdin: process.stdin,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    signal: interruptionOfProcess(),
    cwd: process.env.INIT_CWD ?? process.cwd(), // npm starts scripts in the root, not where the user is
    clock: () => performance.now() / 1000,
  };
  try {
    await run(io);
  } catch (error) {
    const flags = new Set(words.includes('--debug') ? ['debug'] : []);
    process.exitCode = reportFailure({ error, who, flags }, io);
  }
}
