import { workloadNames } from '../../bench/abouts.ts';
import { compareReports } from '../../bench/compare.ts';
import { type BenchReport, complaintOf, readReport } from '../../bench/report.ts';
import type { Arguments } from '../arguments.ts';
import { decodeText, readInput } from '../input.ts';
import type { Io } from '../io.ts';
import { printJson } from '../report.ts';
import { UsageError } from '../usage-error.ts';
import { comparisonTable } from './comparison-table.ts';
import { benchTable } from './table.ts';

/** Bytes of a report, at most: thousands of rounds. */
const MAX_REPORT_BYTES = 2 ** 24;

/**
 * Shows or compares the files that a command line names.
 *
 * @returns the exit code; undefined where it asks for a measurement.
 * @throws {RequestError} where a file is no report, or the command line asks for both.
 */
export async function answerFromFiles(args: Arguments, io: Io): Promise<number | undefined> {
  const [first, second] = filesOf(args) ?? [];
  if (first === undefined) return undefined;
  return second === undefined ? show(first, args, io) : compare(first, second, args, io);
}

/** The exit code of a bench; what makes it worthless stderr says too, for its table may have gone to a file. */
export function conclude(complaint: string | undefined, io: Io): number {
  if (complaint === undefined) return 0;
  io.stderr(`etascope bench: failed: ${complaint}\n`);
  return 1;
}

/** The files that are to be shown or compared, if any. */
function filesOf(args: Arguments): readonly [string] | readonly [string, string] | undefined {
  const [first, second] = args.operands;
  const isShow = args.flags.has('show');
  const isCompare = args.flags.has('compare');
  const refuse = (code: string, where: string, what: string, cure: string) =>
    new UsageError(args.usage, { code, where, what, cure });
  const cures = {
    show: 'write e.g. etascope bench --show bench.json',
    compare: 'write e.g. etascope bench --compare before.json after.json',
  };
  if (isShow && isCompare) {
    throw refuse('unexpected-option', '--show', 'one file is shown or two compared', 'keep one');
  }
  if (!isShow && !isCompare) {
    if (first === undefined) return undefined;
    const workload = workloadNames.find((name) => name === first);
    const cure = workload ? `write --only ${workload}` : cures[second ? 'compare' : 'show'];
    throw refuse('extra-argument', first, 'an option is missing before it', cure);
  }
  const other = ['rounds', 'seconds', 'only', 'set', 'engine'].find((each) =>
    args.values.has(each),
  );
  if (other !== undefined) {
    const where = `--${other}`;
    throw refuse('unexpected-option', where, 'nothing is measured here', 'leave it out');
  }
  if (isShow) {
    if (first === undefined) throw refuse('missing-argument', 'A.json', 'is missing', cures.show);
    if (second !== undefined)
      throw refuse('extra-argument', second, 'one file is shown at a time', cures.compare);
    return [first];
  }
  if (first !== undefined && second !== undefined) return [first, second];
  throw refuse('missing-argument', 'A.json B.json', 'two files are needed', cures.compare);
}

async function show(operand: string, args: Arguments, io: Io): Promise<number> {
  const report = await reportIn(operand, io);
  if (args.flags.has('json')) printJson(io, report);
  else io.stdout(benchTable(report));
  return conclude(complaintOf(report), io);
}

async function compare(first: string, second: string, args: Arguments, io: Io): Promise<number> {
  const reports = [await reportIn(first, io), await reportIn(second, io)] as const;
  const comparisons = compareReports(...reports, [first, second]);
  if (args.flags.has('json')) printJson(io, comparisons);
  else io.stdout(comparisonTable(comparisons, reports, [first, second]));
  const wrong = comparisons
    .filter(({ verdict }) => verdict === 'wrong result')
    .map(({ engine, precision, workload }) => `${engine} ${precision} ${workload}`);
  const complaint = `a wrong result has no speed: ${wrong.join(', ')}`;
  return conclude(wrong.length > 0 ? complaint : undefined, io);
}

async function reportIn(operand: string, io: Io): Promise<BenchReport> {
  const kind = 'bench report';
  const input = await readInput(operand, { kind, limit: MAX_REPORT_BYTES, io });
  return readReport(decodeText(input, kind), input.where);
}
