import type { Feature } from '../context.ts';
import './full-screen.css';
import { createToolButton } from './tool-button.ts';

/** A tool that gives the figure the whole screen, where the browser lets it. */
export const fullScreen: Feature = ({ page, plot, complain, signal }) => {
  if (!document.fullscreenEnabled) return;
  const { figure } = page;
  const isFull = () => document.fullscreenElement === figure;
  const button = createToolButton(
    { words: 'full screen', title: 'Show the map alone on the whole screen; Escape goes back' },
    () => void (isFull() ? document.exitFullscreen() : figure.requestFullscreen()).catch(complain),
  );
  // Within the figure as well: on the whole screen the header is not seen.
  const leave = createToolButton({ words: '×', title: 'Leave full screen' }, () => {
    void document.exitFullscreen();
  });
  leave.element.classList.add('leave');
  leave.element.setAttribute('aria-label', 'Leave full screen');
  const show = () => {
    button.press(isFull());
    leave.element.hidden = !isFull();
    if (isFull()) plot.element.focus();
  };
  figure.append(leave.element);
  page.tools.append(button.element);
  document.addEventListener('fullscreenchange', show, { signal });
  show();
};
