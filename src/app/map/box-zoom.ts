import type { Feature } from '../context.ts';
import { createToolButton } from './tool-button.ts';

/** A tool to draw the box that is to fill the map: Shift and dragging, for those who have no Shift. */
export const boxZoom: Feature = ({ page, plot }) => {
  let isArmed = false;
  const button = createToolButton(
    {
      words: 'box zoom',
      title: 'Draw a box to fill the map: or hold Shift and drag; Escape cancels',
    },
    () => {
      if (isArmed) {
        plot.cancelBox();
        return;
      }
      plot.armBox(() => show(false));
      show(true);
    },
  );
  const show = (next: boolean) => {
    isArmed = next;
    button.press(isArmed);
  };
  show(false);
  page.tools.append(button.element);
};
