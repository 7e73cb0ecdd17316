import type { Records } from '../../measure/records.ts';
import type { Cycle } from '../collapse.ts';
import type { Ensemble } from '../ensemble.ts';
import type { DeviceCounts } from './device-counts.ts';
import type { Pace, Work } from './pace.ts';
import type { Program } from './program.ts';
import type { OrbitBuffers } from './sweep-buffers.ts';
import type { SweepKernels } from './sweep-kernels.ts';

/** What the tiles of a sweep share. */
export interface SweepContext {
  readonly device: GPUDevice;
  readonly program: Program;
  readonly ensemble: Ensemble;
  readonly buffers: OrbitBuffers;
  readonly kernels: SweepKernels;
  readonly counts: DeviceCounts;
  readonly records: Records;
  /** Cycles found at the ends of tiles. */
  readonly cycles: Cycle[];
  readonly pace: Pace;
  readonly enoughGroups: number;
  read(buffer: GPUBuffer, words: number): Promise<Uint32Array>;
  /** Waits for a slice that was queued at `before`, and learns how long it took. */
  wait(work: Work, orbitSteps: number, before: number): Promise<void>;
}
