import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { replaceMarked } from '../../bench/docs/markdown.ts';
import { performancePages } from '../../bench/docs/performance-docs.ts';
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
  const document = 'before\n<!-- a: begin; by hand -->\nold\n<!-- a: end -->\nafter\n';
  const renewed = replaceMarked(document, 'a', 'new $& text');
  expect(renewed).toBe(
    'before\n<!-- a: begin; by hand -->\n\nnew $& text\n\n<!-- a: end -->\nafter\n',
  );
  expect(replaceMarked(renewed, 'a', 'new $& text')).toBe(renewed);
  expect(() => replaceMarked(document, 'b', '')).toThrowError('b is marked 0 times, not once');
  expect(() => replaceMarked(document + document, 'a', '')).toThrowError('marked 2 times');
});
