import type GUI from 'lil-gui';
import { type Explorable, parameterLabel } from '../explorable.ts';
import type { SpecForm } from '../spec-form.ts';
import type { Fields } from './fields.ts';
import { sweepable } from './ranges.ts';
import { besideNames } from './restructure.ts';

const NONE = 'nothing';
const scales = new Map([
  ['linear', 'linear'],
  ['log', 'logarithmic'],
]);

/** The fields of the axes: what is swept, and over which scale. */
export function buildSweeps(
  owner: GUI,
  fields: Fields,
  { spec }: Explorable,
  model: SpecForm,
): void {
  const words = new Map([
    ['', NONE],
    ...sweepable(spec).map((parameter): [string, string] => [parameter, wordsOf(parameter)]),
  ]);
  fields.addChoice(
    owner,
    { object: model, key: 'across', label: 'sweep', path: 'axes[0].parameter' },
    words,
  );
  if (model.across === '') return;
  fields.addChoice(
    owner,
    { object: model, key: 'acrossScale', label: '… scale', path: 'axes[0].scale' },
    scales,
  );
  fields.addChoice(
    owner,
    { object: model, key: 'upward', label: 'and upward', path: 'axes[1].parameter' },
    words,
  );
  if (model.upward === '') return;
  fields.addChoice(
    owner,
    { object: model, key: 'upwardScale', label: '… scale', path: 'axes[1].scale' },
    scales,
  );
}

/** The measures that are taken beside the one that is drawn. */
export function buildBeside(owner: GUI, fields: Fields, model: SpecForm): void {
  const words = { lyapunov: 'λ (Lyapunov)', period: 'period', regime: 'regime' } as const;
  for (const name of besideNames) {
    fields.addWhole(owner, {
      object: model.beside,
      key: name,
      label: words[name],
      path: `measures.${name}`,
    });
  }
}

function wordsOf(parameter: string): string {
  return parameter === 'eta' || parameter === 'epsilon'
    ? { eta: 'η, the learning rate', epsilon: 'ε, the micro scale' }[parameter]
    : parameterLabel(parameter);
}
