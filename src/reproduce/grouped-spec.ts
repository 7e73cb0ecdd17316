import type { SpecInput } from '../spec/schema.ts';

/** What the columns of a law are, and how many orbits count. */
export interface Sample {
  /** The parameter that the laws differ in. */
  readonly axis: NonNullable<SpecInput['axes']>[number];
  /** Of every group. */
  readonly orbits: number;
  readonly keep: number;
  /** Of the densities, in their order. */
  readonly bins: readonly number[];
  /** Learning rate, where the axis is not that. */
  readonly eta?: number;
}

/** Groups of orbits with draws of their own: how they scatter is the error of a law. */
const GROUPS = 16;

/** A preset over few columns, each in groups along a second axis. */
export function groupedSpec(
  { objective, ensemble, steps, optimizer, measures, ...spec }: SpecInput,
  { axis, orbits, keep, bins, eta }: Sample,
): SpecInput {
  const sizes = bins.values();
  return {
    ...spec,
    // What has no effect on orbits: columns differ in their draws alone.
    objective: { ...objective, parameters: { ...objective.parameters, group: 0 } },
    optimizer: { ...optimizer, ...(eta === undefined ? {} : { eta }) },
    axes: [axis, { parameter: 'parameters.group', from: 0, to: 1, count: GROUPS }],
    ensemble: { ...ensemble, orbits },
    steps: { ...steps, keep },
    measures: measures.map((request) =>
      request.measure === 'density'
        ? { ...request, bins: sizes.next().value ?? request.bins }
        : request,
    ),
  };
}
