import type { Feature } from '../context.ts';
import { createToolButton } from '../map/tool-button.ts';

/** Dark or light. */
export type Theme = 'dark' | 'light';

/** Where the choice is kept; it is the reader's, and so no part of a link. */
const KEY = 'etascope.theme';

/** What was chosen against the system's preference, if anything. */
function chosenTheme(): Theme | undefined {
  try {
    const chosen = localStorage.getItem(KEY);
    return chosen === 'dark' || chosen === 'light' ? chosen : undefined;
  } catch {
    return undefined; // a browser may keep nothing
  }
}

function keep(theme: Theme | undefined): void {
  try {
    if (theme) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // It lasts as long as the page.
  }
}

/** Dresses the document in a theme; none follows the system. */
function wear(theme: Theme | undefined): void {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

/**
 * A switch between dark and light.
 *
 * The page follows the system; what is chosen against it is remembered, and choosing what the system
 * prefers follows it again.
 */
export const theme: Feature = ({ page, signal }) => {
  const prefersLight = matchMedia('(prefers-color-scheme: light)');
  let chosen = chosenTheme();
  const present = (): Theme => chosen ?? (prefersLight.matches ? 'light' : 'dark');
  const button = createToolButton({ words: '', title: 'Switch between dark and light' }, () => {
    const next = present() === 'dark' ? 'light' : 'dark';
    chosen = (next === 'light') === prefersLight.matches ? undefined : next;
    keep(chosen);
    show();
  });
  const show = () => {
    wear(chosen);
    button.element.textContent = present() === 'dark' ? 'light' : 'dark'; // what it does
  };
  page.tools.append(button.element);
  prefersLight.addEventListener('change', show, { signal });
  show();
};
