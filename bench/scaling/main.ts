// How does the speed grow with columns, orbits, steps and bins, where is the device full, and what does
// memory grow with? From tiny to 10^9 orbit-steps, as far as a machine does them in time.
//
//   npm run bench:scaling
//   npm run bench:scaling -- --engine cpu --seconds 1 --json bench/results/scaling-NAME.json

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { describeSurroundings } from '../../src/cli/bench/surroundings.ts';
import { quantity } from '../../src/cli/progress-line.ts';
import { createEngine } from '../../src/node/index.ts';
import { CHILD, measureMemory, runErrand } from './memory.ts';
import { measureCurves, type ScalingLane, type ScalingReport, speedOf } from './scaling.ts';

const usage = 'npm run bench:scaling -- [--engine NAME] [--seconds S] [--json FILE]';
const lanesOf = { webgpu: ['float32', 'statistics'], cpu: ['float64'] } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string' },
      seconds: { type: 'string', default: '2' },
      json: { type: 'string' },
    },
  });
  const most = Number(values.seconds);
  const asked = (['webgpu', 'cpu'] as const).filter((name) => name === (values.engine ?? name));
  if (asked.length === 0 || !(most > 0)) throw new Error(`wrong request; usage: ${usage}`);
  const tell = (what: string) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${what}`);
  };
  const surroundings = describeSurroundings();
  const lanes: ScalingLane[] = [];
  for (const name of asked) {
    const engine = await createEngine({ engine: name });
    for (const precision of lanesOf[name]) {
      const curves = await measureCurves(engine, precision, most, tell);
      const speed = Math.max(...curves.flatMap(({ points }) => points.map(speedOf)));
      tell(`${name}, ${precision}: memory`);
      const lane = { engine: name, precision, device: engine.description };
      const program = process.argv[1] ?? '';
      lanes.push({ ...lane, curves, memory: measureMemory(program, lane, { most, speed }) });
    }
    engine.dispose();
  }
  tell('');
  for (const { engine, precision, curves } of lanes) {
    for (const { over, points, full } of curves) {
      const speeds = points.map((point) => `${point[over]}: ${quantity(speedOf(point))}`);
      process.stdout.write(
        `${engine} ${precision}, ${over}: ${speeds.join(', ')}; full at ${full}\n`,
      );
    }
  }
  const report: ScalingReport = { etascopeScaling: 1, surroundings, lanes };
  // npm starts scripts in the root, not where the user is
  const folder = process.env.INIT_CWD ?? process.cwd();
  if (values.json) {
    writeFileSync(path.resolve(folder, values.json), `${JSON.stringify(report, null, 2)}\n`);
  }
}

const [, , word, errand = ''] = process.argv;
await (word === CHILD ? runErrand(errand) : main());
