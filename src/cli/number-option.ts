import { type Arguments, textOf } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/** The numbers that an option takes: whole ones from 1 on, or all above 0. */
export interface NumberOption {
  /** What it is where nobody says. */
  readonly preset: number;
  readonly most: number;
  readonly isWhole?: true;
}

/**
 * The number given to an option.
 *
 * @throws {UsageError} `bad-number`, saying which it takes.
 */
export function numberOf(
  args: Arguments,
  option: string,
  { preset, most, isWhole }: NumberOption,
): number {
  const text = textOf(args, option);
  if (text === undefined) return preset;
  const value = Number(text);
  const isRight = isWhole ? Number.isInteger(value) && value >= 1 : value > 0;
  if (text.trim() !== '' && isRight && value <= most) return value;
  throw new UsageError(args.usage, {
    code: 'bad-number',
    where: `--${option}`,
    what: 'not a number that makes sense here',
    got: text,
    cure: isWhole
      ? `give a whole number from 1 to ${most}`
      : `give a number above 0, at most ${most}`,
  });
}
