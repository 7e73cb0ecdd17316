import type { Preset } from '../spec/presets.ts';
import { presets } from '../spec/presets.ts';
import type { SpecInput } from '../spec/schema.ts';

/** The preset that a reproduction is of. */
export function presetSpec(name: string): Preset {
  const preset = presets[name];
  if (!preset) throw new TypeError(`no preset ${name}`);
  return preset;
}

/** How far a spec is made smaller. */
export interface Smaller {
  /** Cells of each axis, in their order. */
  readonly counts?: readonly number[];
  readonly orbits?: number;
  readonly skip?: number;
  readonly keep?: number;
  /** Of every density. */
  readonly bins?: number;
}

/** The same spec with smaller numbers. */
export function smallSpec(
  spec: SpecInput,
  { counts, orbits, skip, keep, bins }: Smaller,
): SpecInput {
  return {
    ...spec,
    axes: (spec.axes ?? []).map((axis, at) => ({ ...axis, count: counts?.[at] ?? axis.count })),
    ensemble: { ...spec.ensemble, ...(orbits === undefined ? {} : { orbits }) },
    steps: {
      ...spec.steps,
      ...(skip === undefined ? {} : { skip }),
      ...(keep === undefined ? {} : { keep }),
    },
    measures: spec.measures.map((request) =>
      request.measure === 'density' ? { ...request, bins: bins ?? request.bins } : request,
    ),
  };
}
