import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { replaceMarked } from '../../bench/docs/markdown.ts';
import { performancePages } from '../../bench/docs/performance-docs.ts';
import { readResults } from '../../bench/docs/results.ts';
import { textOf } from '../house/project-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the documents show the committed results: else npm run docs:performance', async () => {
  for (const { file, text } of await performancePages(root)) {
    expect(textOf(file) === text, `${file} is stale: npm run docs:performance renews it`).toBe(
      true,
    );
  }
});

test('only what is marked is replaced, and a document that lost its marks is refused', () => {
  const text = 'before\n<!-- a: begin; by hand -->\nold\n<!-- a: end -->\nafter\n';
  const page = { file: 'docs/a.md', text };
  const renewed = replaceMarked(page, 'a', 'new $& text');
  expect(renewed.text).toBe(
    'before\n<!-- a: begin; by hand -->\n\nnew $& text\n\n<!-- a: end -->\nafter\n',
  );
  expect(replaceMarked(renewed, 'a', 'new $& text')).toEqual(renewed);
  expect(() => replaceMarked(page, 'b', '')).toThrowError('docs/a.md: b is marked 0 times');
  const twice = { ...page, text: text + text };
  expect(() => replaceMarked(twice, 'a', '')).toThrowError('a is marked 2 times, not once');
});

test('a file among the results that is none is named, with what is wrong and what to do', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'etascope-results-'));
  const file = path.join(folder, 'bench/results/a.json');
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    for (const [text, told] of [
      ['{"etascopeBench": 1', 'bench/results/a.json: is not JSON'],
      ['null', 'bench/results/a.json: is no result'],
      ['{"etascopeScaling": 1}', 'bench/results/a.json: is no result'],
      ['{"etascopeBench": 1}', 'bench/results/a.json: is a damaged report'],
    ] as const) {
      writeFileSync(file, text);
      expect(() => readResults(folder)).toThrowError(told);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
