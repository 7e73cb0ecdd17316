import './page.css';

/** The places of the page. */
export interface Page {
  readonly header: HTMLElement;
  readonly title: HTMLElement;
  /** Buttons, at the top. */
  readonly tools: HTMLElement;
  readonly figure: HTMLElement;
  /** Below the figure and as wide: views over the same axis. */
  readonly strips: HTMLElement;
  /** Beside the figure: views of the cursor's place. */
  readonly side: HTMLElement;
  readonly panel: HTMLElement;
  readonly status: HTMLElement;
  /** Lets it be seen, when it is laid out as it will stay. */
  reveal(): void;
  /** Shows a message over the picture, until it is dismissed or replaced; none clears it. */
  notice(box?: HTMLElement): void;
  dispose(): void;
}

/** Builds the explorer's page in `root`, in the place of what was there; it is not seen yet. */
export function createPage(root: HTMLElement): Page {
  const page = document.createElement('div');
  page.className = 'explorer';
  page.style.visibility = 'hidden';
  // No link: the fragment of the address is the state.
  const skip = document.createElement('button');
  skip.type = 'button';
  skip.className = 'skip';
  skip.textContent = 'Skip to the map';
  skip.addEventListener('click', () => figure.querySelector<HTMLElement>('.plot')?.focus());
  const header = document.createElement('header');
  const title = document.createElement('h1');
  const brand = document.createElement('p');
  brand.className = 'brand';
  brand.textContent = 'etascope';
  const tools = document.createElement('div');
  tools.className = 'tools';
  header.append(title, tools, brand);
  const figure = document.createElement('main');
  const notices = document.createElement('div');
  notices.className = 'notices';
  figure.append(notices);
  const strips = document.createElement('section');
  strips.className = 'strips';
  strips.setAttribute('aria-label', 'Along the axis');
  const side = document.createElement('section');
  side.className = 'side';
  side.setAttribute('aria-label', 'At the cursor');
  const panel = document.createElement('aside');
  panel.setAttribute('aria-label', 'What is computed');
  const status = document.createElement('footer');
  page.append(skip, header, figure, strips, side, panel, status);
  root.replaceChildren(page);
  return {
    header,
    title,
    tools,
    figure,
    strips,
    side,
    panel,
    status,
    notice(box) {
      notices.replaceChildren();
      if (!box) return;
      const close = document.createElement('button');
      close.type = 'button';
      close.className = 'close';
      close.textContent = '×';
      close.setAttribute('aria-label', 'Dismiss');
      close.addEventListener('click', () => notices.replaceChildren());
      box.append(close);
      notices.append(box);
    },
    reveal: () => page.style.removeProperty('visibility'),
    dispose: () => page.remove(),
  };
}
