/** Work of one kind, as much of it as the bench asks for. */
export interface Workload {
  readonly name: string;
  /** What its orbit-steps per second tell. */
  readonly about: string;
  /** The input of a spec that takes about `orbitSteps` orbit-steps, at least 2^18. */
  readonly specFor: (orbitSteps: number) => unknown;
}

/** Orbits per column. */
const ORBITS = 256;
/** With `ORBITS` enough to fill the largest accelerator: an H100 holds 270 336 invocations at once. */
const MOST_COLUMNS = 1024;
const FEWEST_COLUMNS = 16;
/** Steps per orbit before more work means longer orbits: starting an orbit then weighs little. */
const FEW_STEPS = 1024;

/** Columns and steps per orbit that share the work out: columns first, then steps. */
function share(orbitSteps: number): { readonly count: number; readonly steps: number } {
  const wanted = Math.round(orbitSteps / (ORBITS * FEW_STEPS));
  const count = Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, wanted));
  return { count, steps: Math.max(2, Math.round(orbitSteps / (ORBITS * count))) };
}

const sweepOf = (count: number) => ({
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
  optimizer: { rule: 'gd' },
  axes: [{ parameter: 'eta', from: 0, to: 4.6e-3, count }],
  ensemble: { orbits: ORBITS, initial: { x: { uniform: [-0.004, 0.004] } }, seed: 1 },
});

const observed = { measure: 'density', of: 'x', range: [-4e-3, 4e-3] };

/** The same orbits twice: stepping alone, and stepping while a density of 1080 bins is taken. */
export const workloads: readonly Workload[] = [
  {
    name: 'iteration',
    about: 'steps without observing: all but the last are skipped',
    specFor: (orbitSteps) => {
      const { count, steps } = share(orbitSteps);
      return {
        ...sweepOf(count),
        title: 'bench: iteration',
        steps: { skip: steps - 1, keep: 1 },
        measures: [{ ...observed, bins: 1 }],
      };
    },
  },
  {
    name: 'density',
    about: 'every step counted into one of 1080 bins',
    specFor: (orbitSteps) => {
      const { count, steps } = share(orbitSteps);
      return {
        ...sweepOf(count),
        title: 'bench: density',
        steps: { skip: 0, keep: steps },
        measures: [{ ...observed, bins: 1080 }],
      };
    },
  },
];
