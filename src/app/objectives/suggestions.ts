import { callables, constants } from '../../formula/vocabulary.ts';
import './suggestions.css';

/** Most names that are suggested at once. */
const MOST = 8;
let lists = 0;

/** A word of a formula that may be meant to become a longer one. */
interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Suggests names while a formula is typed: functions, constants and those of the objective.
 *
 * Arrow keys choose one and Enter takes it; a name that nobody chose is never put in.
 *
 * @param names those of the objective, at the time of asking.
 */
export function suggestNames(input: HTMLInputElement, names: () => readonly string[]): void {
  lists += 1;
  const list = document.createElement('ul');
  list.id = `suggestions-${lists}`;
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Names');
  list.hidden = true;
  input.after(list);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('autocomplete', 'off');
  let chosen = -1;

  const choose = (next: number) => {
    chosen = next;
    const options = [...list.children];
    for (const [index, option] of options.entries()) {
      option.setAttribute('aria-selected', String(index === chosen));
    }
    const option = options[chosen];
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    choose(-1);
  };
  const take = (name: string) => {
    const word = wordAt(input);
    const isCall = callables.has(name) && input.value[word.to] !== '(';
    input.setRangeText(isCall ? `${name}(` : name, word.from, word.to, 'end');
    close();
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    close(); // the event has asked for the names that begin with this one
  };
  const open = () => {
    const { text } = wordAt(input);
    const found = text === '' ? [] : matching(text, names());
    list.replaceChildren(
      ...found.map((name, index) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${index}`;
        option.setAttribute('role', 'option');
        option.textContent = callables.has(name) ? `${name}( )` : name;
        option.addEventListener('pointerdown', (event) => {
          event.preventDefault(); // the focus stays where one types
          take(name);
        });
        option.dataset.name = name;
        return option;
      }),
    );
    close();
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
  };
  close();
  input.addEventListener('input', open);
  input.addEventListener('blur', close);
  input.addEventListener(
    'keydown',
    (event) => {
      if (list.hidden) return;
      const { length } = list.children;
      const option = list.children[chosen];
      if (event.key === 'ArrowDown') choose((chosen + 1) % length);
      else if (event.key === 'ArrowUp') choose((Math.max(chosen, 0) + length - 1) % length);
      else if (event.key === 'Escape') close();
      else if (event.key === 'Enter' && option instanceof HTMLElement) {
        take(option.dataset.name ?? '');
      } else return;
      event.preventDefault();
      event.stopImmediatePropagation(); // the field would end with Enter
    },
    { capture: true },
  );
}

/** The name that ends at the caret. */
function wordAt(input: HTMLInputElement): Word {
  const to = input.selectionEnd ?? input.value.length;
  const text = /[A-Za-z_][A-Za-z0-9_]*$/.exec(input.value.slice(0, to))?.[0] ?? '';
  return { text, from: to - text.length, to };
}

/** Names that begin with a text, those of the objective first; none where it is one already. */
function matching(text: string, own: readonly string[]): readonly string[] {
  const all = [...new Set([...own, ...callables.keys(), ...constants.keys()])];
  const lower = text.toLowerCase();
  const found = all.filter((name) => name.toLowerCase().startsWith(lower));
  return found.includes(text) && found.length === 1 ? [] : found.slice(0, MOST);
}
