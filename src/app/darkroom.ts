import type { Progress } from '../engine/engine.ts';
import type { Provenance, Result } from '../engine/result.ts';
import type { Plot } from '../view/plot.ts';
import { type Explorable, viewportOf } from './explorable.ts';
import type { Picture } from './picture.ts';
import type { Studios } from './studios.ts';
import type { Look } from './url-state.ts';

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
   * Computes the picture of a request. What was under way stops; what is shown stays until the first
   * frame of the new one is there.
   */
  develop(request: Explorable, look: Look): Promise<void>;
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

export function createDarkroom(studios: Studios, plot: Plot, handlers: DarkroomHandlers): Darkroom {
  let shown: Picture | undefined;
  let latest: Picture | undefined; // shown or not
  let number = 0; // of what was asked for last
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
  const make = (request: Explorable, picture: Picture) => {
    latest = picture;
    return picture.run(() => {
      if (latest !== picture) return;
      if (shown === picture) return plot.refresh();
      const before = shown;
      plot.show(picture.view, viewportOf(request));
      plot.render(); // from here on nothing draws the picture before
      shown = picture;
      free(before);
    });
  };

  return {
    async develop(request, look) {
      stop();
      const own = number;
      const began = performance.now();
      try {
        const studio = await studios.of(request.spec);
        await new Promise((resolve) => setTimeout(resolve)); // to prepare it is a task of its own
        if (own !== number) return;
        const picture = await studio.expose(request, look, (progress) => {
          if (own === number) handlers.progress(progress);
        });
        if (own !== number) return free(picture);
        handlers.begin(picture.provenance, studio.description);
        await make(request, picture);
        if (own !== number) return;
        handlers.done(picture.provenance, (performance.now() - began) / 1000);
      } catch (error) {
        if (own === number) handlers.fail(error); // else it was stopped on purpose
      }
    },
    async hang(request, result, look) {
      stop();
      const own = number;
      try {
        await make(request, studios.pictureOf(request, result, look));
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
      const picture = latest ?? shown;
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
