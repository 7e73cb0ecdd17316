import type { Box, Share } from './gestures.ts';
import './crosshair.css';

/** What is drawn over a picture at the hand: lines through a place, and a box. */
export interface Crosshair {
  readonly element: HTMLElement;
  /** Draws lines through a place; none takes them away. */
  mark(at: Share | undefined, isPinned: boolean): void;
  /** Draws a box; none takes it away. */
  draw(box: Box | undefined): void;
}

/** Lines and a box over the element that this one is put in. */
export function createCrosshair(): Crosshair {
  const element = document.createElement('div');
  element.className = 'crosshair';
  element.setAttribute('aria-hidden', 'true'); // the readout says it in numbers
  const across = document.createElement('i');
  across.className = 'across';
  const up = document.createElement('i');
  up.className = 'up';
  const rectangle = document.createElement('i');
  rectangle.className = 'box';
  for (const part of [across, up, rectangle]) part.hidden = true;
  element.append(across, up, rectangle);
  const percent = (share: number) => `${100 * share}%`;
  const isInside = (share: number) => share >= 0 && share <= 1;
  return {
    element,
    mark(at, isPinned) {
      element.classList.toggle('is-pinned', isPinned);
      across.hidden = !at || !isInside(at.across);
      up.hidden = !at || !isInside(at.up);
      if (!at) return;
      across.style.left = percent(at.across);
      up.style.bottom = percent(at.up);
    },
    draw(box) {
      rectangle.hidden = !box;
      if (!box) return;
      Object.assign(rectangle.style, {
        left: percent(box.from.across),
        bottom: percent(box.from.up),
        width: percent(box.to.across - box.from.across),
        height: percent(box.to.up - box.from.up),
      });
    },
  };
}
