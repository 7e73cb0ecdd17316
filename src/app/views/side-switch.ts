import type { Feature } from '../context.ts';
import { createToolButton } from '../map/tool-button.ts';

/** A tool that opens and closes what is beside the map, on screens with little room for it. */
export const sideSwitch: Feature = ({ page }) => {
  const button = createToolButton(
    { words: 'views', title: 'Show the views of what is at the cursor beside the map' },
    () => button.press(page.side.classList.toggle('is-open')),
  );
  button.element.classList.add('side-switch');
  button.press(false);
  page.tools.append(button.element);
};
