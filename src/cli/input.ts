import { createReadStream, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { RequestError } from '../spec/errors.ts';
import type { Io } from './io.ts';

/** A file of input, read whole. */
export interface Input {
  /** How messages call it. */
  readonly where: string;
  /** File name without folder and extension; absent for a pipe. */
  readonly stem?: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file, a pipe, or (`-`) stdin to its end.
 *
 * @param limit most bytes it may have; what it is called in the message is `kind`.
 * @throws {RequestError} `no-such-file`, `unreadable-file`, `is-a-folder`, `file-too-large`.
 */
export async function readInput(
  operand: string,
  { kind, limit, io }: { readonly kind: string; readonly limit: number; readonly io: Io },
): Promise<Input> {
  if (operand === '-')
    return { where: 'stdin', bytes: await gather(io.stdin, 'stdin', kind, limit, io) };
  const file = path.resolve(io.cwd, operand);
  const stats = statOf(file, operand, kind);
  if (stats.isDirectory()) {
    throw new RequestError({
      code: 'is-a-folder',
      where: operand,
      what: 'is a folder',
      cure: `name the ${kind} file in it`,
    });
  }
  if (stats.isFile() && stats.size > limit)
    throw tooLarge(operand, kind, limit, `${stats.size} bytes`);
  try {
    const bytes = await gather(createReadStream(file), operand, kind, limit, io);
    return stats.isFile()
      ? { where: operand, stem: path.parse(file).name, bytes }
      : { where: operand, bytes };
  } catch (error) {
    if (error instanceof RequestError || io.signal.aborted) throw error;
    throw unreadable(operand, kind, error);
  }
}

/**
 * The text of bytes in UTF-8, without its byte order mark.
 *
 * @throws {RequestError} `not-utf8`.
 */
export function decodeText({ where, bytes }: Input, kind: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RequestError({
      code: 'not-utf8',
      where,
      what: `a ${kind} is JSON text in UTF-8, and this is not UTF-8`,
      cure: 'save it as UTF-8',
    });
  }
}

function statOf(file: string, operand: string, kind: string): Stats {
  try {
    return statSync(file);
  } catch (error) {
    if (reasonOf(error) !== 'ENOENT') throw unreadable(operand, kind, error);
    throw new RequestError({
      code: 'no-such-file',
      where: operand,
      what: 'no such file',
      cure: `name a ${kind} file`,
    });
  }
}

async function gather(
  source: AsyncIterable<Uint8Array>,
  where: string,
  kind: string,
  limit: number,
  { signal }: Io,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const chunksOf = source[Symbol.asyncIterator]();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {}); // nobody waits for it once the input has ended
  for (;;) {
    // A pipe may stay silent for ever: the abort must not wait for it.
    const { done, value } = await Promise.race([chunksOf.next(), aborted]);
    if (done) break;
    length += value.length;
    if (length > limit) {
      await chunksOf.return?.();
      throw tooLarge(where, kind, limit, 'more');
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function tooLarge(where: string, kind: string, limit: number, got: string): RequestError {
  return new RequestError({
    code: 'file-too-large',
    where,
    what: `too large for a ${kind} (at most ${limit} bytes)`,
    got,
    cure: 'is it the right file?',
  });
}

function unreadable(where: string, kind: string, error: unknown): RequestError {
  return new RequestError({
    code: 'unreadable-file',
    where,
    what: `the ${kind} cannot be read (${reasonOf(error)})`,
    cure: 'check the path and its permissions',
  });
}

/** The system's short name of what went wrong, e.g. `ENOENT`, else the message. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return String(error);
}
