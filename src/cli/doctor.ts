import { VERSION } from '../engine/version.ts';
import type { ProcessorView } from '../node/processor.ts';
import type { AdapterSurvey } from '../node/survey.ts';
import { commonOptions } from './arguments.ts';
import type { Command } from './command.ts';
import { engineOf } from './engine-choice.ts';
import type { Io } from './io.ts';
import { paragraph } from './paragraph.ts';
import { memory, quantity } from './progress-line.ts';
import { printJson } from './report.ts';
import { adviceFor } from './survey.ts';

/** `etascope doctor`: what this machine can run, what it lacks, and how to get that. */
export const doctorCommand: Command = {
  name: 'doctor',
  about: 'what this machine can run, what is missing and how to get it',
  usage: 'etascope doctor [--engine NAME] [--json]',
  options: commonOptions,
  operands: [],
  required: 0,
  help: `Starts every engine, lets it compute a few orbits, and lists the processor,
adapters and limits. Exits with 0 if anything can run here, else with 1.

  --engine NAME       look at webgpu or cpu alone
  --json              all of it as JSON

examples
  etascope doctor
  etascope doctor --json`,
  run: async (args, io) => {
    const asked = engineOf(args);
    const survey = await surveyHere();
    const { surveyProcessor } = await import('../node/processor.ts');
    const processor = surveyProcessor();
    const engines: EngineTrial[] = [];
    for (const name of ['webgpu', 'cpu'] as const) {
      if (asked === 'auto' || asked === name) engines.push(await tryEngine(name, io));
    }
    const auto = asked === 'auto' ? await chooseHere(survey) : undefined;
    const { platform, arch, versions, env } = process;
    const isSoftwareOff = env.ETASCOPE_SOFTWARE_GPU === '0';
    const machine = { platform, arch, node: versions.node };
    const advice = adviceFor(survey, { platform, arch, isSoftwareOff });
    const works = engines.some(({ works }) => works);
    if (args.flags.has('json')) {
      printJson(io, {
        etascope: VERSION,
        ...machine,
        works,
        engines,
        ...(auto ? { auto } : {}),
        processor,
        ...survey,
        advice,
      });
    } else {
      io.stdout(`etascope ${VERSION}, Node ${machine.node}, ${platform}-${arch}\n`);
      printEngines(engines, auto, io);
      printProcessor(processor, io);
      printSurvey(survey, io);
      for (const item of advice) io.stdout(`\n${paragraph(item)}\n`);
      io.stdout(
        works ? '\nReady: etascope run period-doubling\n' : '\nNothing can run here yet.\n',
      );
    }
    return works ? 0 : 1;
  },
};

/** The survey of this machine; where Dawn is installed and will not load, one without Dawn. */
async function surveyHere(): Promise<AdapterSurvey> {
  const { RunError, surveyAdapters } = await import('../node/index.ts');
  try {
    return await surveyAdapters();
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return { adapters: [], dawn: undefined, softwareDriver: false, notes: [error.message] };
  }
}

interface EngineTrial {
  readonly name: string;
  readonly works: boolean;
  /** What it runs on, where it works. */
  readonly device?: string;
  /** Why it does not. */
  readonly problem?: string;
}

/** Orbits that stay near the bottom of a parabola: each of the 64 * 4 states observed is counted. */
const trialSpec = {
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
  optimizer: { rule: 'gd', eta: 0.1 },
  ensemble: { orbits: 64, initial: { x: { uniform: [-0.5, 0.5] } }, seed: 1 },
  steps: { skip: 4, keep: 4 },
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
};

/** Starts an engine and lets it compute: a driver can be there and still not work. */
async function tryEngine(name: 'webgpu' | 'cpu', { signal }: Io): Promise<EngineTrial> {
  const { createEngine } = await import('../node/index.ts');
  const { parseSpec } = await import('../spec/parse.ts');
  signal.throwIfAborted();
  try {
    const engine = await createEngine({ engine: name });
    try {
      const { arrays } = await engine.run(parseSpec(trialSpec), { signal });
      let counted = 0;
      for (const count of arrays.density?.data ?? []) counted += Number(count);
      const { orbits } = trialSpec.ensemble;
      const due = orbits * trialSpec.steps.keep;
      const device = engine.description;
      return counted === due
        ? { name, works: true, device }
        : { name, works: false, device, problem: `counts wrong: ${counted} states, not ${due}` };
    } finally {
      engine.dispose();
    }
  } catch (error) {
    signal.throwIfAborted();
    return { name, works: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

interface Choice {
  readonly engine: string;
  readonly reason: string;
}

/** Which engine `auto` is here, and why. */
async function chooseHere({ adapters }: AdapterSurvey): Promise<Choice> {
  const { createEngine } = await import('../node/index.ts');
  const engine = await createEngine();
  engine.dispose();
  if (engine.name === 'webgpu') return { engine: engine.name, reason: 'on a hardware adapter' };
  const isHardware = adapters.some(({ isFallback }) => !isFallback);
  const reason = isHardware ? engine.description : 'there is no hardware adapter for WebGPU';
  return { engine: engine.name, reason };
}

function printEngines(
  engines: readonly EngineTrial[],
  auto: Choice | undefined,
  { stdout }: Io,
): void {
  stdout('\nengines\n');
  for (const { name, works, device, problem } of engines) {
    const verdict = works ? `works, on ${device}` : `cannot run: ${problem}`;
    stdout(`  ${name.padEnd(8)}${verdict.replaceAll('\n', '\n          ')}\n`);
  }
  if (auto) stdout(`  auto    chooses ${auto.engine}: ${auto.reason}\n`);
}

function printProcessor({ model, cores, simd }: ProcessorView, { stdout }: Io): void {
  stdout(`\nprocessor\n  ${model}\n`);
  stdout(`    ${'cores'.padEnd(26)}${cores}\n`);
  stdout(`    ${'WebAssembly SIMD'.padEnd(26)}${simd ? 'there' : 'missing: cpu cannot run'}\n`);
}

/** The limits that decide how large a run can be, in words. */
const shownLimits: readonly (readonly [limit: string, words: string, isMemory: boolean])[] = [
  ['maxStorageBufferBindingSize', 'largest buffer', true],
  ['maxComputeWorkgroupStorageSize', 'workgroup memory', true],
  ['maxComputeInvocationsPerWorkgroup', 'invocations per workgroup', false],
  ['maxComputeWorkgroupsPerDimension', 'workgroups per dimension', false],
];

function printSurvey({ adapters, dawn, softwareDriver }: AdapterSurvey, { stdout }: Io): void {
  stdout('\nadapters\n');
  for (const { name, vendor, architecture, isFallback, limits, features } of adapters) {
    const maker = [vendor, architecture].filter((word) => word && !name.includes(word)).join(', ');
    stdout(`  ${name}${maker ? ` (${maker})` : ''}: ${isFallback ? 'software' : 'hardware'}\n`);
    for (const [limit, words, isMemory] of shownLimits) {
      const most = limits[limit];
      if (most !== undefined)
        stdout(`    ${words.padEnd(26)}${isMemory ? memory(most) : quantity(most)}\n`);
    }
    const known = ['timestamp-query', 'subgroups', 'shader-f16'];
    const has = known.filter((feature) => features.includes(feature));
    stdout(`    ${'features'.padEnd(26)}${has.join(', ') || 'none of the optional ones'}\n`);
  }
  if (adapters.length === 0) stdout('  none\n');
  stdout(`\nDawn (npm package webgpu)  ${dawn ?? 'missing'}\n`);
  stdout(`software GPU               ${softwareDriver ? 'there' : 'not there'}\n`);
}
