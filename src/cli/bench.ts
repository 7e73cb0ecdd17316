import type { Engine } from '../engine/engine.ts';
import { RequestError } from '../spec/errors.ts';
import { type Arguments, commonOptions, textOf } from './arguments.ts';
import { type Measurement, measure } from './bench/measure.ts';
import { workloads } from './bench/workloads.ts';
import type { Command } from './command.ts';
import { engineOf } from './engine-choice.ts';
import type { Io } from './io.ts';
import { duration, progressLine, quantity } from './progress-line.ts';
import { printJson } from './report.ts';
import { UsageError } from './usage-error.ts';

const usage = 'etascope bench [--engine NAME] [--rounds N] [--seconds S] [--json]';

/** `etascope bench`: orbit-steps per second of each engine on this machine. */
export const benchCommand: Command = {
  name: 'bench',
  about: 'throughput of each engine on this machine',
  usage,
  options: { rounds: { value: 'N' }, seconds: { value: 'S' }, ...commonOptions },
  operands: [],
  required: 0,
  help: `Measures orbit-steps per second, the median of several rounds, of two workloads:
${workloads.map(({ name, about }) => `  ${name.padEnd(18)}  ${about}`).join('\n')}
A round is made long enough, after a first one that is not counted.

  --engine NAME       webgpu or cpu alone; auto (default) measures every engine there is
  --rounds N          rounds per workload, default 5
  --seconds S         length of a round, default 1
  --set FIELD=VALUE   change a field of the workloads; repeatable
  --json              all rounds as JSON to stdout
  --quiet             no progress

examples
  etascope bench
  etascope bench --rounds 9 --json > bench.json
  etascope bench --set ensemble.orbits=64`,
  run: async (args, io) => {
    const rounds = numberOf(args, 'rounds', 5, (n) => Number.isInteger(n) && n >= 1 && n <= 1000);
    const target = numberOf(args, 'seconds', 1, (n) => n > 0 && n <= 3600);
    const asked = engineOf(args);
    const { applyOverrides } = await import('../spec/overrides.ts');
    const { parseSpec } = await import('../spec/parse.ts');
    const sets = [...(args.values.get('set') ?? [])];
    const planned = workloads.map(({ name, specFor }) => ({
      name,
      specFor: (orbitSteps: number) => parseSpec(applyOverrides(specFor(orbitSteps), sets)),
    }));
    for (const { specFor } of planned) specFor(2 ** 20); // a wrong --set is told before anything runs

    const { engines, missing } = await startEngines(asked, io);
    const line = progressLine(io, args.flags.has('quiet'));
    const { clock, signal } = io;
    const method = { rounds, target, clock, signal, onProgress: line.draw };
    const reports: EngineReport[] = [];
    try {
      for (const engine of engines) {
        const measurements: Measurement[] = [];
        try {
          for (const { name, specFor } of planned) {
            measurements.push(await measure(engine, name, specFor, method));
            line.clear();
          }
        } catch (error) {
          // `--set precision=float64` is right for one engine, and that one is measured
          if (asked !== 'auto' || !isPrecisionFault(error)) throw error;
          missing.push({ engine: engine.name, reason: error.message });
          continue;
        }
        reports.push({ engine: engine.name, device: engine.description, workloads: measurements });
      }
    } finally {
      line.clear();
      for (const engine of engines) engine.dispose();
    }
    if (args.flags.has('json')) printJson(io, { rounds, engines: reports, missing });
    else printTable(reports, missing, io);
    return reports.length > 0 ? 0 : 1;
  },
};

const isPrecisionFault = (error: unknown): error is RequestError =>
  error instanceof RequestError && error.code === 'engine-precision';

interface EngineReport {
  readonly engine: string;
  readonly device: string;
  readonly workloads: readonly Measurement[];
}

interface MissingEngine {
  readonly engine: string;
  readonly reason: string;
}

/** The engine asked for, or all that start; one asked for by name must start. */
async function startEngines(
  asked: 'auto' | 'webgpu' | 'cpu',
  { signal }: Io,
): Promise<{ engines: Engine[]; missing: MissingEngine[] }> {
  const { createEngine } = await import('../node/index.ts');
  const engines: Engine[] = [];
  const missing: MissingEngine[] = [];
  for (const engine of asked === 'auto' ? (['webgpu', 'cpu'] as const) : [asked]) {
    signal.throwIfAborted();
    try {
      engines.push(await createEngine({ engine }));
    } catch (error) {
      if (asked !== 'auto' || !(error instanceof Error)) throw error;
      missing.push({ engine, reason: error.message });
    }
  }
  return { engines, missing };
}

function printTable(
  reports: readonly EngineReport[],
  missing: readonly MissingEngine[],
  { stdout }: Io,
): void {
  for (const { engine, device, workloads } of reports) {
    stdout(`${engine}, on ${device}\n`);
    for (const { workload, orbitSteps, seconds, orbitStepsPerSecond } of workloads) {
      const speed = (time: number) => quantity(orbitSteps / time);
      const [slowest, fastest] = [speed(Math.max(...seconds)), speed(Math.min(...seconds))];
      stdout(`  ${workload.padEnd(10)} ${quantity(orbitStepsPerSecond).padStart(7)} orbit-steps/s`);
      stdout(
        `  (${slowest} to ${fastest}, ${seconds.length} rounds of ${duration(Math.min(...seconds))})\n`,
      );
    }
  }
  for (const { engine, reason } of missing) stdout(`${engine}: not measured: ${reason}\n`);
}

function numberOf(
  args: Arguments,
  option: string,
  preset: number,
  isRight: (value: number) => boolean,
): number {
  const text = textOf(args, option);
  if (text === undefined) return preset;
  const value = Number(text);
  if (text.trim() !== '' && isRight(value)) return value;
  throw new UsageError(args.usage, {
    code: 'bad-number',
    where: `--${option}`,
    what: 'not a number that makes sense here',
    got: text,
    cure: `write e.g. --${option} ${preset}`,
  });
}
