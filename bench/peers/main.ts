// How fast is the same work elsewhere? Iterating orbits, and counting their density, by etascope's
// engines and by C, Numba and NumPy, side by side. bench/peers/method.md says how.
//
//   npm run bench:peers
//   npm run bench:peers -- --rounds 9 --json peers.json

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Interruption, type Io, interruptingSignals } from '../../src/cli/io.ts';
import { checkTarget, writeFiles } from '../../src/cli/output.ts';
import { reportFailure } from '../../src/cli/report.ts';
import { checkAgreement } from './agreement.ts';
import { cPeers } from './c-peers.ts';
import { ContestError } from './contestant.ts';
import { etascopeEngines } from './engines.ts';
import { startAll } from './field.ts';
import { describeMachine } from './machine.ts';
import { help, readOptions } from './options.ts';
import { pythonPeers } from './python-peers.ts';
import { race } from './race.ts';
import { jsonOf, tableOf } from './report.ts';

async function compare(words: readonly string[], folder: string, io: Io): Promise<void> {
  const candidates = [...etascopeEngines(), ...cPeers(folder), ...pythonPeers()];
  const asked = readOptions(
    words,
    candidates.map(({ name }) => name),
  );
  if (asked.isHelp) {
    io.stdout(help);
    return;
  }
  const { json: shown } = asked;
  const file = shown && shown !== '-' ? checkTarget(shown, '--json', [], io) : undefined;
  const tell = (text: string) => {
    io.signal.throwIfAborted();
    if (io.isTerminal) io.stderr(`\r\x1b[2K${text}`);
  };
  const machine = describeMachine();
  const field = await startAll(
    candidates.filter(({ name }) => asked.only.length === 0 || asked.only.includes(name)),
    (name) => tell(`starting ${name}`),
  );
  try {
    const { contestants, missing } = field;
    if (contestants.length === 0) {
      const reasons = missing.map(({ name, reason }) => `${name}: ${reason}`);
      throw new ContestError(`nobody to measure:\n${reasons.join('\n')}`);
    }
    await checkAgreement(contestants, (name) => tell(`does ${name} compute the same?`));
    const { rounds, seconds } = asked;
    const lanes = await race(contestants, { rounds, target: seconds, onWork: tell });
    tell('');
    const outcome = { machine, contestants, missing, lanes };
    const json = `${JSON.stringify(jsonOf(outcome), null, 2)}\n`;
    const isPiped = asked.json === '-';
    (isPiped ? io.stderr : io.stdout)(tableOf(outcome));
    if (isPiped) io.stdout(json);
    if (file) writeFiles([{ ...file, bytes: new TextEncoder().encode(json) }]);
  } finally {
    field.dispose();
  }
}

async function start(): Promise<void> {
  const controller = new AbortController();
  for (const signal of interruptingSignals) {
    process.on(signal, () => {
      const interruption = new Interruption(signal);
      if (controller.signal.aborted) process.exit(interruption.exitCode);
      controller.abort(interruption);
    });
  }
  const io: Io = {
    stdin: process.stdin,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    signal: controller.signal,
    cwd: process.env.INIT_CWD ?? process.cwd(), // npm starts scripts in the root, not where the user is
    clock: () => performance.now() / 1000,
  };
  const words = process.argv.slice(2);
  const folder = mkdtempSync(path.join(tmpdir(), 'etascope-peers-'));
  try {
    await compare(words, folder, io);
  } catch (error) {
    const flags = new Set(words.includes('--debug') ? ['debug'] : []);
    process.exitCode = reportFailure({ error, who: 'bench:peers', flags }, io);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await start();
