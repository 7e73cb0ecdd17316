import type { Progress } from '../engine/engine.ts';
import type { Provenance, Result } from '../engine/result.ts';
import type { Plot } from '../view/plot.ts';
import type { Viewport } from '../view/viewport.ts';
import type { Darkroom } from './darkroom.ts';
import type { Explorable } from './explorable.ts';
import type { Hub } from './hub.ts';
import type { Look } from './look.ts';
import type { Page } from './page.ts';
import type { Status } from './status.ts';
import type { Studios } from './studios.ts';
import type { LinkState, ViewState } from './url-state.ts';

/** Values under the cursor of the map. */
export interface Cursor {
  /** Value on the axis, e.g. of eta. */
  readonly across: number;
  /** Value of what the density is of. */
  readonly up: number;
  /** Whether it stays when the pointer leaves. */
  readonly isPinned: boolean;
}

/** What happens in a session. */
export interface SessionEvents {
  /** Another request is the state; it will be computed. */
  request: { readonly request: Explorable; readonly preset: string | undefined };
  /** The window has moved. */
  viewport: Viewport;
  /** The cursor is elsewhere, or nowhere. */
  cursor: Cursor | undefined;
  look: Look;
  view: ViewState;
  /** A run begins, on this. */
  begin: { readonly provenance: Provenance; readonly by: string };
  progress: Progress;
  /** A run has come to its end, or a result was opened: whole, and of `result.spec`. */
  result: Result;
  fail: unknown;
}

/** What the features of a session work with. */
export interface SessionContext {
  readonly root: HTMLElement;
  readonly page: Page;
  readonly plot: Plot;
  readonly status: Status;
  readonly darkroom: Darkroom;
  readonly studios: Studios;
  readonly events: Hub<SessionEvents>;
  /** Aborted when the session ends. */
  readonly signal: AbortSignal;
  /** The present state: what is computed and how it is drawn. */
  readonly state: LinkState;
  readonly viewport: Viewport;
  readonly cursor: Cursor | undefined;
  /** The result shown last, if it is whole. */
  readonly result: Result | undefined;
  /** Settles when the page's first picture is there: what takes time waits for it. */
  readonly drawn: Promise<void>;
  /** Makes another request the state and computes it; `preset` names the one it is, if any. */
  request(request: Explorable, preset?: string): void;
  /** Moves the window, and computes it after a pause. */
  look(viewport: Viewport): void;
  /** Goes back to the window that the request began with. */
  reset(): void;
  setLook(look: Look): void;
  setView(view: Partial<ViewState>): void;
  /** Moves the cursor; none takes it away. */
  point(cursor: Cursor | undefined): void;
  /** Computes the present window anew. */
  compute(): void;
  /** Shows an error beside its field, or over the picture. */
  complain(error: unknown): void;
}

/** A part of the page beside the map: it listens to the session and asks it for things. */
export type Feature = (context: SessionContext) => void;
