import type { EngineOptions } from '../engine/choose-engine.ts';
import { createEngine } from '../engine/create-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { RunError } from '../engine/errors.ts';
import type { Result } from '../engine/result.ts';
import type { ToneName } from '../export/tone.ts';
import { RequestError } from '../spec/errors.ts';
import type { Spec } from '../spec/spec.ts';
import { type CountsView, createCountsView } from '../view/counts-view.ts';
import { pictureOfResult } from './counts-picture.ts';
import type { Picture } from './picture.ts';
import {
  createCountsStudio,
  createDeviceStudio,
  type DeviceHandlers,
  type Studio,
} from './studio.ts';

export interface StudioOptions {
  /** Computes everything; else each precision is computed by the engine that is best for it. */
  readonly engine?: Engine['name'] | undefined;
  /** Where adapters are looked for; default `navigator.gpu`. */
  readonly gpu?: GPU | undefined;
}

/** The studios of a page, each opened when it is needed. */
export interface Studios {
  /**
   * The studio that computes this precision.
   *
   * @throws {RequestError} `engine-precision` where this browser has no engine for it.
   * @throws {RunError} `no-adapter` where WebGPU was asked for by name, and is not there.
   */
  of(precision: Spec['precision']): Promise<Studio>;
  /**
   * A picture of a result, whatever computed it.
   *
   * @throws {RequestError} the codes of `findDensity`.
   */
  pictureOf(result: Result, tone: ToneName): Picture;
  /** Closes them, after all pictures. */
  dispose(): Promise<void>;
}

export function createStudios(
  { engine: only, gpu }: StudioOptions,
  handlers: DeviceHandlers,
): Studios {
  let view: CountsView | undefined;
  const countsView = () => {
    view ??= createCountsView();
    return view;
  };
  const studios = new Map<Engine['name'], Studio>();
  const known = new Map<Spec['precision'], Promise<Studio>>();
  let last: Promise<unknown> = Promise.resolve();

  const open = async (precision: Spec['precision']): Promise<Studio> => {
    const name = only ?? ENGINE_OF[precision];
    const there = name && studios.get(name);
    if (there) return there;
    const options: EngineOptions = { engine: name ?? 'auto', ...(gpu ? { gpu } : {}) };
    const engine = await createEngine(options).catch((error) => {
      const isMissing = error instanceof RunError && error.code === 'no-adapter';
      throw isMissing && !only ? unavailable(precision) : error;
    });
    const before = studios.get(engine.name);
    if (before) {
      engine.dispose(); // `auto` chose the one that another precision had asked for
      return before;
    }
    try {
      const studio =
        engine.name === 'webgpu'
          ? await createDeviceStudio(engine, handlers)
          : createCountsStudio(engine, countsView());
      studios.set(engine.name, studio);
      return studio;
    } catch (error) {
      engine.dispose();
      throw error;
    }
  };

  return {
    of(precision) {
      const before = known.get(precision);
      if (before) return before;
      const studio = last.then(() => open(precision));
      last = studio.catch(() => known.delete(precision)); // it may be had the next time
      known.set(precision, studio);
      return studio;
    },
    pictureOf: (result, tone) => pictureOfResult(countsView(), result, tone),
    async dispose() {
      await last;
      for (const studio of studios.values()) await studio.dispose();
      await view?.dispose();
    },
  };
}

/** The engine that alone computes a precision. */
const ENGINE_OF: Readonly<Record<Spec['precision'], Engine['name'] | undefined>> = {
  statistics: undefined,
  float32: 'webgpu',
  float64: 'cpu',
};

function unavailable(precision: Spec['precision']): RequestError {
  return new RequestError({
    code: 'engine-precision',
    where: 'precision',
    what: 'is computed by WebGPU alone, of which this browser has none',
    got: JSON.stringify(precision),
    cure: 'ask for "statistics" or "float64"',
  });
}
