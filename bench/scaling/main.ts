// How does the speed grow with columns, orbits, steps and bins, where is the device full, and what does
// memory grow with? From tiny to 10^9 orbit-steps, as far as a machine does them in time.
//
//   npm run bench:scaling
//   npm run bench:scaling -- --engine cpu --seconds 1 --json bench/results/scaling-NAME.json

import type { Missing } from '../../src/bench/report.ts';
import { describeSurroundings } from '../../src/cli/bench/surroundings.ts';
import type { Io } from '../../src/cli/io.ts';
import { checkTarget, writeFiles } from '../../src/cli/output.ts';
import { quantity } from '../../src/cli/progress-line.ts';
import { createEngine } from '../../src/node/index.ts';
import { runProgram } from '../program.ts';
import { CHILD, measureMemory, runErrand } from './memory.ts';
import { help, readOptions, who } from './options.ts';
import { measureCurves, type ScalingLane, type ScalingReport, speedOf } from './scaling.ts';

const precisionsOf = { webgpu: ['float32', 'statistics'], cpu: ['float64'] } as const;

const [, program = '', ...words] = process.argv;
const [word, errand = ''] = words;
await runProgram(who, words, word === CHILD ? () => runErrand(errand) : main);

async function main(io: Io): Promise<void> {
  const asked = readOptions(words);
  if (asked.isHelp) {
    io.stdout(help);
    return;
  }
  const file = asked.json && checkTarget(asked.json, '--json', [], io);
  const tell = (what: string) => {
    io.signal.throwIfAborted();
    if (io.isTerminal) io.stderr(`\r\x1b[2K${what}`);
  };
  const surroundings = describeSurroundings();
  const lanes: ScalingLane[] = [];
  const missing: Missing[] = [];
  for (const name of asked.engines) {
    const engine = await createEngine({ engine: name }).catch((error: unknown) => {
      if (asked.engines.length === 1 || !(error instanceof Error)) throw error;
      missing.push({ engine: name, reason: error.message });
      return undefined;
    });
    if (!engine) continue;
    for (const precision of precisionsOf[name]) {
      const curves = await measureCurves(engine, precision, asked.most, tell);
      const speed = Math.max(...curves.flatMap(({ points }) => points.map(speedOf)));
      const lane = { engine: name, precision, device: engine.description };
      const method = { most: asked.most, speed, onPoint: tell };
      lanes.push({ ...lane, curves, memory: await measureMemory(program, lane, method) });
    }
    engine.dispose();
  }
  tell('');
  if (lanes.length === 0) {
    const reasons = missing.map(({ engine, reason }) => `${engine}: ${reason}`);
    throw new Error(`no engine to measure:\n${reasons.join('\n')}`);
  }
  io.stdout(textOf(lanes, missing));
  const report: ScalingReport = { etascopeScaling: 1, surroundings, lanes };
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (file) writeFiles([{ ...file, bytes: new TextEncoder().encode(json) }]);
}

/** The curves for people, a line each. */
function textOf(lanes: readonly ScalingLane[], missing: readonly Missing[]): string {
  const lines = lanes.flatMap(({ engine, precision, curves }) =>
    curves.map(({ over, points, full }) => {
      const speeds = points.map((point) => `${point[over]}: ${quantity(speedOf(point))}`);
      return `${engine} ${precision}, ${over}: ${speeds.join(', ')}; full at ${full}`;
    }),
  );
  const told = missing.map(({ engine, reason }) => `${engine}: not measured: ${reason}`);
  return `${[...lines, ...told].join('\n')}\n`;
}
