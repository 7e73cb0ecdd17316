import type { Engine, Progress, RunTimings } from '../engine/engine.ts';
import { encodeNpz } from '../export/npz.ts';
import { parseSpec } from '../spec/parse.ts';
import { parseSpecText } from '../spec/parse-text.ts';
import { type Finding, isRight, type Workload } from './workload.ts';

/** One run of a workload, engine and kernels warm. Times in seconds. */
export interface Round {
  /** In which kernels ran (`RunTimings`); absent where the device does not tell. */
  readonly kernelSeconds?: number;
  /** From the call of `engine.run` to the result. */
  readonly wallSeconds: number;
  /** From the text of the spec to the bytes of the NPZ: parsing, run, encoding. */
  readonly endToEndSeconds: number;
  /** Orbit-steps that were taken. */
  readonly orbitSteps: number;
}

/** What one engine did of one workload. */
export interface Measurement {
  readonly workload: string;
  readonly rounds: readonly Round[];
  /** Of the run before the first round, which compiles the kernels: its end-to-end time. */
  readonly firstSeconds: number;
  /** Of the last round, or of the first that was wrong. */
  readonly findings: readonly Finding[];
  /** Whether all findings of all rounds were right. */
  readonly isRight: boolean;
}

/** How a workload is measured. */
export interface Method {
  readonly rounds: number;
  /** Seconds one round should take, so that starting it weighs little. */
  readonly target: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Orbit-steps to begin with, and at most: a million processors of today would take a second. */
const LEAST_WORK = 2 ** 20;
const MOST_WORK = 2 ** 50;

interface Run extends Round {
  readonly findings: readonly Finding[];
}

/**
 * Runs a workload round after round, and holds every result to what is known of it; more work first,
 * until a round takes its target of time. No figure contains the first run, which compiles the kernels.
 *
 * @param textFor the text of the spec for a number of orbit-steps; where that number has no say in it, the
 *   rounds are as long as they are.
 */
export async function measure(
  engine: Engine,
  workload: Workload,
  textFor: (orbitSteps: number) => string,
  { rounds, target, signal, onProgress }: Method,
): Promise<Measurement> {
  const run = async (text: string): Promise<Run> => {
    let timings: RunTimings | undefined;
    const start = performance.now();
    const spec = parseSpec(parseSpecText(text, workload.name));
    const result = await engine.run(spec, {
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      onTimings: (told) => {
        timings = told;
      },
    });
    encodeNpz(result);
    const endToEndSeconds = (performance.now() - start) / 1000;
    if (!timings) throw new TypeError(`the engine ${engine.name} told no times`);
    return {
      ...timings,
      endToEndSeconds,
      orbitSteps: workload.orbitStepsOf(result),
      findings: workload.findings(result),
    };
  };
  const isGood = ({ findings }: Run) => findings.every(isRight);
  let text = textFor(LEAST_WORK);
  const first = await run(text);
  let tried = await run(text);
  for (let work = LEAST_WORK; isGood(tried) && work < MOST_WORK; ) {
    if (tried.wallSeconds >= 0.7 * target) break;
    work = Math.min(MOST_WORK, work * Math.min(16, target / tried.wallSeconds));
    const more = textFor(work);
    if (more !== text) tried = await run(more);
    text = more;
  }
  const done: Run[] = [];
  for (let round = 0; round < rounds; round++) done.push(await run(text));
  const shown = [first, tried, ...done].find((each) => !isGood(each)) ?? done.at(-1);
  return {
    workload: workload.name,
    rounds: done.map(({ findings: _, ...round }) => round),
    firstSeconds: first.endToEndSeconds,
    findings: shown?.findings ?? [],
    isRight: shown !== undefined && isGood(shown),
  };
}
