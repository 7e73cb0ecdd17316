import './page.css';

/** The places of the page. */
export interface Page {
  readonly title: HTMLElement;
  readonly figure: HTMLElement;
  readonly panel: HTMLElement;
  readonly status: HTMLElement;
  /** Shows a message over the picture, until it is dismissed or replaced; none clears it. */
  notice(box?: HTMLElement): void;
  dispose(): void;
}

/** Builds the explorer's page in `root`, in the place of what was there. */
export function createPage(root: HTMLElement): Page {
  const page = document.createElement('div');
  page.className = 'explorer';
  const header = document.createElement('header');
  const title = document.createElement('h1');
  const brand = document.createElement('p');
  brand.className = 'brand';
  brand.textContent = 'etascope';
  header.append(title, brand);
  const figure = document.createElement('main');
  const notices = document.createElement('div');
  notices.className = 'notices';
  figure.append(notices);
  const panel = document.createElement('aside');
  panel.setAttribute('aria-label', 'What is computed');
  const status = document.createElement('footer');
  page.append(header, figure, panel, status);
  root.replaceChildren(page);
  return {
    title,
    figure,
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
    dispose: () => page.remove(),
  };
}
