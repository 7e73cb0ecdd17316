import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { checkTarget, writeFiles } from '../../src/cli/output.ts';
import { runProgram } from '../program.ts';
import { checkAgreement } from './agreement.ts';
import { type Candidate, ContestError } from './contestant.ts';
import { startAll } from './field.ts';
import { describeMachine } from './machine.ts';
import { checkName, type Event, helpOf, readOptions, usageOf } from './options.ts';
import { race } from './race.ts';
import { jsonOf, type Outcome } from './report.ts';
import type { Sweep } from './workload.ts';

/** A comparison that a command makes. */
export interface Contest extends Event {
  /** Who may take part; `folder` is for what they build. */
  readonly candidatesOf: (folder: string, sweep: Sweep) => readonly Candidate[];
  /** The outcome for people. */
  readonly tableOf: (outcome: Outcome) => string;
}

/** Holds a contest as a command: reads its options, prints a table, sets the exit code. */
export async function holdContest(contest: Contest, words: readonly string[]): Promise<void> {
  await runProgram(contest.who, words, async (io) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'etascope-peers-'));
    try {
      await compare(contest, words, folder, io);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

async function compare(
  contest: Contest,
  words: readonly string[],
  folder: string,
  io: Io,
): Promise<void> {
  const asked = readOptions(words, contest);
  if (asked.isHelp) {
    io.stdout(helpOf(contest));
    return;
  }
  const { sweep, rounds, seconds, only, json: shown } = asked;
  const candidates = contest.candidatesOf(folder, sweep);
  const names = candidates.map(({ name }) => name);
  for (const name of only) checkName(name, names, { usage: usageOf(contest.who), where: '--only' });
  const file = shown && shown !== '-' ? checkTarget(shown, '--json', [], io) : undefined;
  const tell = (text: string) => {
    io.signal.throwIfAborted();
    if (io.isTerminal) io.stderr(`\r\x1b[2K${text}`);
  };
  const machine = describeMachine([contest.who, ...words].join(' '));
  const field = await startAll(
    candidates.filter(({ name }) => only.length === 0 || only.includes(name)),
    (name) => tell(`starting ${name}`),
  );
  try {
    const { contestants, missing } = field;
    if (contestants.length === 0) {
      const reasons = missing.map(({ name, reason }) => `${name}: ${reason}`);
      throw new ContestError(`nobody to measure:\n${reasons.join('\n')}`);
    }
    const laws = await checkAgreement(contestants, sweep, (name) =>
      tell(`does ${name} compute the same?`),
    );
    const lanes = await race(contestants, { sweep, rounds, target: seconds, onWork: tell });
    tell('');
    const outcome = { machine, sweep, contestants, missing, laws, lanes };
    const json = `${JSON.stringify(jsonOf(outcome), null, 2)}\n`;
    const isPiped = shown === '-';
    (isPiped ? io.stderr : io.stdout)(contest.tableOf(outcome));
    if (isPiped) io.stdout(json);
    if (file) writeFiles([{ ...file, bytes: new TextEncoder().encode(json) }]);
  } finally {
    field.dispose();
  }
}
