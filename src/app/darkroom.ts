import type { Progress } from '../engine/engine.ts';
import type { Provenance, Result } from '../engine/result.ts';
import { canonicalJson } from '../spec/canonical.ts';
import type { Plot } from '../view/plot.ts';
import { type Explorable, viewportOf } from './explorable.ts';
import type { Look } from './look.ts';
import { isRoughable, type Roughable, roughOf, shareToShow } from './map/rough.ts';
import { whenVisible } from './map/visibility.ts';
import type { Picture } from './picture.ts';
import type { Studio } from './studio.ts';
import type { Studios } from './studios.ts';

export interface DarkroomHandlers {
  /** @param description what it is computed on, for people. */
  begin(provenance: Provenance, description: string): void;
  progress(progress: Progress): void;
  done(provenance: Provenance, seconds: number): void;
  fail(error: unknown): void;
}

/** Makes one picture after another and hangs each on the plot; it owns them all. */
export interface Darkroom {
  /**
   * Computes the picture of a request: where that takes long, a rough one first. What was under way
   * stops; what is shown stays until the first frame of the new one is there. While the page is hidden,
   * nothing begins.
   */
  develop(request: Explorable, look: Look): Promise<void>;
  /**
   * Computes a rough picture alone, of a window that still moves; nothing where the whole takes no longer.
   *
   * @param onBegun called when it is under way.
   */
  sketch(request: Explorable, look: Look, onBegun?: () => void): Promise<void>;
  /**
   * Shows a result that is there already.
   *
   * @returns whether it is shown: it could be drawn, and nothing else was asked for meanwhile.
   */
  hang(request: Explorable, result: Result, look: Look): Promise<boolean>;
  repaint(look: Look): void;
  /** The result of the picture asked for last, once it is computed. */
  result(): Promise<Result>;
  dispose(): Promise<void>;
}

/** Orbit-steps per second that any engine reaches, until one has been measured. */
const FIRST_RATE = 5e6;
/** Names of the measures that say how long a rough picture and the first frame of a whole one took. */
const MEASURES = { rough: 'etascope rough picture', whole: 'etascope first frame' } as const;

export function createDarkroom(studios: Studios, plot: Plot, handlers: DarkroomHandlers): Darkroom {
  let shown: Picture | undefined;
  let latest: Picture | undefined; // shown or not
  let coming: Promise<Picture | undefined> = Promise.resolve(undefined); // the whole one asked for last
  let sketched = ''; // the request whose rough picture is shown
  let number = 0; // of what was asked for last
  const rates = new WeakMap<Studio, number>(); // orbit-steps per second
  const freeing = new Set<Promise<void>>();
  const free = (picture: Picture | undefined) => {
    if (!picture) return;
    const freed = picture.dispose().finally(() => freeing.delete(freed));
    freeing.add(freed);
  };

  const stop = () => {
    number += 1;
    latest?.stop();
    if (latest !== shown) free(latest);
    latest = undefined;
  };

  /** Makes a picture; from its first frame on, the plot shows it. */
  const make = (request: Explorable, picture: Picture, from = 0, onFirst = () => {}) => {
    if (latest && latest !== shown) free(latest);
    latest = picture;
    return picture.run(() => {
      if (latest !== picture) return;
      if (shown === picture) return plot.refresh();
      const before = shown;
      plot.show(picture.view, viewportOf(request));
      plot.render(); // from here on nothing draws the picture before
      shown = picture;
      free(before);
      onFirst();
    }, from);
  };

  const measure = (name: string, began: number) => {
    performance.clearMeasures(name);
    performance.measure(name, { start: began });
  };

  /** Settles when the page is seen, in a task of its own, with whether nothing else was asked for. */
  const isDue = async (own: number): Promise<boolean> => {
    await new Promise((resolve) => setTimeout(resolve));
    if (document.hidden) await whenVisible();
    return own === number;
  };

  /** Makes the rough picture of a request, unless it is there or none is worth it. */
  const outline = async (
    request: Explorable,
    look: Look,
    own: number,
    { began, onBegun = () => {} }: { readonly began: number; readonly onBegun?: () => void },
  ): Promise<void> => {
    if (!isRoughable(request)) return;
    try {
      const studio = await studios.soonest(request.spec);
      const rough = roughOf(request, rates.get(studio) ?? FIRST_RATE);
      const name = rough ? windowName(request) : '';
      if (!rough || name === sketched || !(await isDue(own))) return;
      const picture = await studio.expose(rough, look, ({ orbitStepsPerSecond, share }) => {
        if (share === 1) rates.set(studio, orbitStepsPerSecond);
      });
      if (own !== number) return free(picture);
      const made = make(rough, picture, 1, () => measure(MEASURES.rough, began));
      onBegun();
      await made;
      if (own === number) sketched = name;
    } catch {
      // Stopped on purpose, or said when the whole is developed.
    }
  };

  /** The studio of a request, when it is due; undefined if something else was asked for meanwhile. */
  const enter = async (request: Explorable, own: number): Promise<Studio | undefined> => {
    const studio = await studios.of(request.spec);
    return (await isDue(own)) ? studio : undefined;
  };

  return {
    async develop(request, look) {
      stop();
      const own = number;
      const began = performance.now();
      let tell: (picture?: Picture) => void = () => {};
      coming = new Promise((resolve) => {
        tell = resolve;
      });
      try {
        await outline(request, look, own, { began });
        const studio = own === number && (await enter(request, own));
        if (!studio) return;
        const picture = await studio.expose(request, look, (progress) => {
          rates.set(studio, progress.orbitStepsPerSecond);
          if (own === number) handlers.progress(progress);
        });
        if (own !== number) return free(picture);
        tell(picture);
        handlers.begin(picture.provenance, studio.description);
        await make(request, picture, shareToShow(request), () => {
          sketched = '';
          measure(MEASURES.whole, began);
        });
        if (own !== number) return;
        handlers.done(picture.provenance, (performance.now() - began) / 1000);
      } catch (error) {
        if (own === number) handlers.fail(error); // else it was stopped on purpose
      } finally {
        tell();
      }
    },
    async sketch(request, look, onBegun) {
      if (!isRoughable(request)) return;
      const began = performance.now();
      const before = number;
      const studio = await studios.soonest(request.spec).catch(() => undefined);
      const isWorth = studio && roughOf(request, rates.get(studio) ?? FIRST_RATE);
      if (!studio || !isWorth || before !== number || document.hidden) return;
      stop();
      await outline(request, look, number, { began, ...(onBegun ? { onBegun } : {}) });
    },
    async hang(request, result, look) {
      stop();
      const own = number;
      sketched = '';
      try {
        const picture = studios.pictureOf(request, result, look);
        coming = Promise.resolve(picture);
        await make(request, picture);
        return own === number;
      } catch (error) {
        if (own === number) handlers.fail(error);
        return false;
      }
    },
    repaint(look) {
      for (const picture of new Set([shown, latest])) {
        // A picture that cannot be drawn says so where it is made; one that is gone needs no look.
        picture?.repaint(look).then(plot.refresh, () => {});
      }
      plot.refresh();
    },
    async result() {
      const picture = await coming;
      if (!picture) throw new DOMException('there is no picture yet', 'AbortError');
      return picture.result();
    },
    async dispose() {
      stop();
      free(shown);
      shown = undefined;
      await Promise.all(freeing);
    },
  };
}

/** Names a window of a request, whatever its resolution. */
function windowName({ spec, place, ...of }: Roughable): string {
  const coarse =
    of.kind === 'joint' ? { ...of.joint, bins: [1, 1] as const } : { ...of.density, bins: 1 };
  const measures = spec.measures.map((measure, at) => (at === place ? coarse : measure));
  return canonicalJson({
    ...spec,
    axes: spec.axes.map((axis) => ({ ...axis, count: 1 })),
    measures,
  });
}
