// Renews the tables and plots of docs/performance.md and README.md from the results in bench/results:
//   npm run docs:performance
//   npm run docs:performance -- --check   # fails where they are stale
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performancePages } from '../bench/docs/performance-docs.ts';

const root = process.cwd(); // npm starts scripts there
const isCheck = process.argv.includes('--check');
const stale: string[] = [];
for (const { file, text } of await performancePages(root)) {
  const place = path.join(root, file);
  if (existsSync(place) && readFileSync(place, 'utf8') === text) continue;
  stale.push(file);
  if (isCheck) continue;
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
}
const told = stale.length > 0 ? stale.join(', ') : 'nothing';
process.stdout.write(isCheck ? `stale: ${told}\n` : `renewed: ${told}\n`);
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;
