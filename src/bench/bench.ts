import type { CpuEngine } from '../engine/cpu/cpu-engine.ts';
import type { StartWorker } from '../engine/cpu/worker-port.ts';
import type { Progress } from '../engine/engine.ts';
import type { WebGpuEngine } from '../engine/webgpu/webgpu-engine.ts';
import { RequestError } from '../spec/errors.ts';
import { measureDevice } from './device-rates.ts';
import { type Measurement, measure } from './measure.ts';
import { measureProcessor } from './processor-rates.ts';
import type { BenchReport, LaneReport, Missing, Surroundings } from './report.ts';
import type { Workload } from './workload.ts';

export type EngineName = LaneReport['engine'];
export type Precision = LaneReport['precision'];

/** Precisions of each engine. */
const precisionsOf: Readonly<Record<EngineName, readonly Precision[]>> = {
  webgpu: ['float32', 'statistics'],
  cpu: ['float64'],
};

/** What a bench needs of where it runs. */
export interface BenchPlatform {
  readonly createEngine: (engine: EngineName) => Promise<WebGpuEngine | CpuEngine>;
  readonly startWorker: StartWorker;
  /** Workers of the CPU engine. */
  readonly workers: number;
}

/** What a bench is asked for. */
export interface BenchRequest {
  readonly surroundings: Surroundings;
  /** Where several are asked for, one that does not start is told as missing. */
  readonly engines: readonly EngineName[];
  /** Default: all that an engine has. */
  readonly precision?: Precision | undefined;
  readonly workloads: readonly Workload[];
  /** Changes the input of a spec before it is run, e.g. its size. */
  readonly alter?: ((input: object) => unknown) | undefined;
  readonly rounds: number;
  /** Seconds that a round should take. */
  readonly target: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called before each piece of work, in words, with the share of all measurements that are done. */
  readonly onWork?: ((what: string, share: number) => void) | undefined;
  /** Called as soon as all workloads of an engine in a precision are measured. */
  readonly onLane?: ((lane: LaneReport) => void) | undefined;
}

/**
 * Measures workloads on engines, and what their devices could do at most.
 *
 * @throws {RequestError} `no-such-precision` of an engine that has it not; {Error} of one that does not start,
 *   where it alone was asked for; {WrongKernel} of a measurement of a device that did something else.
 */
export async function bench(request: BenchRequest, platform: BenchPlatform): Promise<BenchReport> {
  const { surroundings, engines, precision, workloads, signal, onLane } = request;
  const due = engines.flatMap((name) => chosenOf(name, precision)).length * workloads.length;
  let done = 0;
  const onWork = (what: string) => request.onWork?.(what, done / due);
  const lanes: LaneReport[] = [];
  const missing: Missing[] = [];
  for (const name of engines) {
    signal?.throwIfAborted();
    const precisions = chosenOf(name, precision);
    if (precisions.length === 0) {
      const what = `it computes ${precisionsOf[name].join(' and ')}`;
      if (engines.length === 1) throw noSuchPrecision(name, what, `${precision}`);
      missing.push({ engine: name, reason: `${what}, got ${precision}` });
      continue;
    }
    onWork(`starting ${name}`);
    let engine: WebGpuEngine | CpuEngine;
    try {
      engine = await platform.createEngine(name);
    } catch (error) {
      if (engines.length === 1 || !(error instanceof Error)) throw error;
      missing.push({ engine: name, reason: error.message });
      continue;
    }
    try {
      onWork(`${name}: what the device can do`);
      const rates =
        engine.name === 'webgpu'
          ? await measureDevice(engine.device)
          : await measureProcessor(platform.startWorker, platform.workers);
      for (const each of precisions) {
        const measurements: Measurement[] = [];
        for (const workload of workloads) {
          signal?.throwIfAborted();
          onWork(`${name}, ${each}: ${workload.name}`);
          measurements.push(
            await measure(engine, workload, textOf(workload, each, request), request),
          );
          done += 1;
        }
        const lane: LaneReport = {
          engine: name,
          precision: each,
          device: engine.description,
          ...(engine.name === 'webgpu' && { adapter: adapterOf(engine.device) }),
          rates,
          measurements,
        };
        lanes.push(lane);
        onLane?.(lane);
      }
    } finally {
      engine.dispose();
    }
  }
  return { etascopeBench: 1, surroundings, lanes, missing };
}

/** The precisions of an engine, or the one that is asked for. */
function chosenOf(engine: EngineName, precision: Precision | undefined): readonly Precision[] {
  return precisionsOf[engine].filter((each) => each === (precision ?? each));
}

function noSuchPrecision(where: EngineName, what: string, got: string): RequestError {
  const cure = 'ask for one of its own, or for both engines';
  return new RequestError({ code: 'no-such-precision', where, what, got, cure });
}

function textOf({ specFor }: Workload, precision: Precision, { alter }: BenchRequest) {
  return (orbitSteps: number): string => {
    const input = specFor(orbitSteps);
    return JSON.stringify({ ...(alter ? Object(alter(input)) : input), precision });
  };
}

function adapterOf({ adapterInfo }: GPUDevice): Readonly<Record<string, string | boolean>> {
  // absent in browsers of 2024
  const { vendor, architecture, device, description, isFallbackAdapter } = adapterInfo ?? {};
  const told = { vendor, architecture, device, description, isFallbackAdapter };
  return Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
