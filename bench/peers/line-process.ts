import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ContestError } from './contestant.ts';

/** A process that answers every line with one line, and ends when its stdin does. */
export interface LineProcess {
  /** Sends a line and waits for the answer; one question at a time. */
  readonly ask: (line: string) => Promise<string>;
  /** What it said of itself behind `ready`. */
  readonly about: string;
  readonly dispose: () => void;
}

/** Characters of stderr that are kept to say why a process ended: the end of a Python traceback. */
const KEPT = 600;

/**
 * Starts a process and waits until it says `ready`, or `ready ABOUT`.
 *
 * @throws {ContestError} where it ends without having said so.
 */
export async function startLineProcess(
  name: string,
  command: string,
  words: readonly string[],
): Promise<LineProcess> {
  // A group of its own: Ctrl-C reaches this process alone, which then ends the others in order.
  const child = spawn(command, words, { stdio: 'pipe', detached: true });
  let complaint = '';
  let end: string | undefined;
  let waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | undefined;
  const finish = (how: string) => {
    end ??= complaint.trim() === '' ? how : `${how}:\n${complaint.trim()}`;
    waiting?.reject(new ContestError(`${name}: ${end}`));
    waiting = undefined;
  };
  child.stderr.on('data', (text) => {
    complaint = `${complaint}${text}`.slice(-KEPT);
  });
  child.stdin.on('error', () => {}); // the end of the process says more
  child.on('error', (error) => finish(error.message));
  child.on('close', (status, signal) => finish(`ended with ${signal ?? `exit code ${status}`}`));
  createInterface(child.stdout).on('line', (line) => {
    waiting?.resolve(line);
    waiting = undefined;
  });
  const nextLine = () =>
    new Promise<string>((resolve, reject) => {
      waiting = { resolve, reject };
      if (end !== undefined) finish(end);
    });
  const dispose = () => {
    child.stdin.end();
    child.kill();
  };
  const greeting = await nextLine();
  const [ready, ...about] = greeting.split(' ');
  if (ready !== 'ready') {
    dispose();
    throw new ContestError(`${name}: said ${JSON.stringify(greeting)} instead of ready`);
  }
  return {
    ask: (line) => {
      const answer = nextLine();
      child.stdin.write(`${line}\n`);
      return answer;
    },
    about: about.join(' '),
    dispose,
  };
}
