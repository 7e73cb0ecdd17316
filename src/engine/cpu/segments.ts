import { batchStart, CHECKPOINT, type RecordLayout } from '../../measure/layout.ts';
import { longestOrbit } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';

/** Steps of an orbit in which nothing changes in what is taken from it. */
export interface Segment {
  /** Steps done before. */
  readonly from: number;
  readonly steps: number;
  /** Whether the states that its steps lead to are observed. */
  readonly isObserved: boolean;
  /** Whether the condition of the escape ends orbits. */
  readonly isWatched: boolean;
  /** Batch of the observed states. */
  readonly batch: number;
  readonly isBatchStart: boolean;
  /** Whether tangent vectors turn and are not counted yet. */
  readonly isWarmUp: boolean;
  /** The step of every block that leads to a checkpoint. */
  readonly mark: number;
}

/** Cuts the steps of an orbit of a spec into segments, in their order. */
export function cutSteps(spec: Spec, { batches, tangents, escape: exit }: RecordLayout): Segment[] {
  const { skip, keep } = spec.steps;
  const total = longestOrbit(spec);
  const horizon = exit?.request.horizon ?? 0;
  const settled = skip + (tangents?.warmUp ?? 0);
  const starts = Array.from({ length: batches }, (_, b) => skip + batchStart(keep, batches, b));
  const cuts = [...new Set([0, skip, settled, horizon, skip + keep, total, ...starts])]
    .filter((cut) => cut <= total)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const observed = from - skip;
    return {
      from,
      steps: (cuts[index + 1] ?? total) - from,
      isObserved: observed >= 0 && observed < keep,
      isWatched: from < horizon,
      batch: starts.findLastIndex((start) => start <= from),
      isBatchStart: starts.includes(from),
      isWarmUp: from < settled,
      mark: (CHECKPOINT - (Math.max(0, observed) % CHECKPOINT)) % CHECKPOINT,
    };
  });
}
