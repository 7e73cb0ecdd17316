import { batchStart, type RecordLayout } from '../../measure/layout.ts';
import type { Piece } from './sums/orbit-sums.ts';

/** Observed states after which sums in f32 are taken to the host at the latest. */
const LONGEST_PIECE = 2 ** 17;

/** A place in the observed states of an orbit where sums are taken, whatever the slices. */
export interface Station extends Piece {
  /** Observed states before it. */
  readonly at: number;
  /** Whether it is the last of its batch. */
  readonly isBatchEnd: boolean;
}

/** The first station behind `from` observed states of `keep`. */
export function nextStation(
  { batches, tangents }: RecordLayout,
  keep: number,
  from: number,
): Station {
  const warmUp = tangents?.warmUp ?? 0;
  // batchStart rounds, so the batch of a state is that of the estimate or next to it
  let batch = Math.max(0, Math.floor((from * batches) / keep) - 1);
  while (batchStart(keep, batches, batch + 1) <= from) batch++;
  const start = batchStart(keep, batches, batch);
  const end = batchStart(keep, batches, batch + 1);
  const regular = from + LONGEST_PIECE - ((from - start) % LONGEST_PIECE);
  const isWarmUp = from < warmUp;
  const at = Math.min(end, regular, isWarmUp ? warmUp : end);
  return { at, batch, isBatchEnd: at === end, isWarmUp };
}
