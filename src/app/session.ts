import type { Result } from '../engine/result.ts';
import { createPlot, type Plot } from '../view/plot.ts';
import { tidyViewport, type Viewport } from '../view/viewport.ts';
import { createAddress } from './address.ts';
import type { Cursor, SessionContext, SessionEvents } from './context.ts';
import { createDarkroom } from './darkroom.ts';
import { editOf } from './edits.ts';
import {
  boundsOf,
  type Explorable,
  isSameBeside,
  namesOf,
  presetRequest,
  viewportOf,
  withWindow,
} from './explorable.ts';
import { faultBox, faultOf } from './fault.ts';
import { listenToFiles } from './file-drop.ts';
import { createHub } from './hub.ts';
import { coloursOf } from './look.ts';
import { handOn } from './map/hand.ts';
import { createSketches } from './map/sketches.ts';
import { openFile } from './open-file.ts';
import { openPage } from './opening.ts';
import { createPage } from './page.ts';
import type { Panel, PanelHandlers } from './panel.ts';
import { tellOfRuns } from './runs.ts';
import { createStatus } from './status.ts';
import type { Studios } from './studios.ts';
import type { LinkState } from './url-state.ts';

/** Pause after the last movement before the new window is computed, milliseconds. */
const PAUSE = 120;

/** A page that explores. */
export interface Session {
  readonly state: LinkState;
  readonly plot: Plot;
  /** Settles when the page is built. */
  readonly built: Promise<void>;
  /** Shows an error that belongs to no request. */
  complain(error: unknown): void;
  /** Ends it and frees all it holds but the studios. */
  dispose(): Promise<void>;
}

/**
 * Builds the page in `root` and begins in the state that the address says.
 *
 * The state in the address follows what is done, and every window that was computed is a step of the
 * browser's history. `root.dataset.state` is `computing`, `done` or `failed`.
 */
export function beginSession(root: HTMLElement, studios: Studios): Session {
  const page = createPage(root);
  const status = createStatus(page.status);
  const events = createHub<SessionEvents>();
  const controller = new AbortController();
  const { signal } = controller;
  const address = createAddress();
  let { state, preset } = address.read();
  let home = state.request; // what `reset view` goes back to
  let viewport = viewportOf(home);
  let cursor: Cursor | undefined;
  let result: Result | undefined;
  let isOpened = false; // the picture is a file's, not computed here
  let isVisited = true; // the state came from the address, or is in it
  let isSliding = false; // the last edit was of a slider that is still held
  let hasBegun = false; // to compute
  let panel: Panel | undefined; // there when the page is built
  let timer = 0;

  const schedule = (pause = PAUSE) => {
    root.dataset.state = 'computing';
    if (!hasBegun) return; // it is computed when the page has opened
    clearTimeout(timer);
    timer = window.setTimeout(compute, pause);
  };
  const look = (next: Viewport) => {
    viewport = next;
    plot.look(viewport, namesOf(state.request));
    events.tell('viewport', viewport);
  };
  const sketch = async (onBegun?: () => void) => {
    try {
      const request = withWindow(state.request, viewport, plot.cells);
      await darkroom.sketch(request, state.look, onBegun);
    } catch {
      // Said when the window is computed.
    }
  };
  const sketches = createSketches(sketch, signal);
  const moveTo = (next: Viewport) => {
    isVisited = false;
    look(tidyViewport(next, boundsOf(state.request)));
    schedule();
    sketches.move();
  };
  const reset = () => moveTo(viewportOf(home));
  const point = (next: Cursor | undefined) => {
    cursor = next;
    plot.mark(next, next?.isPinned ?? false);
    events.tell('cursor', cursor);
  };
  const complain = (error: unknown) => page.notice(faultBox(faultOf(error)));
  const showFault = (error: unknown) => {
    if (!panel?.showFault(faultOf(error))) complain(error);
  };
  /** Puts the state into the address: as a new step of the history where it is one. */
  const remember = () => {
    address.write(state, !isVisited);
    isVisited = true;
  };
  const compute = () => {
    clearTimeout(timer);
    sketches.end();
    root.dataset.state = 'computing';
    hasBegun = true;
    isOpened = false;
    try {
      state = { ...state, request: withWindow(state.request, viewport, plot.cells) };
    } catch (error) {
      return runs.fail(error);
    }
    remember();
    panel?.show(state, preset, false);
    status.say('Computing');
    void darkroom.develop(state.request, state.look);
  };
  /** Makes another request the state, and its window the one shown. */
  const adopt = (request: Explorable, from: string | undefined, isNew: boolean) => {
    preset = from;
    state = { ...state, request };
    if (isNew) {
      home = request;
      point(undefined); // its values mean something else now
    }
    const { title } = request.spec;
    page.title.textContent = title || 'Untitled';
    document.title = title ? `${title} – etascope` : 'etascope';
    page.notice();
    panel?.clearFault();
    panel?.show(state, preset, isNew);
    events.tell('request', { request, preset });
    look(viewportOf(request));
  };
  const setLook = (next: LinkState['look']) => {
    state = { ...state, look: next };
    plot.paint(coloursOf(next));
    darkroom.repaint(next);
    remember();
    events.tell('look', next);
  };

  const plot = createPlot(page.figure, {
    ...handOn(() => context),
    resize: () => isOpened || schedule(),
  });
  const take = (whole: Result) => {
    if (signal.aborted) return;
    result = whole;
    events.tell('result', whole);
  };
  const runs = tellOfRuns({
    root,
    page,
    status,
    events,
    whole: () => darkroom.result(),
    take,
    showFault,
    compute: () => compute(),
  });
  const darkroom = createDarkroom(studios, plot, runs);
  const open = async (file: File) => {
    try {
      const opened = await openFile(file);
      clearTimeout(timer);
      isVisited = false;
      adopt(opened.request, undefined, true);
      if (!opened.result) return compute();
      isOpened = true;
      if (!(await darkroom.hang(opened.request, opened.result, state.look))) return;
      remember();
      runs.opened(file.name, opened.result);
    } catch (error) {
      complain(error);
    }
  };
  const files = listenToFiles(page.figure, open, signal);
  const request = (next: Explorable, from?: string) => {
    isVisited = false;
    adopt(next, from, true);
    compute();
  };

  const onPanel: PanelHandlers = {
    edit(form, isPassing) {
      try {
        const { request: edited, isSame, isElsewhere } = editOf(state.request, form);
        adopt(edited, isSame ? preset : undefined, isElsewhere);
        const isSlideGoingOn = isSliding; // all of it, up to its end, is one step of the history
        isSliding = isPassing;
        if (isSame && root.dataset.state !== 'failed') return;
        isVisited &&= isSlideGoingOn;
        if (!isPassing) return compute();
        schedule();
        setTimeout(sketches.move); // to prepare it is a task of its own
      } catch (error) {
        showFault(error);
      }
    },
    choosePreset: (name) => request(presetRequest(name), name),
    look: setLook,
    reset,
    open: files.choose,
  };

  const context: SessionContext = {
    root,
    page,
    plot,
    status,
    darkroom,
    studios,
    events,
    signal,
    get state() {
      return state;
    },
    get viewport() {
      return viewport;
    },
    get cursor() {
      return cursor;
    },
    get result() {
      return result;
    },
    get drawn() {
      return opened.drawn;
    },
    request,
    look: moveTo,
    reset,
    setLook,
    setView(view) {
      state = { ...state, view: { ...state.view, ...view } };
      remember();
      events.tell('view', state.view);
    },
    point,
    compute,
    complain: showFault,
  };
  const dispose = async () => {
    controller.abort();
    clearTimeout(timer);
    await darkroom.dispose();
    panel?.dispose();
    plot.dispose();
    page.dispose();
  };
  const arrive = () => {
    const link = address.read();
    ({ state } = link);
    isVisited = true;
    plot.paint(coloursOf(state.look));
    // A step back along the same request keeps the window that `reset view` goes to.
    const isNew = !isSameBeside(state.request, home);
    adopt(state.request, link.preset, isNew);
    events.tell('look', state.look);
    events.tell('view', state.view);
    if (link.fault) complain(link.fault);
  };
  const followLink = () => {
    arrive();
    schedule(0); // in a task of its own: the page has just been rebuilt in this one
  };
  window.addEventListener('hashchange', followLink, { signal });
  root.dataset.state = 'computing';
  const load = async () => {
    const { createPanel, features } = await import('./beside.ts');
    const buildPanel = () => {
      panel = createPanel(page.panel, onPanel);
      panel.show(state, preset, true); // its place is as wide without it
    };
    return [...features.map((feature) => () => feature(context)), arrive, page.reveal, buildPanel];
  };
  const opened = openPage({ sketch, load, compute: () => hasBegun || compute() }, signal);
  return {
    get state() {
      return state;
    },
    plot,
    built: opened.built,
    complain,
    dispose,
  };
}
