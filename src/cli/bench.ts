import { abouts, workloadNames } from '../bench/abouts.ts';
import type { EngineName } from '../bench/bench.ts';
import { choiceOf, commonOptions } from './arguments.ts';
import type { Command } from './command.ts';
import { engineOf } from './engine-choice.ts';
import { numberOf } from './number-option.ts';
import { progressLine } from './progress-line.ts';
import { printJson } from './report.ts';

const usage =
  'etascope bench [--engine NAME] [--only WORKLOAD] [--rounds N] [--seconds S] [--json]';
const usageOfShow = 'etascope bench --show A.json';
const usageOfCompare = 'etascope bench --compare A.json B.json';

/** `etascope bench`: orbit-steps per second of each engine on this machine, beside what it could do. */
export const benchCommand: Command = {
  name: 'bench',
  about: 'throughput of each engine on this machine',
  usage: [usage, usageOfShow, usageOfCompare].join('\n       '),
  options: {
    rounds: { value: 'N' },
    seconds: { value: 'S' },
    only: { value: 'WORKLOAD', repeatable: true },
    show: {},
    compare: {},
    ...commonOptions,
  },
  operands: ['A.json', 'B.json'],
  required: 0,
  help: `Measures orbit-steps per second, the median of several rounds:
${workloadNames.map((name) => `  ${name.padEnd(13)}  ${abouts[name]}`).join('\n')}
by the time in which kernels ran, on the wall, and from the text of a spec to the bytes of its NPZ;
engine and kernels are warm. Beside it stands the share of what the device could do at most, by
kernels that only multiply and add, take sines, or count. Every result is held to what is conserved
and to a number of theory; a wrong one makes the exit code 1.

  --engine NAME       webgpu or cpu alone; auto (default) measures every engine there is
  --only WORKLOAD     only this one; repeatable
  --rounds N          rounds per workload, default 5
  --seconds S         length of a round, default 1
  --set FIELD=VALUE   precision, ensemble.orbits, ensemble.seed or axes[0].count; repeatable
  --show              show a file that --json, or the page bench.html, wrote, as the table
  --compare           compare two files that --json wrote: how many times as fast is B as A?
  --json              all rounds, or the comparison, as JSON to stdout
  --quiet             no progress

examples
  etascope bench
  etascope bench --rounds 9 --json > bench.json
  etascope bench --only density --set precision=float32
  etascope bench --compare before.json after.json`,
  run: async (args, io) => {
    const { answerFromFiles, conclude } = await import('./bench/saved.ts');
    const answered = await answerFromFiles(args, io);
    if (answered !== undefined) return answered;
    const rounds = numberOf(args, 'rounds', { preset: 5, most: 1000, isWhole: true });
    const target = numberOf(args, 'seconds', { preset: 1, most: 3600 });
    const asked = engineOf(args);
    const only = (args.values.get('only') ?? []).map((name) =>
      choiceOf({ ...args, values: new Map([['only', [name]]]) }, 'only', workloadNames),
    );
    const { alterationOf } = await import('./bench/alteration.ts');
    const { alter, precision } = await alterationOf(args.values.get('set') ?? []);

    const { describeSurroundings } = await import('./bench/surroundings.ts');
    const { benchTable } = await import('./bench/table.ts');
    const { bench } = await import('../bench/bench.ts');
    const { complaintOf } = await import('../bench/report.ts');
    const { workloads } = await import('../bench/workloads.ts');
    const { createEngine } = await import('../node/index.ts');
    const { surveyProcessor } = await import('../node/processor.ts');
    const { startThread } = await import('../node/worker-thread.ts');
    const line = progressLine(io, args.flags.has('quiet'));
    const engines: readonly EngineName[] = asked === 'auto' ? ['webgpu', 'cpu'] : [asked];
    try {
      const report = await bench(
        {
          surroundings: describeSurroundings(),
          engines,
          precision,
          workloads: workloads.filter(({ name }) => only.length === 0 || only.includes(name)),
          alter,
          rounds,
          target,
          signal: io.signal,
          onProgress: line.draw,
          onWork: line.clear,
        },
        {
          createEngine: (engine) => createEngine({ engine }),
          startWorker: startThread,
          workers: surveyProcessor().cores,
        },
      );
      line.clear();
      if (args.flags.has('json')) printJson(io, report);
      else io.stdout(benchTable(report));
      return conclude(complaintOf(report), io);
    } finally {
      line.clear();
    }
  },
};
