import { execute } from './execute.ts';
import { type Io, interruptionOfProcess } from './io.ts';

/**
 * Executes the command line of this process and sets its exit code.
 *
 * A first SIGINT, SIGTERM or SIGHUP asks the command to end, a second one ends it at once. A reader of
 * stdout that has gone away (`etascope presets | head -1`) is no error.
 */
export async function start(): Promise<void> {
  let outputFailed = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      outputFailed = true;
      process.exitCode = 1;
      if (stream !== process.stderr) process.stderr.write(`etascope: stdout: ${error.message}\n`);
    });
  }
  let readsStdin = false;
  const io: Io = {
    get stdin() {
      readsStdin = true;
      return process.stdin;
    },
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    signal: interruptionOfProcess(),
    cwd: process.cwd(),
    clock: () => performance.now() / 1000,
  };
  const exitCode = await execute(process.argv.slice(2), io);
  process.exitCode = outputFailed ? 1 : exitCode;
  // A pipe that stays open without a word would keep an interrupted process alive.
  if (readsStdin) process.stdin.destroy();
}
