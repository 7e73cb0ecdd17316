import type { Feature } from '../context.ts';
import { createToolButton } from '../map/tool-button.ts';
import { writeFragment } from '../url-state.ts';
import { stateOf, stepAt } from './step-state.ts';
import { steps } from './steps.ts';
import './tour.css';

/**
 * A tour in steps, each of them a link that can be shared: whoever opens one is on the tour.
 *
 * Within its card the arrow keys go on and back, and Escape closes it.
 */
export const tour: Feature = ({ page, events, signal }) => {
  const card = document.createElement('section');
  card.className = 'tour';
  card.tabIndex = -1;
  card.setAttribute('aria-label', 'Tour');
  const heading = document.createElement('h2');
  const words = document.createElement('p');
  const formula = document.createElement('p');
  formula.className = 'formula';
  const text = document.createElement('div');
  text.className = 'text';
  text.setAttribute('aria-live', 'polite');
  text.append(heading, words, formula);
  const back = linkElement('‹', 'Previous step');
  const place = document.createElement('span');
  place.className = 'place';
  const on = linkElement('›', 'Next step');
  const close = createToolButton({ words: '×', title: 'Close the tour' }, () => leave());
  close.element.setAttribute('aria-label', 'Close the tour');
  const ways = document.createElement('nav');
  ways.setAttribute('aria-label', 'Steps of the tour');
  ways.append(back, place, on, close.element);
  card.append(text, ways);
  page.header.after(card);

  const button = createToolButton(
    { words: 'tour', title: 'From rest to chaos, step by step' },
    () => (card.hidden ? enter() : leave()),
  );
  page.tools.prepend(button.element);
  let present = 0;
  const show = (isOpen: boolean) => {
    card.hidden = !isOpen;
    button.press(isOpen);
    button.element.setAttribute('aria-expanded', String(isOpen));
    const step = steps[present];
    if (!isOpen || !step) return;
    heading.textContent = step.spec.title;
    words.textContent = step.words;
    formula.textContent = step.formula;
    place.textContent = `${present + 1} / ${steps.length}`;
    lead(back, present - 1);
    lead(on, present + 1);
  };
  const go = (to: number) => {
    const fragment = fragmentOf(to);
    if (fragment) location.hash = fragment; // as a link would
  };
  const enter = () => {
    show(true);
    go(present);
    card.focus();
  };
  const leave = () => {
    const hadFocus = card.contains(document.activeElement);
    show(false);
    if (hadFocus) button.element.focus();
  };
  card.addEventListener('keydown', (event) => {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey) return;
    if (key === 'ArrowRight') go(present + 1);
    else if (key === 'ArrowLeft') go(present - 1);
    else if (key === 'Escape') leave();
    else return;
    event.preventDefault();
  });
  let isFirst = true;
  events.on(
    'request',
    ({ request }) => {
      const at = stepAt(steps, request);
      if (at !== undefined) present = at;
      show(isFirst ? at !== undefined : !card.hidden);
      isFirst = false;
    },
    signal,
  );
  show(false);
};

/** The link of a step; undefined where there is none. */
function fragmentOf(at: number): string | undefined {
  const step = steps[at];
  return step && writeFragment(stateOf(step));
}

/** Lets a link lead to a step; it is off where there is none. */
function lead(link: HTMLAnchorElement, to: number): void {
  const fragment = fragmentOf(to);
  if (fragment) {
    link.href = fragment;
    link.removeAttribute('aria-disabled');
  } else {
    link.removeAttribute('href');
    link.setAttribute('aria-disabled', 'true');
  }
}

function linkElement(sign: string, label: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.className = 'tool';
  link.textContent = sign;
  link.title = label;
  link.setAttribute('aria-label', label);
  link.setAttribute('role', 'link'); // also where it leads nowhere
  return link;
}
