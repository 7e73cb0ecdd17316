import type { GrowingDensity } from '../engine/cpu/cpu-engine.ts';
import type { Result } from '../engine/result.ts';
import { findDensity } from '../export/find-density.ts';
import type { CountsView } from '../view/counts-view.ts';
import { type Look, toneOf } from './look.ts';
import type { Picture } from './picture.ts';

/** Milliseconds from one renewal of a picture to the next. */
const RENEW_INTERVAL = 250;
/** The same in the time that one renewal takes: a large picture is renewed less often. */
const RENEW_SHARE = 2;

/**
 * A picture of counts that grow in memory.
 *
 * @param stop ends the growth.
 */
export function pictureOfCounts(
  view: CountsView,
  growing: GrowingDensity,
  look: Look,
  stop: () => void,
): Picture {
  const { density, provenance } = growing;
  const life = new AbortController();
  let tone = toneOf(look);
  let isShown = false;
  let isWhole = false;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const renew = async (onFrame: () => void) => {
    const asked = tone;
    if (!(await view.show(density, asked, life.signal))) return;
    isShown = true;
    onFrame();
  };

  /** Renews the picture now and then while the counts grow, which does not wait for it. */
  const grow = async (onFrame: () => void, from: number) => {
    let renewing: Promise<void> | undefined;
    let fault: { readonly error: unknown } | undefined;
    let due = 0;
    for await (const { share } of growing.frames()) {
      if (renewing || share === 1 || share < from || performance.now() < due) continue;
      const began = performance.now();
      renewing = renew(onFrame)
        .catch((error) => {
          fault ??= { error };
        })
        .finally(() => {
          renewing = undefined;
          const taken = performance.now() - began;
          due = began + Math.max(RENEW_INTERVAL, RENEW_SHARE * taken);
        });
    }
    await renewing;
    if (fault) throw fault.error;
    await renew(onFrame);
  };

  return {
    provenance,
    view,
    async run(onFrame, from = 0) {
      try {
        await grow(onFrame, from);
        isWhole = true;
      } finally {
        end();
      }
    },
    stop,
    async repaint(next) {
      tone = toneOf(next);
      if (isShown) await view.show(density, tone, life.signal);
    },
    async result() {
      await ended;
      if (!isWhole) throw new DOMException('the picture was not finished', 'AbortError');
      return growing.result();
    },
    async dispose() {
      stop();
      life.abort();
      end();
    },
  };
}

/**
 * A picture of a result that was computed before: its first density, which is over one axis.
 *
 * @throws {RequestError} the codes of `findDensity`.
 */
export function pictureOfResult(view: CountsView, result: Result, look: Look): Picture {
  const { shape, data } = findDensity(result);
  const [columns = 0, bins = 0] = shape;
  return pictureOfCounts(
    view,
    {
      provenance: result.provenance,
      density: { columns, bins, stride: bins, start: 0, counts: data },
      async *frames() {}, // it has grown
      result: () => result,
    },
    look,
    () => {},
  );
}
