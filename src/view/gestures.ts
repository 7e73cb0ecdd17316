/** A place or a distance on an element, in shares of its width and height; `up` from the bottom. */
export interface Share {
  readonly across: number;
  readonly up: number;
}

/** What a hand on the mouse, the screen or the keyboard asks of a window onto a plane. */
export interface GestureHandlers {
  /** Widen (factor > 1) or narrow each direction about a place. */
  zoom(at: Share, factors: Share): void;
  /** Move the window by shares of itself. */
  pan(by: Share): void;
  reset(): void;
  /** The pointer is here; nowhere when it left. */
  hover(at: Share | undefined): void;
}

const WHEEL_RATE = 0.0016; // e-folds per px
const LINE = 16; // px of a wheel that counts lines
const LARGEST_WHEEL = 240; // px of one event: a free-spinning wheel must not jump
const KEY_STEP = 0.1;
const KEY_ZOOM = 1.25;
const CENTRE: Share = { across: 0.5, up: 0.5 };

/**
 * Listens to wheel, drag and pinch on `element`, until the returned function is called.
 *
 * The wheel zooms about the pointer; with Shift only across, with Alt only up.
 */
export function listenToPointer(
  element: HTMLElement,
  handlers: Omit<GestureHandlers, 'reset'>,
): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const pointers = new Map<number, Share>();

  const shareOf = ({ clientX, clientY }: MouseEvent): Share => {
    const { left, bottom, width, height } = element.getBoundingClientRect();
    return { across: (clientX - left) / width, up: (bottom - clientY) / height };
  };

  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const moved = event.deltaY === 0 ? event.deltaX : event.deltaY; // Shift turns the wheel
      const pixels = moved * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
      const factor = Math.exp(
        WHEEL_RATE * Math.max(-LARGEST_WHEEL, Math.min(LARGEST_WHEEL, pixels)),
      );
      handlers.zoom(shareOf(event), {
        across: event.altKey ? 1 : factor,
        up: event.shiftKey ? 1 : factor,
      });
    },
    { signal, passive: false },
  );

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      if (event.isTrusted) element.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, shareOf(event));
      element.classList.add('is-held');
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      const at = shareOf(event);
      handlers.hover(at);
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId);
      pointers.set(event.pointerId, at);
      if (other) pinch(element, handlers, other[1], before, at);
      else handlers.pan({ across: before.across - at.across, up: before.up - at.up });
    },
    { signal },
  );
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
    element.addEventListener(
      type,
      ({ pointerId }) => {
        pointers.delete(pointerId);
        if (pointers.size === 0) element.classList.remove('is-held');
      },
      { signal },
    );
  }
  element.addEventListener('pointerleave', () => handlers.hover(undefined), { signal });

  return () => controller.abort();
}

/**
 * Listens to keys while `element` has the focus, until the returned function is called.
 *
 * Arrows pan, + and - zoom, 0 resets.
 */
export function listenToKeys(
  element: HTMLElement,
  handlers: Omit<GestureHandlers, 'hover'>,
): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !press(event.key, handlers)) return;
    event.preventDefault();
  };
  element.addEventListener('keydown', onKey);
  return () => element.removeEventListener('keydown', onKey);
}

/** Two fingers: the plane stays under both. */
function pinch(
  element: HTMLElement,
  { zoom }: Pick<GestureHandlers, 'zoom'>,
  fixed: Share,
  before: Share,
  after: Share,
): void {
  const { width, height } = element.getBoundingClientRect();
  const distance = (share: Share) =>
    Math.hypot((share.across - fixed.across) * width, (share.up - fixed.up) * height);
  const factor = distance(before) / Math.max(1, distance(after));
  zoom(fixed, { across: factor, up: factor });
}

/** Whether the key meant something. */
function press(key: string, handlers: Omit<GestureHandlers, 'hover'>): boolean {
  switch (key) {
    case 'ArrowLeft':
      handlers.pan({ across: -KEY_STEP, up: 0 });
      return true;
    case 'ArrowRight':
      handlers.pan({ across: KEY_STEP, up: 0 });
      return true;
    case 'ArrowDown':
      handlers.pan({ across: 0, up: -KEY_STEP });
      return true;
    case 'ArrowUp':
      handlers.pan({ across: 0, up: KEY_STEP });
      return true;
    case '+':
    case '=':
      handlers.zoom(CENTRE, { across: 1 / KEY_ZOOM, up: 1 / KEY_ZOOM });
      return true;
    case '-':
      handlers.zoom(CENTRE, { across: KEY_ZOOM, up: KEY_ZOOM });
      return true;
    case '0':
      handlers.reset();
      return true;
    default:
      return false;
  }
}
