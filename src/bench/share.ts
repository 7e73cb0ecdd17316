/** Orbits per column. */
const ORBITS = 256;
/** With `ORBITS` a million orbits, which fill the largest accelerator. */
const MOST_COLUMNS = 4096;
const FEWEST_COLUMNS = 16;
/** Steps per orbit before more work means longer orbits: starting an orbit then weighs little. */
const FEW_STEPS = 1024;

/** How much a workload asks for. */
export interface Share {
  readonly columns: number;
  /** Of each column. */
  readonly orbits: number;
  readonly steps: number;
}

/** Columns and steps per orbit that share the work out: columns first, then steps. */
export function shareSteps(orbitSteps: number): Share {
  const wanted = Math.round(orbitSteps / (ORBITS * FEW_STEPS));
  const columns = Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, wanted));
  const steps = Math.max(2, Math.round(orbitSteps / (ORBITS * columns)));
  return { columns, orbits: ORBITS, steps };
}

/** Columns and orbits, where an orbit ends by itself after about `mean` steps: columns first. */
export function shareOrbits(orbitSteps: number, mean: number): Omit<Share, 'steps'> {
  const wanted = Math.round(orbitSteps / (ORBITS * mean));
  const columns = Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, wanted));
  return { columns, orbits: Math.max(1, Math.round(orbitSteps / (columns * mean))) };
}
