import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { emptyFolder, inProcess, namesIn, spawned, tinySpec, writeSpec } from './command-line.ts';

const folder = emptyFolder();
const at = (name: string) => path.join(folder, name);

beforeAll(() => {
  writeSpec(folder, tinySpec);
  writeFileSync(at('broken.json'), '{ "etascope": 1,\n  "title": "a" "b" }');
  writeFileSync(at('empty.json'), '');
  writeFileSync(at('latin1.json'), Buffer.from('{"title": "\xfcber"}', 'latin1'));
  writeFileSync(at('utf16.json'), Buffer.from('\ufeff{}', 'utf16le'));
  writeFileSync(at('huge.json'), '');
  truncateSync(at('huge.json'), 2 ** 33); // sparse: takes no room
  writeFileSync(at('text.npz'), 'not a zip');
  mkdirSync(at('sub'));
  const { axes: _, ...point } = tinySpec;
  writeSpec(folder, { ...point, optimizer: { rule: 'gd', eta: 0.1 } }, 'point.json');
  const second = { parameter: 'epsilon', from: 1e-3, to: 2e-3, count: 2 };
  const { epsilon: __, ...objective } = tinySpec.objective;
  writeSpec(folder, { ...tinySpec, objective, axes: [...tinySpec.axes, second] }, 'plane.json');
});

/** A command line, the place its error must name, and words of the cure. */
type Wrong = readonly [line: string, where: string, says: string];

const wrongLines: readonly Wrong[] = [
  // the command
  ['', 'COMMAND', 'known: run, render'],
  ['rnu spec.json', 'rnu', 'did you mean run?'],
  ['explode', 'explode', 'known: run'],
  ['reproduec all', 'reproduec', 'did you mean reproduce?'],
  ['reproduce all', '--out', 'say which folder'],
  ['reproduce --out figures', 'NAME', 'or all'],
  ['reproduce period-dobling --out x', 'period-dobling', 'did you mean period-doubling?'],
  ['reproduce all --out x --effort ful', '--effort', 'did you mean full?'],
  ['reproduce all --out no/such', '--out', 'does not exist'],
  ['reproduce all --out spec.json', '--out', 'is a file'],
  ['reproduce all --out x --set seed=2', '--set', 'etascope presets'],
  ['--jsno', '--jsno', 'did you mean --json?'],
  // options
  ['run spec.json --otu r.npz', '--otu', 'did you mean --out?'],
  ['run spec.json --frobnicate', '--frobnicate', 'known: --out'],
  ['run spec.json -x', '-x', 'unknown option'],
  ['run spec.json --out', '--out', 'RESULT.npz'],
  ['run spec.json --out --png p.png', '--out', 'needs a value'],
  ['run spec.json --out= ', '--out', 'needs a value'],
  ['run spec.json --json=yes', '--json', 'takes no value'],
  ['run spec.json --out a.npz --out b.npz', '--out', 'given twice'],
  ['run spec.json --engine cuda', '--engine', 'known: auto, webgpu, cpu'],
  ['presets --engine gpu', '--engine', 'known: auto'],
  // operands
  ['run', 'SPEC.json', 'missing'],
  ['run spec.json other.json', 'other.json', 'too many'],
  ['render --png p.png', 'RESULT.npz', 'missing'],
  ['render text.npz', '--png', 'missing'],
  ['presets logistic period-doubling', 'period-doubling', 'too many'],
  ['doctor please', 'please', 'takes none'],
  // picture options
  ['run spec.json --bits 7', '--bits', 'known: 8, 16'],
  ['run spec.json --size 0x0', '--size', '1920x1080'],
  ['run spec.json --size 640', '--size', '1920x1080'],
  ['run spec.json --size -5x5', '--size', 'needs a value'],
  ['run spec.json --size 99999999x99999999', '--size', 'at most'],
  ['run spec.json --map foo', '--map', 'viridis'],
  ['run spec.json --map virids', '--map', 'did you mean viridis?'],
  ['run spec.json --tone logg', '--tone', 'did you mean log?'],
  ['run spec.json --measure heat --png p.png', '--measure', 'density'],
  ['run plane.json --png p.png', 'axes', 'two axes'],
  // files
  ['run nothing.json', 'nothing.json', 'no such file'],
  ['run perod-doubling', 'perod-doubling', 'the preset period-doubling?'],
  ['run sub', 'sub', 'is a folder'],
  ['run spec.json/x', 'spec.json/x', 'cannot be read'],
  ['run latin1.json', 'latin1.json', 'UTF-8'],
  ['run utf16.json', 'utf16.json', 'UTF-8'],
  ['run huge.json', 'huge.json', 'too large'],
  ['run empty.json', 'empty.json', ''],
  ['run broken.json', 'broken.json', '"a" "b"'],
  ['render nothing.npz --png p.png', 'nothing.npz', 'no such file'],
  ['render sub --png p.png', 'sub', 'is a folder'],
  ['render text.npz --png p.png', 'text.npz', ''],
  ['render spec.json --png p.png', 'spec.json', ''],
  ['render huge.json --png p.png', 'huge.json', 'too large'],
  ['render text.npz --png p.png --set steps.keep=1', '--set', 'run its spec again'],
  ['presets perod-doubling', 'perod-doubling', 'did you mean period-doubling?'],
  ['presets --set steps.keep=1', '--set', 'name one'],
  ['presets constructor', 'constructor', 'no such preset'],
  // targets
  ['run spec.json --out no/such/r.npz', '--out', 'folder does not exist'],
  ['run spec.json --out spec.json/r.npz', '--out', 'is a file'],
  ['run spec.json --out sub', '--out', 'no regular file'],
  ['run spec.json --out sub/', '--out', 'names a folder'],
  ['run spec.json --out -', '--out', 'not to stdout'],
  ['run spec.json --out r --png r', '--png', 'same file as r'],
  ['run spec.json --out r --png sub/../r', '--png', 'same file as r'],
  ['run spec.json --out spec.json', '--out', 'same file as spec.json'],
  // the spec and its overrides
  ['run spec.json --set axes[0].to=-1', 'axes[0]', ''],
  ['run spec.json --set steps.keep=-5', 'steps.keep', ''],
  ['run spec.json --set steps.kepe=5', 'steps.kepe', 'keep'],
  ['run spec.json --set steps', 'steps', ''],
  ['run spec.json --set measures[0].bins=1e12', 'measures[0].bins', ''],
  ['run spec.json --set objective.macro=x^^2', 'objective.macro', ''],
  ['run spec.json --set objective.macro=y^2', 'objective.macro', 'y'],
  ['run spec.json --set optimizer.rule=adam', 'optimizer.rule', 'gd'],
  ['presets logistic --set steps.keep=0', 'steps.keep', ''],
  ['presets logistic --set objective.macro=x+', 'objective.macro', '^'],
  ['bench --rounds 0', '--rounds', 'from 1 to 1000'],
  ['bench --rounds many', '--rounds', 'from 1 to 1000'],
  ['bench --seconds -1', '--seconds', ''],
  ['bench --set steps.kepe=5', 'steps.kepe', 'change only precision'],
  // what the engine asked for does not compute
  ['run spec.json --engine webgpu --set precision=float64', 'precision', 'the engine cpu'],
  ['run spec.json --engine cpu --set precision=float32', 'precision', 'the engine webgpu'],
];

const wordsOf = (line: string) => line.split(' ').filter((word) => word !== '');

test.each(wrongLines)('refused: etascope %s', async (line, where, says) => {
  const before = namesIn(folder);
  const { exitCode, stdout, stderr } = await inProcess(wordsOf(line), folder);
  expect(exitCode, stderr).toBe(2);
  expect(stderr).toContain(where);
  expect(stderr).toContain(says);
  expect(stderr).not.toMatch(/^\s+at /m); // no stack trace
  expect(stdout).toBe('');
  expect(namesIn(folder)).toEqual(before);
});

test.each([
  'run nothing.json',
  'run spec.json --bits 7',
  'run spec.json --set steps.keep=-5',
  'run spec.json --out no/such/r.npz',
  'rnu spec.json',
])('the real command says the same: etascope %s', async (line) => {
  const before = namesIn(folder);
  const real = await spawned(wordsOf(line), folder);
  expect(real).toEqual(await inProcess(wordsOf(line), folder));
  expect(real.exitCode).toBe(2);
  expect(namesIn(folder)).toEqual(before);
});

test('a wrong command line is answered with the usage of its command', async () => {
  const { stderr } = await inProcess(['render', 'a.npz', '--pgn', 'p.png'], folder);
  expect(stderr).toContain('usage: etascope render RESULT.npz --png PICTURE.png');
});

test('a file without permission to read is refused by name', async (context) => {
  context.skip(process.getuid?.() === 0, 'root may read everything');
  writeSpec(folder, tinySpec, 'secret.json');
  chmodSync(at('secret.json'), 0);
  const { exitCode, stderr } = await inProcess(['run', 'secret.json'], folder);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('secret.json');
});

test('--json tells a script the code and the place of the error', async () => {
  const words = ['run', 'spec.json', '--set', 'steps.keep=-5', '--json'];
  const { exitCode, stdout } = await inProcess(words, folder);
  const { error } = JSON.parse(stdout);
  expect(exitCode).toBe(2);
  expect(error.where).toBe('steps.keep');
  expect(error.code).toMatch(/^[a-z-]+$/);
});

test('--debug adds the stack', async () => {
  const { exitCode, stderr } = await inProcess(['run', 'nothing.json', '--debug'], folder);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^\s+at /m);
});

test('stdin that is not JSON is refused by the name of stdin', async () => {
  const { exitCode, stderr } = await inProcess(['run', '-'], folder, { input: 'hello' });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('stdin');
});

test('stdin that never ends is refused once it is too large for a spec', async () => {
  const stdin = (async function* () {
    for (;;) yield new Uint8Array(2 ** 20);
  })();
  const { exitCode, stderr } = await inProcess(['run', '-'], folder, { stdin });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('too large');
});
