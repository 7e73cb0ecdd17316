import type { Result } from '../engine/result.ts';
import { readPngText } from '../export/png.ts';
import { RequestError } from '../spec/errors.ts';
import { limits } from '../spec/limits.ts';
import { parseSpecText } from '../spec/parse-text.ts';
import { type Explorable, parseExplorable } from './explorable.ts';
import { readResult } from './read-result.ts';

/** What a file holds: a request, and its result where the file has one. */
export interface Opened {
  readonly request: Explorable;
  readonly result?: Result;
}

/** Bytes of a result file that a page reads at once. */
const LARGEST_FILE = 2 ** 30;

/**
 * Reads a spec (JSON), a result (NPZ) or a picture with its spec inside (PNG), told apart by their
 * first bytes; the file is not trusted.
 *
 * @throws {RequestError} `limit` for a file that is too large; `no-spec` for a picture without one;
 *   the codes of `parseSpecText`, `readResult`, `readPngText` and `parseExplorable`.
 */
export async function openFile(file: File): Promise<Opened> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const isNpz = start[0] === 0x50 && start[1] === 0x4b; // PK
  const isPng = start[0] === 0x89 && start[1] === 0x50; // \x89P
  refuseAbove(isNpz || isPng ? LARGEST_FILE : limits.specText.most, file);
  if (isNpz) {
    const result = await readResult(file);
    return { request: parseExplorable(result.spec), result };
  }
  if (isPng) {
    const text = readPngText(new Uint8Array(await file.arrayBuffer()), file.name)['etascope-spec'];
    if (text !== undefined) return { request: parseExplorable(parseSpecText(text, file.name)) };
    throw new RequestError({
      code: 'no-spec',
      where: file.name,
      what: 'this picture carries no spec',
      cure: 'open one that etascope wrote, or a spec as JSON, or a result as NPZ',
    });
  }
  return { request: parseExplorable(parseSpecText(await file.text(), file.name)) };
}

function refuseAbove(most: number, { name, size }: File): void {
  if (size <= most) return;
  throw new RequestError({
    code: 'limit',
    where: name,
    what: `is larger than the limit of ${most} bytes`,
    got: `${size}`,
    cure: limits.specText.cure,
  });
}
