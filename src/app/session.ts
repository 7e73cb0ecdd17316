import { colormap } from '../export/colormaps.ts';
import { canonicalJson } from '../spec/canonical.ts';
import { RequestError } from '../spec/errors.ts';
import { createPlot, type Plot } from '../view/plot.ts';
import {
  type Bounds,
  type Extent,
  panExtent,
  tidyExtent,
  type Viewport,
  zoomExtent,
} from '../view/viewport.ts';
import { copyLink, download } from './commands.ts';
import { createDarkroom } from './darkroom.ts';
import {
  boundsOf,
  type Explorable,
  parameterLabel,
  parseExplorable,
  presetNameOf,
  presetRequest,
  viewportOf,
  withWindow,
} from './explorable.ts';
import { faultBox, faultOf } from './fault.ts';
import { listenToFiles } from './file-drop.ts';
import { openFile } from './open-file.ts';
import { createPage } from './page.ts';
import { createPanel } from './panel.ts';
import { withForm } from './spec-form.ts';
import { createStatus, quantity } from './status.ts';
import type { Studios } from './studios.ts';
import { defaultLook, type LinkState, readFragment, writeFragment } from './url-state.ts';

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
 * The state in the address follows what is done. `root.dataset.state` is `computing`, `done` or
 * `failed`.
 */
export function beginSession(root: HTMLElement, studios: Studios): Session {
  const page = createPage(root);
  const status = createStatus(page.status);
  const controller = new AbortController();
  const { signal } = controller;
  let state: LinkState = { request: presetRequest(FIRST_PRESET), look: defaultLook };
  let home = state.request; // what `reset view` goes back to
  let viewport = viewportOf(home);
  let preset: string | undefined = FIRST_PRESET;
  let isOpened = false; // the picture is a file's, not computed here
  let timer = 0;

  const schedule = (pause = PAUSE) => {
    root.dataset.state = 'computing';
    clearTimeout(timer);
    timer = window.setTimeout(compute, pause);
  };
  const look = (next: Viewport) => {
    viewport = next;
    const { axis, density } = state.request;
    plot.look(viewport, { across: parameterLabel(axis.parameter), up: density.of });
  };
  const move = (change: (extent: Extent, bounds: Bounds, key: keyof Viewport) => Extent) => {
    const bounds = boundsOf(state.request);
    const moved = (key: keyof Viewport) =>
      tidyExtent(change(viewport[key], bounds[key], key), bounds[key]);
    look({ across: moved('across'), up: moved('up') });
    schedule();
  };
  const reset = () => {
    look(viewportOf(home));
    schedule();
  };
  const complain = (error: unknown) => page.notice(faultBox(faultOf(error)));
  const showFault = (error: unknown) => {
    if (!panel.showFault(faultOf(error))) complain(error);
  };
  const fail = (error: unknown) => {
    root.dataset.state = 'failed';
    status.say('Not computed');
    if (error instanceof RequestError) return showFault(error);
    const retry = () => {
      page.notice();
      compute();
    };
    page.notice(faultBox(faultOf(error), { label: 'Try again', run: retry }));
  };
  const remember = () => history.replaceState(history.state, '', writeFragment(state));
  const compute = () => {
    clearTimeout(timer);
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
    void darkroom.develop(state.request, state.look.tone);
  };
  /** Makes another request the state, and its window the one shown. */
  const adopt = (request: Explorable, from: string | undefined, isNew: boolean) => {
    preset = from;
    state = { ...state, request };
    if (isNew) home = request;
    const { title } = request.spec;
    page.title.textContent = title || 'Untitled';
    document.title = title ? `${title} – etascope` : 'etascope';
    page.notice();
    panel.clearFault();
    panel.show(state, preset, isNew);
    look(viewportOf(request));
  };
  const setLook = (next: LinkState['look']) => {
    state = { ...state, look: next };
    plot.paint(colormap(next.map).colours);
    darkroom.retone(next.tone);
    remember();
  };

  const plot = createPlot(page.figure, {
    zoom: (at, by) => move((extent, bounds, key) => zoomExtent(extent, at[key], by[key], bounds)),
    pan: (by) => move((extent, bounds, key) => panExtent(extent, by[key], bounds)),
    reset,
    resize: () => isOpened || schedule(),
  });
  const darkroom = createDarkroom(studios, plot, {
    begin: status.describe,
    progress: status.advance,
    done({ orbitSteps }, seconds) {
      root.dataset.state = 'done';
      status.say(`Done: ${quantity(orbitSteps)} orbit-steps in ${seconds.toFixed(1)} s`);
    },
    fail,
  });

  const open = async (file: File) => {
    try {
      const { request, result } = await openFile(file);
      clearTimeout(timer);
      adopt(request, undefined, true);
      if (!result) return compute();
      isOpened = true;
      if (!(await darkroom.hang(request, result, state.look.tone))) return;
      root.dataset.state = 'done';
      remember();
      status.describe(result.provenance, 'from a file');
      status.say(`Opened ${file.name}`);
    } catch (error) {
      complain(error);
    }
  };
  const files = listenToFiles(page.figure, open, signal);

  const panel = createPanel(page.panel, {
    edit(form) {
      try {
        const request = parseExplorable(withForm(state.request, form));
        const isSame = canonicalJson(request.spec) === canonicalJson(state.request.spec);
        adopt(request, isSame ? preset : undefined, false);
        if (!isSame || root.dataset.state === 'failed') compute();
      } catch (error) {
        showFault(error);
      }
    },
    choosePreset(name) {
      adopt(presetRequest(name), name, true);
      compute();
    },
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
    state = link ?? { request: presetRequest(FIRST_PRESET), look: defaultLook };
    plot.paint(colormap(state.look.map).colours);
    adopt(state.request, link ? presetNameOf(link.request) : FIRST_PRESET, true);
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
