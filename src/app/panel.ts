import GUI, { type Controller } from 'lil-gui';
import { colormapNames } from '../export/colormaps.ts';
import { choiceText } from '../export/map-arrays.ts';
import { toneNames } from '../export/tone.ts';
import { type Explorable, explorablePresets, parameterLabel } from './explorable.ts';
import { type Fault, faultBox } from './fault.ts';
import { mapChoiceOf, mapChoices } from './pictures/paint-options.ts';
import { formOf, formShape, isOnAxis, type SpecForm, startKind } from './spec-form.ts';
import type { LinkState, Look } from './url-state.ts';

/** Pause after the last key before what was typed is tried, milliseconds. */
const TYPING_PAUSE = 300;
const OWN = 'yours';
const AUTO = 'auto';

export interface PanelHandlers {
  /** Fields were edited; they are not validated. */
  edit(form: SpecForm): void;
  choosePreset(name: string): void;
  look(look: Look): void;
  reset(): void;
  copyLink(): void;
  open(): void;
  download(kind: 'png' | 'npz' | 'json'): void;
}

/** The fields of a spec, and what can be done with it. */
export interface Panel {
  /** Shows a state; fields that hold a fault keep what was typed unless `isNew`. */
  show(state: LinkState, preset: string | undefined, isNew: boolean): void;
  /** Shows a fault beside the field it is about; false where there is no such field. */
  showFault(fault: Fault): boolean;
  clearFault(): void;
  dispose(): void;
}

export function createPanel(container: HTMLElement, handlers: PanelHandlers): Panel {
  const gui = new GUI({ container, autoPlace: false, title: 'etascope', touchStyles: 640 });
  gui.domElement.classList.add('panel');
  gui.$title.hidden = true;
  const choice: { preset: string; tone: Look['tone']; map: Look['map']; measure: string } = {
    preset: OWN,
    tone: AUTO,
    map: AUTO,
    measure: '',
  };
  let form: SpecForm | undefined;
  let shape = '';
  let fault: HTMLElement | undefined;
  let typing = 0;
  const fields = new Map<string, Controller>();
  const folders: GUI[] = [];

  const edit = () => {
    clearTimeout(typing);
    if (form) handlers.edit(form);
  };
  const whileTyping = () => {
    clearTimeout(typing);
    typing = window.setTimeout(edit, TYPING_PAUSE);
  };
  const clearFault = () => {
    fault?.remove();
    fault = undefined;
    for (const { domElement } of fields.values()) domElement.classList.remove('is-wrong');
  };

  gui
    .add(choice, 'preset', [...explorablePresets, OWN])
    .name('preset')
    .onChange((name: string) => name !== OWN && handlers.choosePreset(name));
  const actions = {
    reset: handlers.reset,
    link: handlers.copyLink,
    open: handlers.open,
    png: () => handlers.download('png'),
    npz: () => handlers.download('npz'),
    json: () => handlers.download('json'),
  };

  const build = (request: Explorable, model: SpecForm) => {
    for (const folder of folders.splice(0)) folder.destroy();
    fields.clear();
    const { axis, density, place, spec } = request;
    const [, upAxis] = spec.axes;
    const folder = (title: string): GUI => {
      const made = gui.addFolder(title);
      folders.push(made);
      return made;
    };
    const field = <T extends object>(
      owner: GUI,
      object: T,
      key: keyof T & string,
      label: string,
      path: string,
    ): Controller => {
      const controller = owner.add(object, key).name(label);
      controller.onChange(whileTyping).onFinishChange(edit);
      fields.set(path, controller);
      return controller;
    };
    const formula = (owner: GUI, key: 'macro' | 'micro' | 'of', label: string, path: string) =>
      field(owner, model, key, label, path).domElement.classList.add('is-formula');

    const objective = folder('objective');
    formula(objective, 'macro', 'macro  f₀(x)', 'objective.macro');
    formula(objective, 'micro', 'micro  f₁, added as ε f₁(x / ε)', 'objective.micro');
    if (!isOnAxis(spec, 'epsilon')) {
      field(objective, model, 'epsilon', 'ε', 'objective.epsilon');
    }
    for (const name of Object.keys(model.parameters)) {
      if (isOnAxis(spec, `parameters.${name}`)) continue;
      field(objective, model.parameters, name, name, `objective.parameters.${name}`);
    }
    const added = field(objective, model, 'added', 'new parameter', 'objective.parameters');
    added.onChange(() => {}); // half a number is a number: only the finished one is meant
    added.domElement.querySelector('input')?.setAttribute('placeholder', 'a = 0.5');
    if ('eta' in spec.optimizer) field(objective, model, 'eta', 'η', 'optimizer.eta');

    const range = folder('window');
    if (axis) {
      const label = parameterLabel(axis.parameter);
      field(range, model, 'from', `${label} from`, 'axes[0].from');
      field(range, model, 'to', `${label} to`, 'axes[0].to');
    }
    if (upAxis) {
      const label = parameterLabel(upAxis.parameter);
      field(range, model, 'low', `${label} from`, 'axes[1].from');
      field(range, model, 'high', `${label} to`, 'axes[1].to');
    }
    if (density) {
      formula(range, 'of', 'density of', `measures[${place}].of`);
      field(range, model, 'low', `${density.of} from`, `measures[${place}].range[0]`);
      field(range, model, 'high', `${density.of} to`, `measures[${place}].range`);
    }
    range.add(actions, 'reset').name('reset view');

    const orbits = folder('orbits');
    field(orbits, model, 'orbits', 'orbits', 'ensemble.orbits');
    for (const [variable, start] of Object.entries(spec.ensemble.initial)) {
      const kind = startKind(start);
      const path = `ensemble.initial.${variable}`;
      const values = model.starts[variable];
      if (!values) continue;
      const words = {
        at: ['at'],
        uniform: ['from', 'to'],
        grid: ['from', 'to'],
        normal: ['mean', 'sd'],
      }[kind];
      field(orbits, values, 'first', `${variable} starts ${words[0]}`, `${path}.${kind}[0]`);
      if (words[1]) field(orbits, values, 'second', `… ${words[1]}`, path);
    }
    field(orbits, model, 'skip', 'skip steps', 'steps.skip');
    field(orbits, model, 'keep', 'keep steps', 'steps.keep');
    field(orbits, model, 'seed', 'seed', 'ensemble.seed');
    const precision = orbits
      .add(model, 'precision', ['statistics', 'float32', 'float64'])
      .onChange(edit);
    fields.set('precision', precision);

    const drawing = folder('picture');
    const look = () => {
      const { tone, map, measure } = choice;
      handlers.look({ tone, map, ...(upAxis ? { measure } : {}) });
    };
    if (upAxis) drawing.add(choice, 'measure', [...mapChoices(spec)]).onChange(look);
    drawing.add(choice, 'tone', [AUTO, ...toneNames]).onChange(look);
    drawing
      .add(choice, 'map', [AUTO, ...colormapNames])
      .name('colormap')
      .onChange(look);

    const files = folder('share and save');
    files.add(actions, 'link').name('copy link');
    files.add(actions, 'png').name('download PNG');
    files.add(actions, 'npz').name('download NPZ');
    files.add(actions, 'json').name('download spec');
    files.add(actions, 'open').name('open a file …');
  };

  return {
    show({ request, look }, preset, isNew) {
      clearTimeout(typing);
      const measure = request.kind === 'map' ? choiceText(mapChoiceOf(request.spec, look)) : '';
      Object.assign(choice, look, { preset: preset ?? OWN, measure });
      const next = formOf(request);
      if (!form || formShape(request) !== shape) {
        form = next;
        shape = formShape(request);
        build(request, form);
      } else if (fault && !isNew) {
        const { from, to, low, high } = next;
        Object.assign(form, { from, to, low, high });
      } else {
        const { parameters, starts, ...rest } = next;
        Object.assign(form, rest);
        Object.assign(form.parameters, parameters);
        for (const [variable, values] of Object.entries(starts)) {
          Object.assign(form.starts[variable] ?? {}, values);
        }
      }
      if (isNew) clearFault();
      for (const controller of gui.controllersRecursive()) controller.updateDisplay();
    },
    showFault(shown) {
      clearFault();
      const controller = fieldOf(fields, shown.where);
      if (!controller) return false;
      controller.domElement.classList.add('is-wrong');
      fault = faultBox(shown);
      controller.domElement.after(fault);
      fault.scrollIntoView({ block: 'nearest' });
      return true;
    },
    clearFault,
    dispose() {
      clearTimeout(typing);
      gui.destroy();
    },
  };
}

/** The field at a path, or the one that stands for what the path is in or holds. */
function fieldOf(fields: ReadonlyMap<string, Controller>, where: string): Controller | undefined {
  if (where === '') return undefined;
  const paths = [...fields.keys()];
  const near =
    paths.find((path) => path === where) ??
    paths.find((path) => path.startsWith(where)) ??
    paths.find((path) => where.startsWith(path));
  return near === undefined ? undefined : fields.get(near);
}
