import type { Result } from '../engine/result.ts';
import type { Extent } from '../export/extent.ts';
import { canonicalJson } from '../spec/canonical.ts';
import { RequestError } from '../spec/errors.ts';
import { createPlot, type Plot } from '../view/plot.ts';
import { type Bounds, tidyExtent, type Viewport } from '../view/viewport.ts';
import { copyLink, download } from './commands.ts';
import type { Cursor, SessionContext, SessionEvents } from './context.ts';
import { createDarkroom } from './darkroom.ts';
import {
  boundsOf,
  type Explorable,
  isSameBeside,
  namesOf,
  parseExplorable,
  presetNameOf,
  presetRequest,
  viewportOf,
  withWindow,
} from './explorable.ts';
import { faultBox, faultOf } from './fault.ts';
import { features } from './features.ts';
import { listenToFiles } from './file-drop.ts';
import { createHub } from './hub.ts';
import { handOn } from './map/hand.ts';
import { createSketches } from './map/sketches.ts';
import { openFile } from './open-file.ts';
import { createPage } from './page.ts';
import { createPanel } from './panel.ts';
import { withForm } from './spec-form.ts';
import { createStatus, quantity } from './status.ts';
import type { Studios } from './studios.ts';
import {
  coloursOf,
  defaultLook,
  defaultView,
  type LinkState,
  readFragment,
  writeFragment,
} from './url-state.ts';

const FIRST_PRESET = 'period-doubling';
/** Pause after the last movement before the new window is computed, milliseconds. */
const PAUSE = 120;

/** A page that explores. */
export interface Session {
  readonly state: LinkState;
  readonly plot: Plot;
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
  let state: LinkState = {
    request: presetRequest(FIRST_PRESET),
    look: defaultLook,
    view: defaultView,
  };
  let home = state.request; // what `reset view` goes back to
  let viewport = viewportOf(home);
  let preset: string | undefined = FIRST_PRESET;
  let cursor: Cursor | undefined;
  let result: Result | undefined;
  let isOpened = false; // the picture is a file's, not computed here
  let isVisited = true; // the state came from the address, or is in it
  let isSliding = false; // the last edit was of a slider that is still held
  let timer = 0;
  let madeBy = ''; // what the run goes on

  const schedule = (pause = PAUSE) => {
    root.dataset.state = 'computing';
    clearTimeout(timer);
    timer = window.setTimeout(compute, pause);
  };
  const look = (next: Viewport) => {
    viewport = next;
    plot.look(viewport, namesOf(state.request));
    events.tell('viewport', viewport);
  };
  const sketches = createSketches(async () => {
    try {
      await darkroom.sketch(withWindow(state.request, viewport, plot.cells), state.look);
    } catch {
      // Said when the window is computed.
    }
  }, signal);
  const moveTo = (next: Viewport) => {
    const bounds = boundsOf(state.request);
    isVisited = false;
    look({
      across: tidyExtent(next.across, bounds.across),
      up: tidyExtent(next.up, bounds.up),
    });
    schedule();
    sketches.move();
  };
  const move = (change: (extent: Extent, bounds: Bounds, key: keyof Viewport) => Extent) => {
    const bounds = boundsOf(state.request);
    const moved = (key: keyof Viewport) => change(viewport[key], bounds[key], key);
    moveTo({ across: moved('across'), up: moved('up') });
  };
  const reset = () => moveTo(viewportOf(home));
  const point = (next: Cursor | undefined) => {
    cursor = next;
    plot.mark(next, next?.isPinned ?? false);
    events.tell('cursor', cursor);
  };
  const complain = (error: unknown) => page.notice(faultBox(faultOf(error)));
  const showFault = (error: unknown) => {
    if (!panel.showFault(faultOf(error))) complain(error);
  };
  const fail = (error: unknown) => {
    root.dataset.state = 'failed';
    status.say('Not computed');
    events.tell('fail', error);
    if (error instanceof RequestError) return showFault(error);
    const retry = () => {
      page.notice();
      compute();
    };
    page.notice(faultBox(faultOf(error), { label: 'Try again', run: retry }));
  };
  /** Puts the state into the address: as a new step of the history where it is one. */
  const remember = () => {
    const fragment = writeFragment(state);
    if (isVisited || fragment === location.hash) history.replaceState(history.state, '', fragment);
    else history.pushState(history.state, '', fragment);
    isVisited = true;
  };
  const compute = () => {
    clearTimeout(timer);
    sketches.end();
    root.dataset.state = 'computing';
    isOpened = false;
    try {
      state = { ...state, request: withWindow(state.request, viewport, plot.cells) };
    } catch (error) {
      return fail(error);
    }
    remember();
    panel.show(state, preset, false);
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
    panel.clearFault();
    panel.show(state, preset, isNew);
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
    ...handOn({
      get plot() {
        return plot;
      },
      get viewport() {
        return viewport;
      },
      get cursor() {
        return cursor;
      },
      point,
      move,
    }),
    reset,
    resize: () => isOpened || schedule(),
  });
  const darkroom = createDarkroom(studios, plot, {
    begin(provenance, by) {
      madeBy = by;
      status.describe(provenance, by);
      events.tell('begin', { provenance, by });
    },
    progress(progress) {
      status.advance(progress);
      events.tell('progress', progress);
    },
    done({ orbitSteps }, seconds) {
      root.dataset.state = 'done';
      status.say(`Done: ${quantity(orbitSteps)} orbit-steps in ${seconds.toFixed(1)} s`);
      const tell = (whole: Result) => {
        status.describe(whole.provenance, madeBy); // a whole run may have found more to warn of
        take(whole);
      };
      void darkroom.result().then(tell, () => {}); // another picture was begun
    },
    fail,
  });
  const take = (whole: Result) => {
    if (signal.aborted) return;
    result = whole;
    events.tell('result', whole);
  };

  const open = async (file: File) => {
    try {
      const { request, result: opened } = await openFile(file);
      clearTimeout(timer);
      isVisited = false;
      adopt(request, undefined, true);
      if (!opened) return compute();
      isOpened = true;
      if (!(await darkroom.hang(request, opened, state.look))) return;
      root.dataset.state = 'done';
      remember();
      status.describe(opened.provenance, 'from a file');
      status.say(`Opened ${file.name}`);
      take(opened);
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

  const panel = createPanel(page.panel, {
    edit(form, isPassing) {
      try {
        const edited = parseExplorable(withForm(state.request, form));
        const isSame = canonicalJson(edited.spec) === canonicalJson(state.request.spec);
        const { across, up } = namesOf(state.request);
        const names = namesOf(edited); // another plane has another window to go back to
        const isElsewhere = names.across !== across || names.up !== up;
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
    copyLink: () => copyLink(status),
    open: files.choose,
    async download(kind) {
      try {
        await download(kind, state, darkroom, status);
      } catch (error) {
        complain(error);
      }
    },
  });

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
  for (const feature of features) feature(context);

  const dispose = async () => {
    controller.abort();
    clearTimeout(timer);
    await darkroom.dispose();
    panel.dispose();
    plot.dispose();
    page.dispose();
  };
  const followLink = () => {
    let fault: unknown;
    let link: LinkState | undefined;
    try {
      link = readFragment(location.hash);
    } catch (error) {
      fault = error;
    }
    state = link ?? {
      request: presetRequest(FIRST_PRESET),
      look: defaultLook,
      view: defaultView,
    };
    isVisited = true;
    plot.paint(coloursOf(state.look));
    // A step back along the same request keeps the window that `reset view` goes to.
    const isNew = !isSameBeside(state.request, home);
    adopt(state.request, link ? presetNameOf(link.request) : FIRST_PRESET, isNew);
    events.tell('look', state.look);
    events.tell('view', state.view);
    if (fault) complain(fault);
    schedule(0); // in a task of its own: the page has just been built or rebuilt in this one
  };
  window.addEventListener('hashchange', followLink, { signal });
  followLink();
  return {
    get state() {
      return state;
    },
    plot,
    complain,
    dispose,
  };
}
