import type { Progress } from '../engine/engine.ts';
import type { Io } from './io.ts';

/** Seconds between two drawings: fast enough to look alive, slow enough for any terminal. */
const REDRAW = 0.1;

const ERASE = '\r\x1b[2K';

/** One line on the terminal that shows how far a run is. */
export interface ProgressLine {
  readonly draw: (progress: Progress) => void;
  /** Takes the line away again. */
  readonly clear: () => void;
}

/** A progress line on stderr; draws nothing where nobody may be watching. */
export function progressLine(io: Io, quiet: boolean): ProgressLine {
  if (quiet || !io.isTerminal) return { draw: () => {}, clear: () => {} };
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    draw: (progress) => {
      const now = io.clock();
      if (now - drawn < REDRAW) return;
      drawn = now;
      io.stderr(`${ERASE}${progressText(progress)}`);
    },
    clear: () => {
      if (drawn > Number.NEGATIVE_INFINITY) io.stderr(ERASE);
    },
  };
}

function progressText({ share, orbitStepsPerSecond, secondsLeft }: Progress): string {
  const percent = Math.floor(100 * share)
    .toString()
    .padStart(3);
  const left = Number.isFinite(secondsLeft) ? `${duration(secondsLeft)} left` : '';
  return `${percent} %  ${quantity(orbitStepsPerSecond)} orbit-steps/s  ${left}`.trimEnd();
}

/** A span of time for people: `0.4 s`, `42 s`, `3 min 05 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** A size of memory for people, as sizes of memory are powers of two: `32 KiB`, `2 GiB`. */
export function memory(bytes: number): string {
  const order = Math.min(4, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const prefix = ['', 'Ki', 'Mi', 'Gi', 'Ti'][order] ?? '';
  return `${Number((bytes / 1024 ** order).toPrecision(3))} ${prefix}B`;
}

/** A count for people, three digits and an SI prefix: `1.23 G`. */
export function quantity(count: number): string {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
  let scaled = count;
  let order = 0;
  // 999.5 and more would print as 1000
  while (scaled >= 999.5 && order < prefixes.length - 1) {
    scaled /= 1000;
    order += 1;
  }
  const digits =
    order === 0 && Number.isInteger(scaled) ? 0 : scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
  return `${scaled.toFixed(digits)} ${prefixes[order] ?? ''}`.trimEnd();
}
