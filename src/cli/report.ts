import type { EncodedPicture } from '../export/encoded-picture.ts';
import type { Legend } from '../export/legend.ts';
import { RequestError } from '../spec/errors.ts';
import type { Arguments } from './arguments.ts';
import { Interruption, type Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/** One JSON document on stdout, ending in a line break. */
export function printJson(io: Io, value: unknown): void {
  io.stdout(`${JSON.stringify(value, null, 2)}\n`);
}

/** Colours that are told in words. */
const WORDS = 6;

/** What a report says of a picture: its pixels, and what their colours mean. */
export function pictureReport({
  width,
  height,
  bits,
  legend,
}: EncodedPicture): Omit<EncodedPicture, 'bytes'> {
  return { width, height, bits, legend };
}

/** The same in words, e.g. `lyapunov[0], frostfire from -3.1 to 2.6 about 0, 21905 pixels without a value`. */
export function legendWords(legend: Legend): string {
  if ('colours' in legend) {
    const pixels = legend.colours.reduce((sum, colour) => sum + colour.pixels, 0);
    const shares = legend.colours
      .slice(0, WORDS)
      .map(({ meaning, colour, pixels: some }) => `${meaning} ${colour} ${percent(some / pixels)}`);
    return `${legend.array}: ${shares.join(', ')}${legend.colours.length > WORDS ? ' …' : ''}`;
  }
  const { array, map, tone, range, centre, none } = legend;
  const [from, to] = range.map((value) => Number(value.toPrecision(4)));
  const about = centre === undefined ? '' : ` about ${centre}`;
  const without = none ? `, ${none.pixels} pixels without a value` : '';
  return `${array}, ${map} (${tone}) from ${from} to ${to}${about}${without}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** How a failure is told: whose it is decides the exit code and the words. */
export interface Failure {
  readonly error: unknown;
  /** The command, e.g. `etascope run`. */
  readonly who: string;
  readonly flags: Arguments['flags'];
}

/**
 * Tells a person, and with `--json` a script, what went wrong.
 *
 * @returns the exit code: 2 for a wrong request, 130 or 143 after a signal, 1 for anything else.
 */
export function reportFailure({ error, who, flags }: Failure, io: Io): number {
  const { exitCode, code, text } = describe(error, io);
  io.stderr(`${who}: ${text}\n`);
  if (flags.has('debug')) {
    if (error instanceof Error) io.stderr(`${stackOf(error)}\n`);
  } else if (exitCode === 1) {
    io.stderr('(--debug shows where in the program)\n');
  }
  if (flags.has('json')) {
    const where = error instanceof RequestError ? { where: error.where } : {};
    printJson(io, { error: { code, ...where, message: messageOf(error) }, exitCode });
  }
  return exitCode;
}

/** What to do about failures of the installation, by their codes. */
const cures: Readonly<Record<string, string>> = {
  ERR_MODULE_NOT_FOUND: 'an npm package is missing: run npm ci',
};

function describe(error: unknown, io: Io): { exitCode: number; code: string; text: string } {
  if (io.signal.aborted && io.signal.reason instanceof Interruption) {
    const { exitCode } = io.signal.reason;
    return { exitCode, code: 'interrupted', text: 'interrupted; no file was written' };
  }
  if (error instanceof RequestError) {
    const usage = error instanceof UsageError ? `\nusage: ${error.usage}` : '';
    return { exitCode: 2, code: error.code, text: `${error.message}${usage}` };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
  const cure = cures[code];
  return { exitCode: 1, code, text: `failed: ${messageOf(error)}${cure ? `\n${cure}` : ''}` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by ${stackOf(error.cause)}` : stack;
}
