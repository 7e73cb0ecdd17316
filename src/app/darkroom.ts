import type { Progress } from '../engine/engine.ts';
import type { Provenance, Result } from '../engine/result.ts';
import type { WebGpuEngine } from '../engine/webgpu/webgpu-engine.ts';
import type { ToneName } from '../export/tone.ts';
import type { Plot } from '../view/plot.ts';
import { type Explorable, viewportOf } from './explorable.ts';
import { type Exposure, expose, type Picture } from './picture.ts';

export interface DarkroomHandlers {
  begin(provenance: Provenance): void;
  progress(progress: Progress): void;
  done(provenance: Provenance, seconds: number): void;
  fail(error: unknown): void;
}

/** Computes one picture after another and hangs each on the plot; it owns them all. */
export interface Darkroom {
  /**
   * Computes the picture of a request. What was under way stops; what is shown stays until the first
   * frame of the new one is there.
   */
  develop(request: Explorable, tone: ToneName): Promise<void>;
  /** Shows a picture that is there already. */
  hang(request: Explorable, picture: Picture): void;
  retone(tone: ToneName): void;
  /** The result of the picture asked for last, once it is computed. */
  result(): Promise<Result>;
  dispose(): Promise<void>;
}

export function createDarkroom(
  engine: WebGpuEngine,
  plot: Plot,
  handlers: DarkroomHandlers,
): Darkroom {
  let shown: Picture | undefined;
  let exposure: Exposure | undefined; // the latest one, shown or not
  let latest = 0;
  const freeing = new Set<Promise<void>>();
  const free = (picture: Picture | undefined) => {
    if (!picture) return;
    const freed = picture.dispose().finally(() => freeing.delete(freed));
    freeing.add(freed);
  };

  const hang = (request: Explorable, picture: Picture) => {
    const before = shown;
    plot.show(picture.texture, viewportOf(request));
    plot.render(); // from here on nothing draws the texture before
    shown = picture;
    free(before);
  };

  const stop = () => {
    latest += 1;
    exposure?.stop();
    if (exposure !== shown) free(exposure);
    exposure = undefined;
  };

  const runToEnd = async (request: Explorable, made: Exposure, number: number) => {
    for await (const _ of made.frames()) {
      if (number !== latest) return;
      if (shown !== made) hang(request, made);
      plot.refresh();
    }
  };

  return {
    async develop(request, tone) {
      stop();
      const number = latest;
      const began = performance.now();
      try {
        const made = await expose(engine, request.spec, tone, (progress) => {
          if (number === latest) handlers.progress(progress);
        });
        if (number !== latest) return free(made);
        exposure = made;
        handlers.begin(made.provenance);
        await runToEnd(request, made, number);
        if (number !== latest) return;
        handlers.done(made.provenance, (performance.now() - began) / 1000);
      } catch (error) {
        if (number === latest) handlers.fail(error); // else it was stopped on purpose
      }
    },
    hang(request, picture) {
      stop();
      hang(request, picture);
    },
    retone(tone) {
      for (const picture of new Set([shown, exposure])) picture?.retone(tone);
      plot.refresh();
    },
    async result() {
      const picture = exposure ?? shown;
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
