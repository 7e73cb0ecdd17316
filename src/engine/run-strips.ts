import { orbitStepCount } from '../spec/columns.ts';
import type { Spec } from '../spec/spec.ts';
import { type Collapses, collapseWarning } from './collapse.ts';
import type { Engine, RunOptions } from './engine.ts';
import { progressOf } from './progress.ts';
import type { Provenance, Result } from './result.ts';

/** How a run is cut, and who wants its parts. */
export interface StripOptions extends Pick<RunOptions, 'signal' | 'onProgress' | 'pause'> {
  /** Places of the first axis that are run at once. */
  readonly places: number;
  /** Given the strips in their order; nothing else keeps them. */
  take(part: Result): void;
}

/**
 * Runs a spec strip by strip, for who cannot hold all its arrays.
 *
 * @returns the provenance of the whole run.
 * @throws {RequestError} `bad-strip` where the spec has no axis.
 */
export async function runStrips(
  engine: Engine,
  spec: Spec,
  { places, take, onProgress, ...options }: StripOptions,
): Promise<Provenance> {
  const count = spec.axes[0]?.count ?? 1;
  const started = performance.now();
  const total = orbitStepCount(spec);
  const parts: Part[] = [];
  let done = 0;
  let spared = 0; // in the strips before
  let latest = 0; // in the present one
  for (let from = 0; from < count; from += places) {
    const result = await engine.run(spec, {
      ...options,
      strip: [from, Math.min(from + places, count)],
      onProgress({ orbitSteps, orbitStepsTaken }) {
        latest = orbitSteps - orbitStepsTaken;
        const so = { done: done + orbitSteps, spared: spared + latest, total };
        onProgress?.(progressOf(so, started));
      },
    });
    const { provenance, strip } = result;
    done += provenance.orbitSteps;
    spared += latest;
    latest = 0;
    parts.push({ provenance, collapses: strip?.collapses ?? noCollapses });
    take(result);
  }
  return joined(spec, parts);
}

/** What is kept of a strip. */
interface Part {
  readonly provenance: Provenance;
  readonly collapses: Collapses;
}

const noCollapses: Collapses = { checked: 0, collapsed: 0, longest: 0 };

/** What the result of the whole run would have said. */
function joined(spec: Spec, parts: readonly Part[]): Provenance {
  const [first] = parts;
  if (!first) throw new RangeError('a run has at least one strip');
  const own = collapseWarning(spec, first.collapses);
  const all = parts.reduce(
    (sum, { collapses }) => ({
      checked: sum.checked + collapses.checked,
      collapsed: sum.collapsed + collapses.collapsed,
      longest: Math.max(sum.longest, collapses.longest),
    }),
    noCollapses,
  );
  const warning = collapseWarning(spec, all);
  const others = first.provenance.warnings.filter((each) => each !== own);
  return {
    ...first.provenance,
    orbitSteps: orbitStepCount(spec),
    warnings: [...others, ...(warning === undefined ? [] : [warning])],
  };
}
