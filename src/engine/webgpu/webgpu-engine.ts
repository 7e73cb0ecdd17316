import { RequestError } from '../../spec/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { collapseWarning, countCollapses } from '../collapse.ts';
import type { Engine, Progress, RunOptions } from '../engine.ts';
import { makeProvenance, makeResult } from '../make-result.ts';
import { progressOf } from '../progress.ts';
import type { Provenance, Result } from '../result.ts';
import { type Strip, spanOf } from '../strip.ts';
import { createCompiler } from './compile.ts';
import { isSoftware } from './device.ts';
import { type Program, writeProgram } from './program.ts';
import { prepareSweep, type Snapshot, type Sweep, type SweepOptions } from './sweep.ts';
import { createToneMapper, type Tone } from './tone-map.ts';

/** Slices long enough to hide what each costs. */
const headless = { sliceMilliseconds: 80, fewestSteps: 2048 };
/** Slices short enough that a page, which shares the GPU, stays live and soon shows something. */
const paged = { sliceMilliseconds: 12, fewestSteps: 256 };
/** Workgroups that fill an accelerator of 132 processors several times over. */
const HARDWARE_GROUPS = 8192;
/** Workgroups that share out evenly over the cores of a processor. */
const SOFTWARE_GROUPS = 32;
/** Variables of which a software GPU was seen to compile a kernel, in some 17 s; of 256 it had not in four minutes. */
const SOFTWARE_VARIABLES = 64;
const STREAM_INTERVAL = 250; // milliseconds between partial results
const FRAME_INTERVAL = 80; // milliseconds between renewals of a shown texture
const LIVE_ORBITS = 8; // orbits per column of the first, rough picture

export interface LiveOptions extends RunOptions {
  readonly tone: Tone;
}

/** A density that is being computed and shown at the same time. */
export interface LiveDensity {
  /** What its result says of how it was made; known before the first step. */
  readonly provenance: Provenance;
  /**
   * Runs to the end. Each item says how far the run is, just after the texture was renewed; what is
   * drawn from it later on the device's queue sees the renewal.
   */
  frames(): AsyncIterable<Progress>;
  /** Renews the texture in another tone, also after the run. */
  retone(tone: Tone): void;
  /** The counts so far as a result, read back from the device. */
  result(): Promise<Result>;
  /** Frees its buffers; the texture stays the caller's. */
  dispose(): void;
}

/** The WebGPU engine also shows a density where it is, on the device. */
export interface WebGpuEngine extends Engine {
  readonly name: 'webgpu';
  readonly device: GPUDevice;
  /**
   * Prepares a run of `spec` that keeps its first density in `texture`, without reading anything back.
   *
   * @param texture the caller's: format `r32float`, usage `STORAGE_BINDING`, size [columns, bins]. Its
   *   values are the tone of each cell, 0 to 1; row 0 is the lowest bin.
   * @throws {RunError} `out-of-memory` where the device cannot hold all columns at once.
   */
  live(spec: Spec, texture: GPUTexture, options: LiveOptions): Promise<LiveDensity>;
}

export interface WebGpuEngineOptions {
  readonly device: GPUDevice;
  readonly description: string;
  /** Whether `dispose` destroys the device. */
  readonly ownsDevice: boolean;
  /** How runs are cut; no result depends on it. */
  readonly sweep?: Partial<SweepOptions>;
}

/** An engine on `device`; its pipelines are kept until it is disposed of. */
export function createWebGpuEngine(options: WebGpuEngineOptions): WebGpuEngine {
  const { device, description } = options;
  const compile = createCompiler(device);
  const rates = new WeakMap<GPUComputePipeline, number>();
  const info: GPUAdapterInfo | undefined = device.adapterInfo; // absent in browsers of 2024
  const hasSoftware = info !== undefined && isSoftware(info);
  const enoughGroups = hasSoftware ? SOFTWARE_GROUPS : HARDWARE_GROUPS;
  const begin = async (
    spec: Spec,
    sweepOptions: Omit<SweepOptions, 'enoughGroups'>,
    strip?: Strip,
  ) => {
    if (hasSoftware) requireFewVariables(spec);
    const { maxComputeWorkgroupStorageSize } = device.limits;
    const span = spanOf(spec, strip);
    const program = await writeProgram(spec, maxComputeWorkgroupStorageSize, span, hasSoftware);
    const sweep = await prepareSweep(device, compile, program, {
      enoughGroups,
      rates,
      ...sweepOptions,
      ...options.sweep,
    });
    return { program, sweep };
  };

  async function* stream(spec: Spec, run: RunOptions = {}): AsyncGenerator<Result> {
    run.signal?.throwIfAborted();
    const { program, sweep } = await begin(spec, headless, run.strip);
    try {
      let shown = performance.now();
      for await (const progress of advance(sweep, run)) {
        if (progress.share === 1 || performance.now() - shown < STREAM_INTERVAL) continue;
        yield resultOf(program, await sweep.snapshot(), run.strip);
        shown = performance.now();
      }
      yield resultOf(program, await sweep.snapshot(), run.strip);
    } finally {
      sweep.dispose();
    }
  }

  return {
    name: 'webgpu',
    device,
    description,
    stream,
    async run(spec, run = {}) {
      run.signal?.throwIfAborted();
      const { onTimings } = run;
      const started = performance.now();
      const isTimed = onTimings !== undefined;
      const { program, sweep } = await begin(spec, { ...headless, isTimed }, run.strip);
      try {
        for await (const _ of advance(sweep, run));
        const result = resultOf(program, await sweep.snapshot(), run.strip);
        const wallSeconds = (performance.now() - started) / 1000;
        const kernelSeconds = isTimed ? await sweep.kernelSeconds() : undefined;
        onTimings?.({ wallSeconds, ...(kernelSeconds !== undefined && { kernelSeconds }) });
        return result;
      } finally {
        sweep.dispose();
      }
    },
    async live(spec, texture, { tone: firstTone, ...run }) {
      run.signal?.throwIfAborted();
      const manner = { ...paged, firstOrbits: LIVE_ORBITS, needsAllColumns: true };
      const { program, sweep } = await begin(spec, manner, run.strip);
      const { counts } = sweep;
      const mapper = await createToneMapper(device, compile, program, counts, texture).catch(
        (error) => {
          sweep.dispose();
          throw error;
        },
      );
      let tone = firstTone;
      return {
        provenance: provenanceOf(program),
        async *frames() {
          let shown = Number.NEGATIVE_INFINITY;
          for await (const progress of advance(sweep, run)) {
            const isDue = performance.now() - shown > FRAME_INTERVAL || progress.share === 1;
            if (!sweep.isEven || !isDue) continue;
            mapper.renew(tone);
            yield progress;
            shown = performance.now();
          }
        },
        retone(next) {
          tone = next;
          mapper.renew(tone);
        },
        result: async () => resultOf(program, await sweep.snapshot(), run.strip),
        dispose() {
          mapper.dispose();
          sweep.dispose();
        },
      };
    },
    dispose() {
      if (options.ownsDevice) device.destroy();
    },
  };
}

/** @throws {RequestError} `limit` where a software GPU would compile for minutes, which nothing can stop. */
function requireFewVariables({ objective }: Spec): void {
  const { length } = objective.variables;
  if (length <= SOFTWARE_VARIABLES) return;
  throw new RequestError({
    code: 'limit',
    where: 'objective.variables',
    what: `a software GPU compiles kernels of at most ${SOFTWARE_VARIABLES} variables in reasonable time`,
    got: `${length}`,
    cure: 'ask for the engine cpu',
  });
}

/** Runs a sweep to its end, slice by slice. */
async function* advance(
  sweep: Sweep,
  { signal, onProgress, pause }: RunOptions,
): AsyncGenerator<Progress> {
  const started = performance.now();
  while (await sweep.next()) {
    signal?.throwIfAborted();
    await pause?.();
    const progress = progressOf(sweep, started);
    onProgress?.(progress);
    yield progress;
    signal?.throwIfAborted();
  }
}

function resultOf(program: Program, { tallies, records, cycles }: Snapshot, strip?: Strip): Result {
  const { spec, layout, columnFrom } = program;
  const collapses = countCollapses(spec, records, cycles, columnFrom);
  const warning = collapseWarning(spec, collapses);
  const provenance = provenanceOf(program, warning === undefined ? [] : [warning]);
  const part = strip && { from: strip[0], to: strip[1], collapses };
  return makeResult({ spec, layout, tallies, records, provenance, strip: part });
}

function provenanceOf(
  { spec, orbit, columns }: Program,
  found: readonly string[] = [],
): Provenance {
  const { representation } = orbit;
  const warnings = [...orbit.warnings, ...found];
  const made = { engine: 'webgpu', precision: spec.precision, representation, warnings } as const;
  return makeProvenance(spec, made, columns);
}
