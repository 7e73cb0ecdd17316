import type GUI from 'lil-gui';
import { requestsOf } from '../../spec/measures/registry.ts';
import type { Explorable } from '../explorable.ts';
import type { SpecForm } from '../spec-form.ts';
import type { Fields } from './fields.ts';

/** The fields of the first measure of escape times, where a spec has one. */
export function buildEscape(
  owner: GUI,
  fields: Fields,
  { spec }: Explorable,
  model: SpecForm,
): void {
  const [escapes] = requestsOf(spec.measures, 'escape');
  if (!escapes) return;
  const path = `measures[${escapes.index}]`;
  const { objective } = spec;
  fields.addFormula(
    owner,
    { object: model, key: 'when', label: 'escaped when', path: `${path}.when` },
    () => [...objective.variables, ...Object.keys(objective.parameters), 'f', 'epsilon'],
  );
  fields.add(owner, {
    object: model,
    key: 'horizon',
    label: 'most steps',
    path: `${path}.horizon`,
  });
}
