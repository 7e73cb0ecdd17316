import type { EngineOptions } from '../engine/choose-engine.ts';
import { createEngine } from '../engine/create-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { RunError } from '../engine/errors.ts';
import type { Result } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';
import { cpuRules } from '../spec/rules.ts';
import type { Spec } from '../spec/spec.ts';
import { type CountsView, createCountsView } from '../view/counts-view.ts';
import { pictureOfResult } from './counts-picture.ts';
import type { Explorable } from './explorable.ts';
import type { HeadStart } from './head-start.ts';
import { createHub, type Hub } from './hub.ts';
import type { Look } from './look.ts';
import type { Picture } from './picture.ts';
import { createEasels, type LegendEvents } from './pictures/easels.ts';
import { exposeRun, pictureOfWhole } from './pictures/run-picture.ts';
import { createRuns } from './pictures/runs.ts';
import {
  createCountsStudio,
  createDeviceStudio,
  type DeviceHandlers,
  type ExposeRun,
  type Studio,
} from './studio.ts';

export interface StudioOptions {
  /** Computes everything; else each precision is computed by the engine that is best for it. */
  readonly engine?: Engine['name'] | undefined;
  /** Where adapters are looked for; default `navigator.gpu`. */
  readonly gpu?: GPU | undefined;
  /** What began before; else all begins when it is needed. */
  readonly headStart?: HeadStart | undefined;
}

/** The studios of a page, each opened when it is needed. */
export interface Studios {
  /** Tells what the colours of pictures mean that are shown. */
  readonly legends: Hub<LegendEvents>;
  /**
   * The studio that computes such a spec.
   *
   * @throws {RequestError} `engine-precision` where this browser has no engine for it.
   * @throws {RunError} `no-adapter` where WebGPU was asked for by name, and is not there.
   */
  of(spec: Pick<Spec, 'precision' | 'optimizer'>): Promise<Studio>;
  /**
   * The studio that has a rough picture of such a spec soonest: the processor's, as long as nobody has
   * asked whether there is a GPU. To ask, and to begin on one, takes longer than the picture.
   *
   * @throws as `of`.
   */
  soonest(spec: Pick<Spec, 'precision' | 'optimizer'>): Promise<Studio>;
  /**
   * A picture of a result, whatever computed it.
   *
   * @throws {RequestError} the codes of `findDensity`.
   */
  pictureOf(request: Explorable, result: Result, look: Look): Picture;
  /** The engine that computes everything from now on; none: the best one for each precision. */
  engine: Engine['name'] | undefined;
  /** Closes them, after all pictures. */
  dispose(): Promise<void>;
}

export function createStudios(
  { engine, gpu, headStart }: StudioOptions,
  handlers: DeviceHandlers,
): Studios {
  let only = engine;
  let view: CountsView | undefined;
  const countsView = () => {
    view ??= headStart?.createView() ?? createCountsView();
    return view;
  };
  const legends = createHub<LegendEvents>();
  const easels = createEasels(countsView, legends);
  const runs = createRuns();
  const run: ExposeRun = (engine, request, look, onProgress) =>
    exposeRun({ runs, easels, engine }, request, look, onProgress);
  const studios = new Map<Engine['name'], Studio>();
  const known = new Map<string, Promise<Studio>>();
  let soon: Promise<Studio> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const open = async (
    precision: Spec['precision'],
    asked: Engine['name'] | undefined,
    ruled: Engine['name'] | undefined,
  ): Promise<Studio> => {
    const name = asked ?? ENGINE_OF[precision] ?? ruled;
    const there = name && studios.get(name);
    if (there) return there;
    const options: EngineOptions = {
      engine: name ?? 'auto',
      ...(gpu ? { gpu } : {}),
      ...(headStart ? { startWorker: headStart.startWorker } : {}),
    };
    const engine = await createEngine(options).catch((error) => {
      const isMissing = error instanceof RunError && error.code === 'no-adapter';
      throw isMissing && !asked ? unavailable(precision) : error;
    });
    const before = studios.get(engine.name);
    if (before) {
      engine.dispose(); // `auto` chose the one that another precision had asked for
      return before;
    }
    try {
      const studio =
        engine.name === 'webgpu'
          ? await createDeviceStudio(engine, handlers, run)
          : createCountsStudio(engine, countsView(), run);
      studios.set(engine.name, studio);
      return studio;
    } catch (error) {
      engine.dispose();
      throw error;
    }
  };

  const keyOf = ({ precision, optimizer: { rule } }: Pick<Spec, 'precision' | 'optimizer'>) => {
    const ruled = cpuRules.includes(rule) ? ('cpu' as const) : undefined;
    return { precision, asked: only, ruled, key: `${precision} ${only} ${ruled}` };
  };
  const studioOf = (spec: Pick<Spec, 'precision' | 'optimizer'>): Promise<Studio> => {
    const { precision, asked, ruled, key } = keyOf(spec);
    const before = known.get(key);
    if (before) return before;
    const studio = last.then(() => open(precision, asked, ruled));
    last = studio.catch(() => known.delete(key)); // it may be had the next time
    known.set(key, studio);
    return studio;
  };

  return {
    legends,
    get engine() {
      return only;
    },
    set engine(name) {
      only = name;
    },
    of: studioOf,
    soonest(spec) {
      const { precision, asked, key } = keyOf(spec);
      if (asked || ENGINE_OF[precision] || known.has(key)) return studioOf(spec);
      soon ??= open(precision, 'cpu', undefined);
      soon.catch(() => {
        soon = undefined; // it may be had the next time
      });
      return soon;
    },
    pictureOf: (request, result, look) =>
      request.kind === 'density'
        ? pictureOfResult(countsView(), result, look)
        : pictureOfWhole(easels.of(request), result, look),
    async dispose() {
      await Promise.allSettled([last, soon]);
      for (const studio of studios.values()) await studio.dispose();
      runs.dispose();
      await easels.dispose();
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
