import './tool-button.css';

/** A button among the tools, which may be pressed or not. */
export interface ToolButton {
  readonly element: HTMLButtonElement;
  /** Shows whether what it turns on is on. */
  press(isPressed: boolean): void;
}

/**
 * Makes a button.
 *
 * @param words what it says; `title` says more.
 */
export function createToolButton(
  { words, title }: { readonly words: string; readonly title: string },
  onClick: () => void,
): ToolButton {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'tool';
  element.textContent = words;
  element.title = title;
  element.addEventListener('click', onClick);
  return {
    element,
    press: (isPressed) => element.setAttribute('aria-pressed', String(isPressed)),
  };
}
