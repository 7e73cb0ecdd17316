import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { checkTarget, writeFiles } from '../../src/cli/output.ts';
import { RequestError } from '../../src/spec/errors.ts';
import { emptyFolder, namesIn } from './command-line.ts';

let folder = '';
let io: Io;
beforeEach(() => {
  folder = emptyFolder();
  io = {
    stdin: (async function* () {})(),
    stdout: () => {},
    stderr: () => {},
    isTerminal: false,
    signal: new AbortController().signal,
    cwd: folder,
    clock: () => 0,
  };
});

const bytes = (text: string) => new TextEncoder().encode(text);
const at = (name: string) => path.join(folder, name);
const target = (name: string) => ({ shown: name, file: at(name) });
const read = (name: string) => readFileSync(at(name), 'utf8');

const refusal = (shown: string, taken: readonly { shown: string; file: string }[] = []) => {
  try {
    checkTarget(shown, '--out', taken, io);
  } catch (error) {
    if (error instanceof RequestError) return error.code;
  }
  return 'accepted';
};

test('all files are written, whole, and nothing beside them', () => {
  writeFiles([
    { ...target('a'), bytes: bytes('first') },
    { ...target('b'), bytes: bytes('second') },
  ]);
  expect([read('a'), read('b')]).toEqual(['first', 'second']);
  expect(namesIn(folder)).toEqual(['a', 'b']);
});

test('a file of the same name is replaced', () => {
  writeFileSync(at('a'), 'former');
  writeFiles([{ ...target('a'), bytes: bytes('new') }]);
  expect(read('a')).toBe('new');
  expect(namesIn(folder)).toEqual(['a']);
});

test('if the second file cannot take its name, the first is taken back', () => {
  mkdirSync(at('b'));
  const files = [
    { ...target('a'), bytes: bytes('first') },
    { ...target('b'), bytes: bytes('second') },
  ];
  expect(() => writeFiles(files)).toThrow();
  expect(namesIn(folder)).toEqual(['b']);
});

test('if the second file cannot take its name, what the first replaced is there again', () => {
  writeFileSync(at('a'), 'former');
  mkdirSync(at('b'));
  const files = [
    { ...target('a'), bytes: bytes('first') },
    { ...target('b'), bytes: bytes('second') },
  ];
  expect(() => writeFiles(files)).toThrow();
  expect(read('a')).toBe('former');
  expect(namesIn(folder)).toEqual(['a', 'b']);
});

test('if the second folder is gone, the first file never appears', () => {
  writeFileSync(at('a'), 'former');
  mkdirSync(at('gone'));
  rmSync(at('gone'), { recursive: true });
  const files = [
    { ...target('a'), bytes: bytes('first') },
    { ...target('gone/b'), bytes: bytes('second') },
  ];
  expect(() => writeFiles(files)).toThrow();
  expect(read('a')).toBe('former');
  expect(namesIn(folder)).toEqual(['a']);
});

test('a draft that a killed process left does not stand in the way', () => {
  writeFileSync(at(`.etascope-${process.pid}-0.tmp`), 'left');
  writeFiles([{ ...target('a'), bytes: bytes('new') }]);
  expect(read('a')).toBe('new');
});

test('a name as long as the file system allows can be written', () => {
  const name = 'n'.repeat(255);
  expect(refusal(name)).toBe('accepted');
  writeFiles([{ ...target(name), bytes: bytes('new') }]);
  expect(read(name)).toBe('new');
});

test('checking a target leaves no trace', () => {
  expect(refusal('a')).toBe('accepted');
  expect(namesIn(folder)).toEqual([]);
});

test('a target is refused before anything is computed where it cannot be written', () => {
  writeFileSync(at('file'), '');
  mkdirSync(at('sub'));
  expect(refusal('no/such/folder.npz')).toBe('no-such-folder');
  expect(refusal('file/x.npz')).toBe('not-a-folder');
  expect(refusal('sub')).toBe('not-a-file');
  expect(refusal('sub/')).toBe('not-a-file');
  expect(refusal('-')).toBe('not-a-file');
  expect(refusal('n'.repeat(256))).toBe('unwritable-file');
});

test.runIf(existsSync('/dev/null'))('a device is never replaced by a file', () => {
  expect(refusal('/dev/null')).toBe('not-a-file');
});

test.runIf(process.platform === 'linux')(
  'a folder that takes no files is found out by trying',
  () => {
    expect(refusal('/proc/result.npz')).toBe('unwritable-folder');
  },
);

test('two spellings of one file are one file', () => {
  writeFileSync(at('a'), '');
  mkdirSync(at('sub'));
  symlinkSync(at('a'), at('link'));
  linkSync(at('a'), at('twin'));
  const taken = [target('a')];
  for (const shown of ['a', './a', 'sub/../a', at('a'), 'link', 'twin']) {
    expect(refusal(shown, taken), shown).toBe('same-file');
  }
  symlinkSync(at('sub'), at('other-way'));
  expect(refusal('other-way/new', [checkTarget('sub/new', '--out', [], io)])).toBe('same-file');
});

test('writing through a link keeps the link and changes the file behind it', () => {
  mkdirSync(at('sub'));
  writeFileSync(at('sub/real'), 'former');
  symlinkSync(at('sub/real'), at('link'));
  writeFiles([{ ...checkTarget('link', '--out', [], io), bytes: bytes('new') }]);
  expect(read('sub/real')).toBe('new');
  expect(namesIn(at('sub'))).toEqual(['real']);
});
