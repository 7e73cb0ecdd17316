// Renews the tables and plots of docs/performance.md and README.md from the results in bench/results:
//   npm run docs:performance
//   npm run docs:performance -- --check   # fails where they are stale
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { performancePages } from '../bench/docs/performance-docs.ts';
import { runProgram } from '../bench/program.ts';
import { parseArguments } from '../src/cli/arguments.ts';
import { writeFiles } from '../src/cli/output.ts';

const who = 'docs:performance';
const usage = `npm run ${who} -- [--check]`;
const help = `usage: ${usage}

Renews the tables and plots of README.md and docs/performance.md from the files in bench/results.

  --check   write nothing; exit code 1 where something is stale
`;
const options = { check: {}, help: { short: 'h' }, debug: {} } as const;
const root = process.cwd(); // npm starts scripts there

const words = process.argv.slice(2);
await runProgram(who, words, async (io) => {
  const { flags } = parseArguments(words, { usage, options, operands: [], required: 0 });
  if (flags.has('help')) {
    io.stdout(help);
    return;
  }
  const stale = (await performancePages(root)).filter(({ file, text }) => {
    const place = path.join(root, file);
    return !existsSync(place) || readFileSync(place, 'utf8') !== text;
  });
  const told = stale.map(({ file }) => file).join(', ') || 'nothing';
  if (flags.has('check')) {
    io.stdout(`stale: ${told}\n`);
    if (stale.length > 0) process.exitCode = 1;
    return;
  }
  for (const { file } of stale) mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  const encoder = new TextEncoder();
  writeFiles(
    stale.map(({ file, text }) => ({
      shown: file,
      file: path.join(root, file),
      bytes: encoder.encode(text),
    })),
  );
  io.stdout(`renewed: ${told}\n`);
});
