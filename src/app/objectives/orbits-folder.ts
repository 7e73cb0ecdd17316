import type GUI from 'lil-gui';
import type { Explorable } from '../explorable.ts';
import { type SpecForm, startKind } from '../spec-form.ts';
import type { Fields } from './fields.ts';

const words = {
  at: ['at'],
  uniform: ['from', 'to'],
  grid: ['from', 'to'],
  normal: ['mean', 'sd'],
} as const;
const precisions = new Map([
  ['statistics', 'statistics'],
  ['float32', 'float32'],
  ['float64', 'float64'],
]);

/** The fields of the orbits: how many, from where, and for how long. */
export function buildOrbits(
  owner: GUI,
  fields: Fields,
  { spec }: Explorable,
  model: SpecForm,
): void {
  const field = (key: 'orbits' | 'skip' | 'keep' | 'seed', label: string, path: string) =>
    fields.add(owner, { object: model, key, label, path });
  field('orbits', 'orbits', 'ensemble.orbits');
  for (const [variable, start] of Object.entries(spec.ensemble.initial)) {
    const kind = startKind(start);
    const path = `ensemble.initial.${variable}`;
    const values = model.starts[variable];
    if (!values) continue;
    const [first, second] = words[kind];
    const label = `${variable} starts ${first}`;
    fields.add(owner, { object: values, key: 'first', label, path: `${path}.${kind}[0]` });
    if (second) fields.add(owner, { object: values, key: 'second', label: `… ${second}`, path });
  }
  field('skip', 'skip steps', 'steps.skip');
  field('keep', 'keep steps', 'steps.keep');
  field('seed', 'seed', 'ensemble.seed');
  fields.addChoice(
    owner,
    { object: model, key: 'precision', label: 'precision', path: 'precision' },
    precisions,
  );
}
