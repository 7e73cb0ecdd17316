import type { Feature } from '../context.ts';
import { presetNameOf, presetRequest } from '../explorable.ts';
import { createToolButton } from '../map/tool-button.ts';
import { createPresetList } from './preset-list.ts';

/** A button that opens the list of presets, each with what it shows and where it is from. */
export const presetPicker: Feature = (context) => {
  const { root, page, signal } = context;
  const list = createPresetList((name) => context.request(presetRequest(name), name));
  const { element } = createToolButton(
    { words: 'presets', title: 'Choose among the built-in pictures, with what they show' },
    () => list.open(presetNameOf(context.state.request)),
  );
  element.setAttribute('aria-haspopup', 'dialog');
  page.tools.prepend(element);
  root.querySelector('.explorer')?.append(list.element);
  signal.addEventListener('abort', () => list.element.remove(), { once: true });
};
