import './out-box.css';

/** Something that the box offers to do. */
export interface Offer {
  readonly words: string;
  readonly title: string;
  run(): void;
}

/** A box of ways out of the page, over the picture; it opens and closes without covering all of it. */
export interface OutBox {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  open(): void;
  close(): void;
  /** Begins a paragraph of the box. */
  section(title: string): HTMLElement;
  /** Puts a button there. */
  offer(section: HTMLElement, offer: Offer): HTMLButtonElement;
  /** Says what is being made and how far it is; none: that nothing is. */
  advance(words?: string, share?: number): void;
  /** Says what has become of it. */
  say(words: string): void;
}

/**
 * @param onCancel what is being made is wanted no more.
 * @param onClose the box was closed by hand.
 */
export function createOutBox(onCancel: () => void, onClose: () => void): OutBox {
  const element = document.createElement('dialog');
  element.className = 'out-box';
  element.setAttribute('aria-label', 'Save and share');
  const close = button('×', 'Close');
  close.className = 'close';
  close.setAttribute('aria-label', 'Close');
  const sections = document.createElement('div');
  const work = document.createElement('div');
  work.className = 'work';
  work.hidden = true;
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.setAttribute('aria-label', 'Share done');
  const doing = document.createElement('span');
  const cancel = button('cancel', 'Make no more of it');
  work.append(bar, doing, cancel);
  const words = document.createElement('p');
  words.className = 'words';
  words.setAttribute('role', 'status');
  element.append(close, sections, work, words);
  const leave = () => {
    element.close();
    onClose();
  };
  close.addEventListener('click', leave);
  cancel.addEventListener('click', onCancel);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    leave();
  });
  return {
    element,
    get isOpen() {
      return element.open;
    },
    open: () => element.show(), // not modal: the picture can be moved meanwhile
    close: leave,
    section(title) {
      const section = document.createElement('section');
      const heading = document.createElement('h2');
      heading.textContent = title;
      section.append(heading);
      sections.append(section);
      return section;
    },
    offer(section, { words: text, title, run }) {
      const made = button(text, title);
      made.addEventListener('click', run);
      section.append(made);
      return made;
    },
    advance(text, share = 0) {
      work.hidden = text === undefined;
      doing.textContent = text ?? '';
      bar.value = share;
    },
    say(text) {
      words.textContent = text;
    },
  };
}

function button(words: string, title: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'tool';
  made.textContent = words;
  made.title = title;
  return made;
}
