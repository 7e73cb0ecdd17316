import type GUI from 'lil-gui';
import { type RuleName, ruleNames, rules } from '../../spec/rules.ts';
import type { Explorable } from '../explorable.ts';
import { isOnAxis, type SpecForm } from '../spec-form.ts';
import type { Fields } from './fields.ts';
import type { ObjectivePlot } from './objective-plot.ts';
import { rangeAbout } from './ranges.ts';

const ruleWords: Readonly<Record<RuleName, string>> = {
  gd: 'gradient descent',
  'heavy-ball': 'heavy ball',
  nesterov: 'Nesterov',
  'stochastic-map': 'stochastic map',
  'gradient-flow': 'gradient flow',
};

/** The fields of the objective: its formulas, their picture and its parameters. */
export function buildObjective(
  owner: GUI,
  fields: Fields,
  { spec }: Explorable,
  model: SpecForm,
  { plot, remove }: { readonly plot: ObjectivePlot; remove(parameter: string): void },
): void {
  const own = () => [...model.variables.split(/[\s,]+/), ...Object.keys(model.parameters)];
  const slow = () => spec.objective.variables.map((name) => `slow_${name}`);
  fields.addFormula(
    owner,
    { object: model, key: 'macro', label: 'macro  f₀(x)', path: 'objective.macro' },
    () => [...own(), 'epsilon'],
  );
  fields.addFormula(
    owner,
    {
      object: model,
      key: 'micro',
      label: 'micro  f₁, added as ε f₁(x / ε)',
      path: 'objective.micro',
    },
    () => [...own(), 'epsilon', ...slow()],
  );
  owner.$children.append(plot.element);
  if (!isOnAxis(spec, 'epsilon')) {
    const epsilon = {
      object: model,
      key: 'epsilon',
      label: 'ε',
      path: 'objective.epsilon',
    } as const;
    fields.addSlider(owner, epsilon, (value) => rangeAbout('epsilon', value, 'log'));
  }
  for (const name of Object.keys(model.parameters)) {
    const parameter = `parameters.${name}`;
    const path = `objective.${parameter}`;
    if (isOnAxis(spec, parameter)) continue;
    const field = fields.addSlider(
      owner,
      { object: model.parameters, key: name, label: name, path },
      (value) => rangeAbout(parameter, value, 'linear'),
    );
    field.domElement.append(removal(name, () => remove(name)));
  }
  const added = fields.addWhole(owner, {
    object: model,
    key: 'added',
    label: 'new parameter',
    path: 'objective.parameters',
  });
  added.domElement.querySelector('input')?.setAttribute('placeholder', 'a = 0.5');
  fields.addWhole(owner, {
    object: model,
    key: 'variables',
    label: 'variables',
    path: 'objective.variables',
  });
}

/** The fields of the optimizer: its rule and what is fixed of it. */
export function buildOptimizer(
  owner: GUI,
  fields: Fields,
  { spec }: Explorable,
  model: SpecForm,
): void {
  const rule = fields.addChoice(
    owner,
    { object: model, key: 'rule', label: 'rule', path: 'optimizer.rule' },
    new Map(ruleNames.map((name) => [name, ruleWords[name]])),
  );
  rule.domElement.title = rules[spec.optimizer.rule].about;
  if (!isOnAxis(spec, 'eta')) {
    fields.addSlider(
      owner,
      { object: model, key: 'eta', label: 'η', path: 'optimizer.eta' },
      (value) => rangeAbout('eta', value, 'linear'),
    );
  }
  if (rules[spec.optimizer.rule].hasMomentum && !isOnAxis(spec, 'momentum')) {
    fields.addSlider(
      owner,
      { object: model, key: 'momentum', label: 'momentum', path: 'optimizer.momentum' },
      () => ({ from: -0.99, to: 0.99, scale: 'linear' }),
    );
  }
}

function removal(name: string, remove: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'removal';
  button.textContent = '×';
  button.title = `Remove ${name}`;
  button.setAttribute('aria-label', `Remove the parameter ${name}`);
  button.addEventListener('click', remove);
  return button;
}
