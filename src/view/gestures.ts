/** A place or a distance on an element, in shares of its width and height; `up` from the bottom. */
export interface Share {
  readonly across: number;
  readonly up: number;
}

/** A rectangle on an element, by its lower left and its upper right corner. */
export interface Box {
  readonly from: Share;
  readonly to: Share;
}

/** What a hand on the mouse or the screen asks of a window onto a plane. */
export interface PointerHandlers {
  /** Widen (factor > 1) or narrow each direction about a place. */
  zoom(at: Share, factors: Share): void;
  /** Move the window by shares of itself. */
  pan(by: Share): void;
  /** The pointer is here; nowhere when it left. */
  hover(at: Share | undefined): void;
  /** Pressed and let go without moving. */
  press(at: Share): void;
  /** The same twice in quick succession; `press` came with the first. */
  pressTwice(at: Share): void;
  /** A box is being drawn; none when it was finished or given up. */
  draw(box: Box | undefined): void;
  /** A box was drawn to the end. */
  frame(box: Box): void;
}

/** Listening to a pointer. */
export interface PointerListener {
  /** Whether the next drag draws a box, with or without Shift. */
  isBoxing: boolean;
  /** Gives up the box that is being drawn. */
  cancel(): void;
  stop(): void;
}

const WHEEL_RATE = 0.0016; // e-folds per px
const LINE = 16; // px of a wheel that counts lines
const LARGEST_WHEEL = 240; // px of one event: a free-spinning wheel must not jump
/** Movement that a press may have, and the least side of a box, px: fingers and hands tremble. */
const SLOP = 4;
/** Two presses are one gesture within this time, milliseconds, and distance, px. */
const [TWICE, NEAR] = [350, 24];

/**
 * Listens to wheel, drag, pinch and presses on `element`.
 *
 * The wheel zooms about the pointer; with Shift only across, with Alt only up. A drag with Shift draws a
 * box.
 */
export function listenToPointer(element: HTMLElement, handlers: PointerHandlers): PointerListener {
  const controller = new AbortController();
  const { signal } = controller;
  const pointers = new Map<number, Share>();
  let hasMoved = false; // since the first pointer went down
  let corner: Share | undefined; // where the box being drawn began
  let pressed: { readonly at: Share; readonly time: number } | undefined;

  const shareOf = ({ clientX, clientY }: MouseEvent): Share => {
    const { left, bottom, width, height } = element.getBoundingClientRect();
    return { across: (clientX - left) / width, up: (bottom - clientY) / height };
  };
  const distance = (one: Share, other: Share) =>
    Math.hypot(
      (one.across - other.across) * element.clientWidth,
      (one.up - other.up) * element.clientHeight,
    );
  const giveUp = () => {
    corner = undefined;
    handlers.draw(undefined);
  };
  const listener: PointerListener = {
    isBoxing: false,
    cancel() {
      if (!corner) return;
      giveUp();
      hasMoved = true; // what is left of the drag is no press
      pointers.clear();
    },
    stop: () => controller.abort(),
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
      const at = shareOf(event);
      hasMoved = pointers.size > 0; // of two fingers none presses
      if (pointers.size > 0) giveUp();
      else if (event.shiftKey || listener.isBoxing) corner = at;
      pointers.set(event.pointerId, at);
      element.classList.toggle('is-held', !corner);
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
      if (!hasMoved && distance(before, at) < SLOP) return;
      hasMoved = true;
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId);
      pointers.set(event.pointerId, at);
      if (corner) handlers.draw(boxOf(corner, at));
      else if (other) pinch(handlers, other[1], distance(other[1], before), distance(other[1], at));
      else handlers.pan({ across: before.across - at.across, up: before.up - at.up });
    },
    { signal },
  );
  const release = ({ pointerId }: PointerEvent) => {
    pointers.delete(pointerId);
    if (pointers.size === 0) element.classList.remove('is-held');
  };
  element.addEventListener(
    'pointerup',
    (event) => {
      const isHeld = pointers.has(event.pointerId);
      release(event);
      if (!isHeld) return;
      const at = shareOf(event);
      if (corner) {
        const box = boxOf(corner, at);
        giveUp();
        const { clientWidth, clientHeight } = element;
        const width = (box.to.across - box.from.across) * clientWidth;
        const height = (box.to.up - box.from.up) * clientHeight;
        if (width > SLOP && height > SLOP) handlers.frame(box);
      } else if (!hasMoved) {
        const time = event.timeStamp;
        const isTwice = pressed && time - pressed.time < TWICE && distance(pressed.at, at) < NEAR;
        pressed = isTwice ? undefined : { at, time };
        if (isTwice) handlers.pressTwice(at);
        else handlers.press(at);
      }
    },
    { signal },
  );
  for (const type of ['pointercancel', 'lostpointercapture'] as const) {
    element.addEventListener(
      type,
      (event) => {
        if (pointers.has(event.pointerId) && corner) giveUp();
        release(event);
      },
      { signal },
    );
  }
  element.addEventListener('pointerleave', () => handlers.hover(undefined), { signal });
  return listener;
}

/** Two fingers: the plane stays under both. */
function pinch(
  { zoom }: PointerHandlers,
  fixed: Share,
  distanceBefore: number,
  distanceAfter: number,
): void {
  const factor = distanceBefore / Math.max(1, distanceAfter);
  zoom(fixed, { across: factor, up: factor });
}

/** The box between two corners, as far as it is on the element. */
function boxOf(one: Share, other: Share): Box {
  const inside = (share: number) => Math.max(0, Math.min(1, share));
  const ends = (key: keyof Share) => [inside(one[key]), inside(other[key])] as const;
  const [across, up] = [ends('across'), ends('up')];
  return {
    from: { across: Math.min(...across), up: Math.min(...up) },
    to: { across: Math.max(...across), up: Math.max(...up) },
  };
}
