import type { Progress } from '../engine/engine.ts';
import type { Provenance } from '../engine/result.ts';
import { quantity } from './quantity.ts';
import './status.css';

const REDRAW = 100; // milliseconds between two changes of the numbers

/** The line below the picture. */
export interface Status {
  /** Says in words what has begun or ended; screen readers say it too. */
  say(words: string): void;
  /** Shows how far the run is. */
  advance(progress: Progress): void;
  /**
   * Shows how the picture was made, and what to know before trusting it.
   *
   * @param by what computes it, or where it comes from.
   */
  describe(provenance: Provenance, by: string): void;
}

export function createStatus(container: HTMLElement): Status {
  const bar = element('div', 'bar');
  const words = element('span', 'words');
  words.setAttribute('role', 'status');
  words.setAttribute('aria-live', 'polite');
  const numbers = element('span', 'numbers');
  const warning = element('span', 'warning'); // cut short; whole under the pointer or the focus
  const made = element('span', 'made');
  container.append(bar, words, numbers, warning, made);
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    say(text) {
      words.textContent = text;
      numbers.textContent = '';
      bar.style.width = '0';
      drawn = Number.NEGATIVE_INFINITY;
    },
    advance({ share, orbitStepsPerSecond }) {
      const now = performance.now();
      if (now - drawn < REDRAW) return;
      drawn = now;
      bar.style.width = `${100 * share}%`;
      numbers.textContent = `${Math.floor(100 * share)} % · ${quantity(orbitStepsPerSecond)} orbit-steps/s`;
    },
    describe({ warnings, representation, precision }, by) {
      warning.textContent = warnings.map((words) => `⚠ ${words}`).join('\n');
      if (warnings.length > 0) warning.tabIndex = 0;
      else warning.removeAttribute('tabindex');
      made.textContent = `${precision} · ${by}`;
      made.title = `${by}\n${representation}`;
    },
  };
}

function element(kind: 'div' | 'span', name: string): HTMLElement {
  const made = document.createElement(kind);
  made.className = name;
  return made;
}
