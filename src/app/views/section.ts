import type { SessionContext } from '../context.ts';

/** A view that can be folded, and that costs nothing while it is. */
export interface Section {
  readonly body: HTMLElement;
  /** Says whether there is anything that it could show. */
  offer(isOffered: boolean): void;
  /** Says something beside its title. */
  say(words: string): void;
  /** Draws in the next frame, where it is seen. */
  refresh(): void;
}

/**
 * Adds a view to a place of the page; it stays away until it is offered.
 *
 * @param name how a link calls it where it is folded: letters and hyphens.
 * @param draw called when it is seen and something has changed, or its size.
 */
export function createSection(
  context: SessionContext,
  place: 'strips' | 'side',
  { name, title }: { readonly name: string; readonly title: string },
  draw: () => void,
): Section {
  const { page, events, signal } = context;
  const element = document.createElement('details');
  element.className = 'view';
  element.dataset.view = name;
  element.hidden = true;
  const summary = document.createElement('summary');
  const note = document.createElement('small');
  summary.append(title, note);
  const body = document.createElement('div');
  body.className = 'body';
  element.append(summary, body);
  page[place].append(element);

  let nextFrame = 0;
  let timer = 0;
  const refresh = () => {
    if (nextFrame !== 0) return;
    nextFrame = requestAnimationFrame(async () => {
      await context.drawn;
      if (signal.aborted) return;
      // In a task of its own: together, the views could hold the page for longer than a frame.
      timer = window.setTimeout(() => {
        nextFrame = 0;
        if (body.clientWidth > 0) draw(); // neither folded nor hidden
      });
    });
  };
  const observer = new ResizeObserver(refresh);
  observer.observe(body);
  const isFolded = () => context.state.view.folded.includes(name);
  const follow = () => {
    element.open = !isFolded();
  };
  element.addEventListener('toggle', () => {
    if (signal.aborted || element.open !== isFolded()) return; // it follows the link
    const others = context.state.view.folded.filter((each) => each !== name);
    context.setView({ folded: (element.open ? others : [...others, name]).sort() });
  });
  events.on('view', follow, signal);
  follow();
  signal.addEventListener(
    'abort',
    () => {
      observer.disconnect();
      cancelAnimationFrame(nextFrame);
      clearTimeout(timer);
    },
    { once: true },
  );
  return {
    body,
    offer(isOffered) {
      element.hidden = !isOffered;
    },
    say(words) {
      if (note.textContent !== words) note.textContent = words;
    },
    refresh,
  };
}
