import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { RequestError } from '../spec/errors.ts';
import { reasonOf } from './input.ts';
import type { Io } from './io.ts';

/** A file to be written: its path as the user gave it, and where that really is. */
export interface Target {
  readonly shown: string;
  readonly file: string;
}

/**
 * Finds out, before anything is computed, whether a file can be written there.
 *
 * @param where the option that named it.
 * @param taken other files of this command, which it must not be.
 * @throws {RequestError} `no-such-folder`, `not-a-folder`, `unwritable-folder`,
 *   `unwritable-file`, `not-a-file`, `same-file`.
 */
export function checkTarget(
  shown: string,
  where: string,
  taken: readonly Target[],
  io: Io,
): Target {
  const refuse = (code: string, what: string, cure: string) =>
    new RequestError({ code, where, what, got: shown, cure });
  if (shown === '-') {
    throw refuse('not-a-file', 'results go to files, not to stdout', 'name a file (or ./-)');
  }
  if (/[/\\]$/.test(shown)) throw refuse('not-a-file', 'names a folder', 'add a file name');
  const asked = path.resolve(io.cwd, shown);
  const folder = path.dirname(asked);
  if (!existsSync(folder)) {
    throw refuse('no-such-folder', 'its folder does not exist', 'make the folder first');
  }
  if (!statSync(folder).isDirectory()) {
    throw refuse('not-a-folder', 'what should be its folder is a file', 'choose another path');
  }
  const file = realPath(asked);
  if (existsSync(file) && !statSync(file).isFile()) {
    throw refuse('not-a-file', 'is there already and is no regular file', 'choose another name');
  }
  try {
    // The only honest question is to try: permissions, read-only disks and quotas all answer it.
    const draft = openDraft(path.dirname(file));
    closeSync(draft.descriptor);
    rmSync(draft.name);
  } catch (error) {
    const what = `its folder cannot be written to (${reasonOf(error)})`;
    throw refuse('unwritable-folder', what, 'choose another folder');
  }
  try {
    if (lstatSync(file, { throwIfNoEntry: false })) accessSync(file, constants.W_OK);
  } catch (error) {
    throw refuse(
      'unwritable-file',
      `cannot be written (${reasonOf(error)})`,
      'choose another name',
    );
  }
  const twin = taken.find((other) => isSameFile(other.file, file));
  if (twin) throw refuse('same-file', `is the same file as ${twin.shown}`, 'choose another name');
  return { shown, file };
}

/** Where a path leads through links; a file that is not there yet sits in its real folder. */
function realPath(asked: string): string {
  return existsSync(asked)
    ? realpathSync(asked)
    : path.join(realpathSync(path.dirname(asked)), path.basename(asked));
}

function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  if (!existsSync(one) || !existsSync(other)) return false;
  const [a, b] = [statSync(one), statSync(other)];
  return a.dev === b.dev && a.ino === b.ino;
}

/**
 * Writes all the files or none.
 *
 * Each is written under a temporary name in its own folder, flushed to the disk, and only when all
 * are whole are they renamed, so that a file which exists is whole; if one rename fails, those before
 * it are taken back. Synchronous, so that no signal handler can come in between.
 *
 * @throws {Error} where the disk refuses; the folders then look as before.
 */
export function writeFiles(files: readonly (Target & { readonly bytes: Uint8Array })[]): void {
  const undo: (() => void)[] = [];
  const spare: string[] = [];
  try {
    const drafts = files.map(({ file, bytes }) => {
      const draft = openDraft(path.dirname(file));
      spare.push(draft.name);
      try {
        writeWhole(draft.descriptor, bytes);
      } finally {
        closeSync(draft.descriptor);
      }
      return { file, draft: draft.name };
    });
    for (const { file, draft } of drafts) {
      const former = existsSync(file) ? keepFormer(file) : undefined;
      if (former) spare.push(former);
      renameSync(draft, file);
      undo.push(() => (former ? renameSync(former, file) : rmSync(file, { force: true })));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  } finally {
    for (const name of spare) rmSync(name, { force: true });
  }
}

/** Opens a new file in `folder`; short names, since the target's may already be the longest allowed. */
function openDraft(folder: string): { readonly name: string; readonly descriptor: number } {
  for (let attempt = 0; ; attempt++) {
    const name = path.join(folder, `.etascope-${process.pid}-${attempt}.tmp`);
    try {
      return { name, descriptor: openSync(name, 'wx') };
    } catch (error) {
      // left by a process that was killed and had our number
      if (reasonOf(error) !== 'EEXIST' || attempt > 1000) throw error;
    }
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  fsyncSync(descriptor);
}

/** A second name for a file that is about to be replaced, to bring it back by. */
function keepFormer(file: string): string {
  const { name, descriptor } = openDraft(path.dirname(file));
  closeSync(descriptor);
  rmSync(name);
  try {
    linkSync(file, name);
  } catch {
    copyFileSync(file, name); // a file system without hard links
  }
  return name;
}
