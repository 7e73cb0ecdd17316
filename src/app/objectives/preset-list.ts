import { presets } from '../../spec/presets.ts';
import { findPresets, type PresetGroup } from './preset-groups.ts';
import './preset-list.css';

/** A dialogue that lists the presets, each with what it shows and where it is from. */
export interface PresetList {
  readonly element: HTMLDialogElement;
  /** Opens it; `current` is the preset that is shown, if any. */
  open(current: string | undefined): void;
}

/** Options that a page of keys passes. */
const PAGE = 5;

/**
 * A list of presets that can be searched and gone through with the keyboard: the focus stays in the
 * search field, and arrow keys move the choice.
 */
export function createPresetList(choose: (name: string) => void): PresetList {
  const element = document.createElement('dialog');
  element.className = 'preset-list';
  element.setAttribute('aria-label', 'Presets');
  const search = document.createElement('input');
  search.type = 'search';
  search.placeholder = 'Search presets';
  search.autocomplete = 'off';
  search.spellcheck = false;
  const attributes = {
    role: 'combobox',
    'aria-label': 'Search presets',
    'aria-expanded': 'true',
    'aria-controls': 'preset-options',
    'aria-autocomplete': 'list',
  };
  for (const [name, value] of Object.entries(attributes)) search.setAttribute(name, value);
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'close';
  close.textContent = '×';
  close.setAttribute('aria-label', 'Close');
  close.addEventListener('click', () => element.close());
  const list = document.createElement('div');
  list.id = 'preset-options';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Presets');
  const count = document.createElement('p');
  count.className = 'count';
  count.setAttribute('role', 'status');
  element.append(search, close, list, count);
  let options: readonly HTMLElement[] = [];
  let active = -1;

  const move = (to: number) => {
    active = Math.max(0, Math.min(options.length - 1, to));
    for (const [index, option] of options.entries()) {
      option.setAttribute('aria-selected', String(index === active));
    }
    const option = options[active];
    if (option) search.setAttribute('aria-activedescendant', option.id);
    else search.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  };
  const take = (option: HTMLElement | undefined) => {
    const name = option?.dataset.preset;
    if (name === undefined) return;
    element.close();
    choose(name);
  };
  const find = () => {
    const groups = findPresets(search.value);
    list.replaceChildren(...groups.map(groupElement));
    options = [...list.querySelectorAll<HTMLElement>('[role="option"]')];
    const { length } = options;
    count.textContent = length === 0 ? 'No preset has these words' : `${length} presets`;
    move(0);
  };
  search.addEventListener('input', find);
  search.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + PAGE,
      PageUp: active - PAGE,
    };
    const to = steps[event.key];
    if (to !== undefined) move(to);
    else if (event.key === 'Enter') take(options[active]);
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', ({ target }) => {
    if (target instanceof Element)
      take(target.closest<HTMLElement>('[role="option"]') ?? undefined);
  });
  element.addEventListener('click', (event) => {
    if (event.target === element) element.close(); // the ground around it
  });
  return {
    element,
    open(current) {
      search.value = '';
      element.showModal();
      find();
      move(options.findIndex(({ dataset }) => dataset.preset === current));
      search.focus();
    },
  };
}

function groupElement({ title, names }: PresetGroup): HTMLElement {
  const group = document.createElement('div');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', title);
  const heading = paragraph('group', title);
  heading.setAttribute('role', 'presentation');
  group.append(heading, ...names.map(optionElement));
  return group;
}

function optionElement(name: string): HTMLElement {
  const option = document.createElement('div');
  option.id = `preset-${name}`;
  option.setAttribute('role', 'option');
  option.dataset.preset = name;
  const { spec, about = '', source = '' } = presets[name] ?? {};
  const title = paragraph('title', spec?.title ?? name);
  const code = document.createElement('code');
  code.textContent = name;
  title.append(' ', code);
  option.append(title, paragraph('about', about), paragraph('source', source));
  return option;
}

function paragraph(name: string, words: string): HTMLElement {
  const made = document.createElement('p');
  made.className = name;
  made.textContent = words;
  return made;
}
