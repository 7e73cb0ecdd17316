import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  parseExplorable,
  presetRequest,
  viewportOf,
  withWindow,
} from '../../src/app/explorable.ts';
import { commandWords, shellLine } from '../../src/app/out/command-line.ts';
import { readPngText } from '../../src/export/png.ts';
import { canonicalJson } from '../../src/spec/canonical.ts';
import { emptyFolder, inProcess, tinySpec, writeSpec } from './command-line.ts';

const look = { tone: 'log', map: 'grey_r' } as const;

/** The words that a shell takes a line apart into. */
function inShell(line: string): readonly string[] {
  const script = `etascope() { printf '%s\\0' "$@"; }\n${line}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** The canonical spec and the size of the picture that a command made. */
async function made(words: readonly string[], folder: string, name: string) {
  const { exitCode, stderr } = await inProcess([...words, '--quiet'], folder);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  const bytes = readFileSync(path.join(folder, name));
  const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  return { spec: readPngText(bytes, name)['etascope-spec'], size };
}

test('the line of a window of a preset is short, and makes the spec of the picture', async () => {
  const preset = presetRequest('logistic');
  const { across, up } = viewportOf(preset);
  const request = withWindow(
    preset,
    { across: { ...across, from: 2.812345678901234, to: 2.9 }, up: { ...up, from: -0.25 } },
    { columns: 8, bins: 12 },
  );
  const wanted = { request, look, engine: 'cpu', name: 'zoom' } as const;
  const words = commandWords(wanted, { name: 'unused.json', spec: request.spec });
  expect(words.slice(0, 2)).toEqual(['run', 'logistic']);
  expect(words.filter((word) => word === '--set')).toHaveLength(5); // from, to, count, range, bins
  expect(inShell(shellLine(words))).toEqual(words);
  const { spec, size } = await made(words, emptyFolder(), 'zoom.png');
  expect(spec).toBe(canonicalJson(request.spec));
  expect(size).toEqual({ width: 8, height: 12 });
});

test('the line of any other spec begins with its file, and says what differs', async () => {
  const own = parseExplorable({ ...tinySpec, title: "it's; $HOME `x`" });
  const wide = withWindow(own, viewportOf(own), { columns: 24, bins: 10 });
  const size = { width: 48, height: 20 };
  const wanted = { request: wide, look, size, engine: 'cpu', name: "it's $1" } as const;
  const words = commandWords(wanted, { name: 'my spec.json', spec: own.spec });
  expect(words.slice(0, 2)).toEqual(['run', 'my spec.json']);
  expect(inShell(shellLine(words))).toEqual(words);
  const folder = emptyFolder();
  writeSpec(folder, own.spec, 'my spec.json');
  const picture = await made(words, folder, "it's $1.png");
  expect(picture).toEqual({ spec: canonicalJson(wide.spec), size });
});
