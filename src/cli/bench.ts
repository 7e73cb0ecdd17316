import { abouts, workloadNames } from '../bench/abouts.ts';
import type { EngineName } from '../bench/bench.ts';
import { type Arguments, choiceOf, commonOptions, textOf } from './arguments.ts';
import type { Command } from './command.ts';
import { engineOf } from './engine-choice.ts';
import { decodeText, readInput } from './input.ts';
import type { Io } from './io.ts';
import { progressLine } from './progress-line.ts';
import { printJson } from './report.ts';
import { UsageError } from './usage-error.ts';

const usage =
  'etascope bench [--engine NAME] [--only WORKLOAD] [--rounds N] [--seconds S] [--json]';
const usageOfCompare = 'etascope bench --compare A.json B.json';

/** Bytes of a report that is compared, at most: thousands of rounds. */
const MAX_REPORT_BYTES = 2 ** 24;

/** `etascope bench`: orbit-steps per second of each engine on this machine, beside what it could do. */
export const benchCommand: Command = {
  name: 'bench',
  about: 'throughput of each engine on this machine',
  usage: `${usage}\n       ${usageOfCompare}`,
  options: {
    rounds: { value: 'N' },
    seconds: { value: 'S' },
    only: { value: 'WORKLOAD', repeatable: true },
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
  --compare           compare two files that --json wrote: how many times as fast is B as A?
  --json              all rounds, or the comparison, as JSON to stdout
  --quiet             no progress

examples
  etascope bench
  etascope bench --rounds 9 --json > bench.json
  etascope bench --only density --set precision=float32
  etascope bench --compare before.json after.json`,
  run: async (args, io) => {
    if (args.flags.has('compare') || args.operands.length > 0) return await compare(args, io);
    const rounds = numberOf(args, 'rounds', 5, (n) => Number.isInteger(n) && n >= 1 && n <= 1000);
    const target = numberOf(args, 'seconds', 1, (n) => n > 0 && n <= 3600);
    const asked = engineOf(args);
    const only = (args.values.get('only') ?? []).map((name) =>
      choiceOf({ ...args, values: new Map([['only', [name]]]) }, 'only', workloadNames),
    );
    const { alterationOf } = await import('./bench/alteration.ts');
    const { alter, precision } = await alterationOf(args.values.get('set') ?? []);

    const { describeSurroundings } = await import('./bench/surroundings.ts');
    const { benchTable } = await import('./bench/table.ts');
    const { bench, isSound } = await import('../bench/bench.ts');
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
      return isSound(report) ? 0 : 1;
    } finally {
      line.clear();
    }
  },
};

async function compare(args: Arguments, io: Io): Promise<number> {
  const [first, second] = args.operands;
  if (!args.flags.has('compare') || first === undefined || second === undefined) {
    throw new UsageError(usageOfCompare, {
      code: 'missing-argument',
      where: args.flags.has('compare') ? 'A.json B.json' : '--compare',
      what: args.flags.has('compare') ? 'two files are needed' : 'files are there to be compared',
      cure: 'write e.g. etascope bench --compare before.json after.json',
    });
  }
  const { readReport } = await import('../bench/report.ts');
  const { comparisonTable } = await import('./bench/comparison-table.ts');
  const { compareReports } = await import('../bench/compare.ts');
  const read = async (operand: string) => {
    const kind = 'report of `etascope bench`';
    const input = await readInput(operand, { kind, limit: MAX_REPORT_BYTES, io });
    return readReport(decodeText(input, kind), input.where);
  };
  const reports = [await read(first), await read(second)] as const;
  const comparisons = compareReports(...reports, [first, second]);
  if (args.flags.has('json')) printJson(io, comparisons);
  else io.stdout(comparisonTable(comparisons, reports, [first, second]));
  return 0;
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
