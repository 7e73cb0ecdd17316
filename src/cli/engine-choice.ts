import { type Arguments, choiceOf } from './arguments.ts';

/** The engines that can be asked for by name. */
export const engineNames = ['auto', 'webgpu', 'cpu'] as const;

export type EngineName = (typeof engineNames)[number];

/**
 * The engine a command line asks for, `auto` where it names none.
 *
 * @throws {UsageError} `unknown-choice`.
 */
export function engineOf(args: Arguments): EngineName {
  return choiceOf(args, 'engine', engineNames) ?? 'auto';
}
