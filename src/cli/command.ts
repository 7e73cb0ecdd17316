import type { Arguments, Syntax } from './arguments.ts';
import type { Io } from './io.ts';

/** A command of the tool: its syntax, its help, and what it does. */
export interface Command extends Syntax {
  readonly name: string;
  /** One line for the list of commands. */
  readonly about: string;
  /** The help below the usage line; one screen. */
  readonly help: string;
  /**
   * Does the work.
   *
   * @returns the exit code: 0 done, 1 it could not be done.
   * @throws {RequestError} where the request is wrong; nothing was written then.
   */
  readonly run: (args: Arguments, io: Io) => Promise<number>;
}
