import GUI from 'lil-gui';
import { colormapNames } from '../export/colormaps.ts';
import { choiceText } from '../export/map-arrays.ts';
import { toneNames } from '../export/tone.ts';
import { presets } from '../spec/presets.ts';
import { type Explorable, explorablePresets, parameterLabel } from './explorable.ts';
import { type Fault, faultBox } from './fault.ts';
import { buildEscape } from './objectives/escape-fields.ts';
import { createFields } from './objectives/fields.ts';
import { buildObjective, buildOptimizer } from './objectives/objective-folder.ts';
import { createObjectivePlot } from './objectives/objective-plot.ts';
import './objectives/panel.css';
import type { Look } from './look.ts';
import { buildOrbits } from './objectives/orbits-folder.ts';
import { buildBeside, buildSweeps } from './objectives/sweep-folder.ts';
import { mapChoiceOf, mapChoices } from './pictures/paint-options.ts';
import { formOf, formShape, type SpecForm } from './spec-form.ts';
import type { LinkState } from './url-state.ts';

/** Pause after the last key before what was typed is tried, milliseconds. */
const TYPING_PAUSE = 300;
const OWN = 'yours';
const AUTO = 'auto';
const FAULT = 'panel-fault';

export interface PanelHandlers {
  /** Fields were edited; they are not validated. `isPassing` while a slider is still being moved. */
  edit(form: SpecForm, isPassing: boolean): void;
  choosePreset(name: string): void;
  look(look: Look): void;
  reset(): void;
  open(): void;
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

/** What of a form follows the window. */
type Window = Pick<SpecForm, 'from' | 'to' | 'low' | 'high'>;

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
  let seen: Window | undefined; // the window that the fields followed last
  let shape = '';
  let fault: HTMLElement | undefined;
  let typing = 0; // a timer, while something typed has not been tried
  let sliding = 0; // a frame, likewise
  const folders: GUI[] = [];
  const plot = createObjectivePlot();

  const settle = () => {
    clearTimeout(typing);
    cancelAnimationFrame(sliding);
    typing = 0;
    sliding = 0;
  };
  const edit = (isPassing = false) => {
    settle();
    if (form) handlers.edit(form, isPassing);
  };
  const fields = createFields({
    type() {
      clearTimeout(typing);
      typing = window.setTimeout(edit, TYPING_PAUSE);
    },
    slide() {
      if (sliding === 0) sliding = requestAnimationFrame(() => edit(true));
    },
    finish: () => edit(),
  });
  const clearFault = () => {
    fault?.remove();
    fault = undefined;
    for (const { domElement } of fields.paths.values()) {
      domElement.classList.remove('is-wrong');
      for (const input of domElement.querySelectorAll('[aria-describedby]')) {
        input.removeAttribute('aria-invalid');
        input.removeAttribute('aria-describedby');
      }
    }
  };

  gui
    .add(choice, 'preset', [...explorablePresets, OWN])
    .name('preset')
    .onChange((name: string) => name !== OWN && handlers.choosePreset(name));
  const about = document.createElement('div');
  about.className = 'about';
  gui.$children.append(about);
  const actions = { reset: handlers.reset, open: handlers.open };
  gui.add(actions, 'open').name('open a file …');

  const build = (request: Explorable, model: SpecForm) => {
    const focused = [...fields.paths].find(([, { domElement }]) =>
      domElement.contains(document.activeElement),
    );
    const closed = folders.filter(({ _closed }) => _closed).map(({ _title }) => _title);
    for (const folder of folders.splice(0)) folder.destroy();
    fields.clear();
    const { axis, density, joint, place, spec } = request;
    const [, upAxis] = spec.axes;
    const folder = (title: string): GUI => {
      const made = gui.addFolder(title);
      if (closed.includes(title)) made.close();
      folders.push(made);
      return made;
    };
    buildObjective(folder('objective'), fields, request, model, {
      plot,
      remove(parameter) {
        const { [parameter]: value = 0 } = model.parameters;
        delete model.parameters[parameter];
        edit();
        if (fault) model.parameters[parameter] = value; // a formula needs it
      },
    });
    buildOptimizer(folder('optimizer'), fields, request, model);
    buildSweeps(folder('sweep'), fields, request, model);

    const range = folder('window');
    const end = (key: keyof Window, label: string, path: string) =>
      fields.add(range, { object: model, key, label, path });
    if (axis) {
      const label = parameterLabel(axis.parameter);
      end('from', `${label} from`, 'axes[0].from');
      end('to', `${label} to`, 'axes[0].to');
    }
    if (upAxis) {
      const label = parameterLabel(upAxis.parameter);
      end('low', `${label} from`, 'axes[1].from');
      end('high', `${label} to`, 'axes[1].to');
    }
    if (density) {
      const path = `measures[${place}]`;
      fields.addFormula(
        range,
        { object: model, key: 'of', label: 'density of', path: `${path}.of` },
        () => [...spec.objective.variables, ...Object.keys(model.parameters), 'f', 'epsilon'],
      );
      end('low', `${density.of} from`, `${path}.range[0]`);
      end('high', `${density.of} to`, `${path}.range`);
    }
    if (joint) {
      const path = `measures[${place}]`;
      const sides = [
        { key: 'of', low: 'from', high: 'to', words: 'density across' },
        { key: 'ofUp', low: 'low', high: 'high', words: 'density up' },
      ] as const;
      for (const [side, { key, low, high, words }] of sides.entries()) {
        fields.addFormula(
          range,
          { object: model, key, label: words, path: `${path}.of[${side}]` },
          () => [...spec.objective.variables, ...Object.keys(model.parameters), 'f', 'epsilon'],
        );
        end(low, `${joint.of[side]} from`, `${path}.range[${side}][0]`);
        end(high, `${joint.of[side]} to`, `${path}.range[${side}]`);
      }
    }
    buildEscape(range, fields, request, model);
    range.add(actions, 'reset').name('reset view');

    buildOrbits(folder('orbits'), fields, request, model);
    buildBeside(folder('also measure'), fields, model);

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

    const [path = ''] = focused ?? [];
    fields.paths.get(path)?.domElement.querySelector<HTMLElement>('input, select')?.focus();
  };

  return {
    show({ request, look }, preset, isNew) {
      const isHeld = !isNew && (fault !== undefined || typing !== 0);
      if (isNew) {
        settle();
        fields.forgetRanges();
      }
      const measure = request.kind === 'map' ? choiceText(mapChoiceOf(request.spec, look)) : '';
      Object.assign(choice, look, { preset: preset ?? OWN, measure });
      describe(about, preset);
      const next = formOf(request);
      const window = windowOf(next);
      if (!form || formShape(request) !== shape) {
        form = next;
        shape = formShape(request);
        build(request, form);
      } else if (isHeld) {
        Object.assign(form, seen ? changes(seen, window) : window); // the rest stays as it was typed
      } else {
        const { parameters, starts, beside, ...rest } = next;
        Object.assign(form, rest);
        Object.assign(form.parameters, parameters);
        Object.assign(form.beside, beside);
        for (const [variable, values] of Object.entries(starts)) {
          Object.assign(form.starts[variable] ?? {}, values);
        }
      }
      seen = window;
      if (isNew) clearFault();
      fields.refresh();
      for (const controller of gui.controllersRecursive()) controller.updateDisplay();
      plot.draw(request.spec);
    },
    showFault(shown) {
      clearFault();
      const controller = fields.near(shown.where);
      if (!controller) return false;
      const { domElement } = controller;
      domElement.classList.add('is-wrong');
      fault = faultBox(shown);
      fault.id = FAULT;
      const input = domElement.querySelector('input, select');
      input?.setAttribute('aria-invalid', 'true');
      input?.setAttribute('aria-describedby', FAULT);
      domElement.after(fault);
      controller.parent.open();
      fault.scrollIntoView({ block: 'nearest' });
      return true;
    },
    clearFault,
    dispose() {
      settle();
      plot.dispose();
      gui.destroy();
    },
  };
}

function windowOf({ from, to, low, high }: SpecForm): Window {
  return { from, to, low, high };
}

/** What differs from what was seen. */
function changes(seen: Window, next: Window): Partial<Window> {
  const keys = ['from', 'to', 'low', 'high'] as const;
  return Object.fromEntries(
    keys.filter((key) => seen[key] !== next[key]).map((key) => [key, next[key]]),
  );
}

/** Says what a preset shows and where it is from; nothing of a spec of one's own. */
function describe(element: HTMLElement, preset: string | undefined): void {
  const known = preset === undefined ? undefined : presets[preset];
  element.hidden = known === undefined;
  if (!known) return;
  const [words, source] = [document.createElement('p'), document.createElement('p')];
  words.textContent = known.about;
  source.textContent = known.source;
  const more = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'source';
  more.append(summary, source);
  element.replaceChildren(words, more);
}
