import type GUI from 'lil-gui';
import type { Controller } from 'lil-gui';
import type { Extent } from '../../export/extent.ts';
import { createSlider, type Slider } from './slider.ts';
import { suggestNames } from './suggestions.ts';

/** What fields tell of what is done to them. */
export interface FieldEvents {
  /** Something is being typed. */
  type(): void;
  /** A slider is being moved. */
  slide(): void;
  /** A field was left, or a choice made. */
  finish(): void;
}

/** A field: where its value is kept, what it is called, and its path in the spec. */
export interface FieldOptions<T extends object> {
  readonly object: T;
  readonly key: keyof T & string;
  readonly label: string;
  readonly path: string;
}

/** The fields of a panel by their paths in the spec. */
export interface Fields {
  readonly paths: ReadonlyMap<string, Controller>;
  /** A number, a text or a yes-or-no, whichever it is; tried while it is typed. */
  add<T extends object>(owner: GUI, options: FieldOptions<T>): Controller;
  /** One that means nothing until it is finished. */
  addWhole<T extends object>(owner: GUI, options: FieldOptions<T>): Controller;
  /** A formula, for which `names` are suggested beside those of all formulas. */
  addFormula<T extends object>(
    owner: GUI,
    options: FieldOptions<T>,
    names: () => readonly string[],
  ): Controller;
  /** A choice among values, each with its words. */
  addChoice<T extends object>(
    owner: GUI,
    options: FieldOptions<T>,
    words: ReadonlyMap<string, string>,
  ): Controller;
  /** A number with a slider below, over `about` its value. */
  addSlider<T extends object>(
    owner: GUI,
    options: FieldOptions<T>,
    about: (value: number) => Extent,
  ): Controller;
  /** The field at a path, or the one that stands for what the path is in or holds. */
  near(where: string): Controller | undefined;
  /** Moves the sliders to the values as they are. */
  refresh(): void;
  /** Forgets all fields; their owners are the caller's. */
  clear(): void;
  /** Forgets where the ends of sliders were. */
  forgetRanges(): void;
}

export function createFields({ type, slide, finish }: FieldEvents): Fields {
  const paths = new Map<string, Controller>();
  const sliders: (() => void)[] = [];
  const extents = new Map<string, Extent>();
  const addWhole: Fields['addWhole'] = (owner, { object, key, label, path }) => {
    const controller = owner.add(object, key).name(label).onFinishChange(finish);
    paths.set(path, controller);
    return controller;
  };
  const add: Fields['add'] = (owner, options) => addWhole(owner, options).onChange(type);
  return {
    paths,
    add,
    addWhole,
    addFormula(owner, options, names) {
      const controller = add(owner, options);
      controller.domElement.classList.add('is-formula');
      const input = controller.domElement.querySelector('input');
      if (input) suggestNames(input, names);
      return controller;
    },
    addChoice(owner, { object, key, label, path }, words) {
      const options = Object.fromEntries([...words].map(([value, name]) => [name, value]));
      const controller = owner.add(object, key, options).name(label).onFinishChange(finish);
      paths.set(path, controller);
      return controller;
    },
    addSlider(owner, options, about) {
      const { label, path } = options;
      const controller = add(owner, options);
      const ends = {
        kept: extents.get(path),
        keep: (extent: Extent) => void extents.set(path, extent),
      };
      const slider: Slider = createSlider(label, about, ends, {
        slide(value) {
          // The value of a slider is a number, as is the field's.
          Object.assign(options.object, { [options.key]: value });
          controller.updateDisplay();
          slide();
        },
        finish,
      });
      controller.domElement.after(slider.element);
      const show = () => slider.show(Number(controller.getValue()));
      sliders.push(show);
      controller.onFinishChange(() => {
        finish();
        show();
      });
      show();
      return controller;
    },
    near(where) {
      if (where === '') return undefined;
      const all = [...paths.keys()];
      const path =
        all.find((each) => each === where) ??
        all.find((each) => each.startsWith(where)) ??
        all.find((each) => where.startsWith(each));
      return path === undefined ? undefined : paths.get(path);
    },
    refresh() {
      for (const show of sliders) show();
    },
    clear() {
      paths.clear();
      sliders.length = 0;
    },
    forgetRanges: () => extents.clear(),
  };
}
