import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import type { Io } from '../io.ts';
import { checkTarget, type Target, writeFiles } from '../output.ts';

/** A folder that results go to; made when the first of them are whole. */
export interface OutputFolder {
  /** As the user gave it. */
  readonly shown: string;
  readonly path: string;
  /** Writes files of these names, all of them or none. */
  write(files: readonly FileContent[]): readonly Target[];
}

/** A file by its name in the folder. */
export interface FileContent {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Finds out, before anything is computed, whether files can be written into a folder, which need not
 * be there yet; its parent must be.
 *
 * @param where the option that named it.
 * @param names files that will be written.
 * @throws {RequestError} as `checkTarget`.
 */
export function checkFolder(
  given: string,
  where: string,
  names: readonly string[],
  io: Io,
): OutputFolder {
  const shown = given.replace(/(?<=.)[/\\]+$/, '');
  const folder = path.resolve(io.cwd, shown);
  const target = (name: string) => checkTarget(path.join(shown, name), where, [], io);
  if (existsSync(folder)) for (const name of names) target(name);
  else checkTarget(shown, where, [], io);
  return {
    shown,
    path: folder,
    write: (files) => {
      const isNew = !existsSync(folder);
      if (isNew) mkdirSync(folder);
      try {
        const whole = files.map(({ name, bytes }) => ({ ...target(name), bytes }));
        writeFiles(whole);
        return whole;
      } catch (error) {
        if (isNew) rmdirSync(folder);
        throw error;
      }
    },
  };
}
