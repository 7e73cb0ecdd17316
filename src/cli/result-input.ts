import type { Result } from '../engine/result.ts';
import type { Arguments } from './arguments.ts';
import { readInput } from './input.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/** Bytes a result file may have: what one ZIP entry, and one buffer of every Node, can hold. */
const MAX_RESULT_BYTES = 2 ** 32 - 1;

/**
 * Refuses to change a result that is there already.
 *
 * @throws {UsageError} `unexpected-value`.
 */
export function refuseChanges({ values, usage }: Arguments): void {
  if (!values.has('set')) return;
  throw new UsageError(usage, {
    code: 'unexpected-value',
    where: '--set',
    what: 'a result cannot be changed after the run',
    cure: 'run its spec again with --set',
  });
}

/** Reads a result file. */
export async function readResult(operand: string, io: Io): Promise<Result> {
  const input = { kind: 'result', limit: MAX_RESULT_BYTES, io } as const;
  const { where, bytes } = await readInput(operand, input);
  const { resultFromNpz } = await import('../export/npz.ts');
  return resultFromNpz(bytes, where);
}
