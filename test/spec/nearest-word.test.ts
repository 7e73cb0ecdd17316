import { expect, test } from 'vitest';
import { nearestWord } from '../../src/spec/nearest-word.ts';

const words = ['skip', 'keep', 'density', 'eta', 'x'];

test.each([
  ['kepe', 'keep'],
  ['Keep', 'keep'],
  ['denstiy', 'density'],
  ['densities', undefined],
  ['zeta', 'eta'],
  ['skp', 'skip'],
  ['y', undefined],
  ['X', 'x'],
  ['', undefined],
  ['lyapunov', undefined],
  ['k'.repeat(1e6), undefined],
])('the word meant by %.20s is %s', (word, meant) => {
  expect(nearestWord(word, words)).toBe(meant);
});
