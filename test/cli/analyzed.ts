import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { Result } from '../../src/engine/result.ts';
import { encodeNpz } from '../../src/export/npz.ts';
import { testFolder } from '../support/test-folder.ts';
import { inProcess } from './command-line.ts';

/** Where the results of a test file lie. */
export const folder = testFolder;
/** Writes a result. */
export const save = (name: string, result: Result) => {
  writeFileSync(path.join(folder, name), encodeNpz(result));
};
/** What `etascope analyze` prints for people. */
export const analyze = async (...words: string[]) => {
  const { exitCode, stdout, stderr } = await inProcess(['analyze', ...words], folder);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return stdout;
};
/** What it prints for scripts. */
export const analyzed = async (...words: string[]) => JSON.parse(await analyze(...words, '--json'));
/** A section of an analysis by the kind of its measure. */
export const sectionOf = (analysis: ReturnType<typeof JSON.parse>, kind: string) =>
  analysis.sections.find(({ measure }: { measure: string }) => measure === kind);

/** A micro-structure of one sine. */
export const sine = { micro: '-cos(x)', epsilon: 1e-5 };

/** A point of global chaos, a few orbits. */
export const point = {
  etascope: 1,
  title: 'a point of global chaos',
  objective: { macro: 'x^2 / 2', ...sine },
  optimizer: { rule: 'gd', eta: 0.1 },
  ensemble: { orbits: 32, initial: { x: { uniform: [-0.5, 0.5] } }, seed: 7 },
  steps: { skip: 200, keep: 3000 },
  measures: [
    { measure: 'moments', of: 'x' },
    { measure: 'density', of: 'x', range: [-1, 1], bins: 64 },
    { measure: 'lyapunov' },
    { measure: 'regime' },
  ],
  precision: 'float64',
};
