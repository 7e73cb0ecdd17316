import { setImmediate } from 'node:timers/promises';
import type { Result } from '../../engine/result.ts';
import { holds } from '../../reproduce/check.ts';
import type { Effort, Report, Reproduction } from '../../reproduce/reproduction.ts';
import type { EngineName } from '../engine-choice.ts';
import type { Io } from '../io.ts';
import type { ProgressLine } from '../progress-line.ts';
import type { EngineShelf } from './engine-shelf.ts';
import type { FileContent } from './output-folder.ts';

/** How reproductions are computed. */
export interface Means {
  readonly effort: Effort;
  readonly engine: EngineName;
  readonly shelf: EngineShelf;
  readonly line: ProgressLine;
  readonly io: Io;
}

/** A reproduction that has been computed and judged, with its files. */
export interface Performance {
  readonly reproduction: Reproduction;
  readonly report: Report;
  readonly holds: boolean;
  /** The engines that computed it, each once. */
  readonly engines: readonly string[];
  readonly files: readonly FileContent[];
}

/** Names of the files of a reproduction. */
export function fileNames(reproduction: Reproduction, effort: Effort): readonly string[] {
  const { name } = reproduction;
  const words = Object.keys(reproduction.runs(effort));
  return [
    `${name}.png`,
    `${name}.svg`,
    ...words.map((word) => npzName(name, word)),
    `${name}.json`,
  ];
}

const npzName = (name: string, word: string) =>
  word === name ? `${name}.npz` : `${name}-${word}.npz`;

/**
 * Runs the specs of a reproduction, judges what they gave, and draws it; nothing is written.
 *
 * @throws {RunError} as engines do; the reason of `io.signal` once that is aborted.
 */
export async function perform(reproduction: Reproduction, means: Means): Promise<Performance> {
  const { effort, io, line } = means;
  const { parseSpec } = await import('../../spec/parse.ts');
  const { encodeNpz } = await import('../../export/npz.ts');
  // What needs float64 is never given to a GPU that happens to be there.
  const asked = means.engine === 'auto' && !reproduction.onGpu ? 'cpu' : means.engine;
  const results: Record<string, Result> = {};
  const arrays: FileContent[] = [];
  for (const [word, input] of Object.entries(reproduction.runs(effort))) {
    io.signal.throwIfAborted();
    const engine = await means.shelf.engine(asked);
    try {
      const run = { signal: io.signal, onProgress: line.draw };
      const result = await engine.run(parseSpec(input), run);
      results[word] = result;
      arrays.push({ name: npzName(reproduction.name, word), bytes: encodeNpz(result) });
    } finally {
      line.clear();
    }
  }
  const report = reproduction.report(results);
  const pictures = await drawn(reproduction.name, report, results);
  await setImmediate(); // a signal that came while drawing gets its turn
  io.signal.throwIfAborted();
  const words = {
    name: `${reproduction.name}.json`,
    bytes: document(reproduction, report, results),
  };
  return {
    reproduction,
    report,
    holds: report.checks.every(holds),
    engines: [...new Set(Object.values(results).map(({ provenance }) => provenance.engine))],
    files: [...pictures, ...arrays, words],
  };
}

async function drawn(
  name: string,
  { figure }: Report,
  results: Readonly<Record<string, Result>>,
): Promise<readonly FileContent[]> {
  const { figurePng, figureSvg } = await import('../draw-figure.ts');
  const { provenanceText } = await import('../../export/png.ts');
  const [main] = Object.values(results);
  const text = main ? provenanceText(main) : {};
  return [
    { name: `${name}.png`, bytes: await figurePng(figure, { text }) },
    { name: `${name}.svg`, bytes: new TextEncoder().encode(await figureSvg(figure)) },
  ];
}

/** What was measured beside what was expected, with the specs, as JSON; no clock. */
function document(
  { name, title, source, isReconstruction }: Reproduction,
  { checks, notes = [] }: Report,
  results: Readonly<Record<string, Result>>,
): Uint8Array {
  const text = {
    name,
    title,
    source,
    isReconstruction,
    holds: checks.every(holds),
    checks: checks.map((check) => ({ ...check, holds: holds(check) })),
    notes,
    runs: Object.fromEntries(
      Object.entries(results).map(([word, { spec, provenance }]) => [word, { provenance, spec }]),
    ),
  };
  return new TextEncoder().encode(`${JSON.stringify(text, null, 2)}\n`);
}
