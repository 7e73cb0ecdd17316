import type { Action } from './fault.ts';
import './message-page.css';
import './page.css';

/** A page that says something instead of showing a picture. */
export interface Message {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What to do, one line each: the case and the cure. */
  readonly cures?: readonly (readonly [string, string])[];
  readonly action?: Action;
}

/** Shows a message in `root`, in the place of what was there. */
export function showMessage(root: HTMLElement, message: Message): void {
  const page = document.createElement('main');
  page.className = 'message';
  page.setAttribute('role', 'alert');
  const title = document.createElement('h1');
  title.textContent = message.title;
  page.append(title);
  for (const words of message.paragraphs) page.append(withCode('p', words));
  if (message.cures) {
    const list = document.createElement('dl');
    for (const [name, cure] of message.cures) {
      const term = document.createElement('dt');
      term.textContent = name;
      list.append(term, withCode('dd', cure));
    }
    page.append(list);
  }
  if (message.action) {
    const { label, run } = message.action;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', run);
    page.append(button);
  }
  root.replaceChildren(page);
}

/** What to do where WebGPU was asked for by name, and the browser has none, or no adapter for it. */
export function noWebGpu(reason: string, retry: () => void): Message {
  return {
    title: 'There is no WebGPU here',
    paragraphs: [
      'The address asks for WebGPU by `?engine=webgpu`. Without these words the page computes on the processor where it has to, in every browser.',
      `What is missing: ${reason}.`,
    ],
    cures: [
      [
        'Chrome, Edge',
        'Version 113 or later. `chrome://gpu` says whether WebGPU is on; hardware acceleration must be, in the settings under System.',
      ],
      [
        'Chrome on Linux',
        'Turn on `chrome://flags/#enable-unsafe-webgpu` and `chrome://flags/#enable-vulkan`, then start the browser anew.',
      ],
      ['Firefox', 'Version 141 or later; in `about:config`, set `dom.webgpu.enabled` to true.'],
      ['Safari', 'Version 26 or later.'],
      [
        'The address',
        'WebGPU is there only on `https://` and on `localhost`: open the page through one of them.',
      ],
    ],
    action: { label: 'Try again', run: retry },
  };
}

/** What to do when the device is gone; what was looked at is kept in the address. */
export function deviceLost(reason: string, retry: () => void): Message {
  return {
    title: 'The graphics device was lost',
    paragraphs: [
      'This happens when a driver is updated or restarted, or when a computation took it too long. What you were looking at is kept in the address.',
      `The browser's reason: ${reason || 'none given'}.`,
    ],
    action: { label: 'Start again', run: retry },
  };
}

/** Text in which `…` stands in a monospaced font. */
function withCode(kind: 'p' | 'dd', words: string): HTMLElement {
  const element = document.createElement(kind);
  for (const [index, part] of words.split('`').entries()) {
    const isCode = index % 2 === 1;
    const owner = isCode ? document.createElement('code') : element;
    owner.append(part);
    if (isCode) element.append(owner);
  }
  return element;
}
