import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { Interruption, type Io } from '../../src/cli/io.ts';
import { reproduceCommandFor } from '../../src/cli/reproduce.ts';
import { resultFromNpz } from '../../src/export/npz.ts';
import { readPngText } from '../../src/export/png.ts';
import { reproductions } from '../../src/reproduce/registry.ts';
import type { Reproduction } from '../../src/reproduce/reproduction.ts';
import { canonicalJson } from '../../src/spec/canonical.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { emptyFolder, inProcess, namesIn } from './command-line.ts';

const { signal: quiet } = new AbortController();

/** The exponent of x^2/2 at eta = 1/2 is log(1/2); `expected` is what the reproduction says it is. */
function halving(name: string, expected = -Math.LN2, onGpu = true): Reproduction {
  return {
    name,
    title: `Steps that halve | ${name}`,
    about: 'Every step halves the distance.',
    source: 'by hand, 2026',
    isReconstruction: false,
    onGpu,
    runs: () => ({
      [name]: {
        etascope: 1,
        objective: { macro: 'x^2 / 2' },
        optimizer: { eta: 0.5 },
        ensemble: { orbits: 4, initial: { x: { uniform: [1, 2] } } },
        steps: { skip: 0, keep: 64 },
        measures: [{ measure: 'lyapunov' }],
      },
    }),
    report: (results) => {
      const [measured = Number.NaN] = Float64Array.from(
        results[name]?.arrays.lyapunov?.data ?? [],
        Number,
      );
      const panel = {
        x: { label: 'x' },
        y: { label: 'y' },
        marks: [{ mark: 'curve' as const, x: [0, 1], y: [0, measured] }],
      };
      const check = { what: 'exponent', measured, expected, tolerance: 1e-6, why: 'rounding' };
      return {
        figure: { title: name, panels: [panel] },
        checks: [{ ...check, source: 'log |1 - eta|' }],
      };
    },
  };
}

/** A reproduction that no machine ends within a test. */
const endless: Reproduction = {
  ...halving('endless'),
  runs: () => ({
    endless: {
      etascope: 1,
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
      optimizer: { eta: 0.1 },
      ensemble: { orbits: 4096, initial: { x: { uniform: [-1, 1] } } },
      steps: { skip: 2 ** 32, keep: 16 },
      measures: [{ measure: 'lyapunov' }],
    },
  }),
};

/** Runs the command with reproductions of the test's own. */
async function reproduce(
  known: readonly Reproduction[],
  words: readonly string[],
  cwd: string,
  parts: Partial<Pick<Io, 'signal' | 'isTerminal' | 'stderr'>> = {},
) {
  let [stdout, stderr] = ['', ''];
  const command = reproduceCommandFor(async () => known);
  const exitCode = await command.run(parseArguments(words, command), {
    stdin: (async function* () {})(),
    stdout: (text) => {
      stdout += text;
    },
    isTerminal: parts.isTerminal ?? false,
    signal: parts.signal ?? quiet,
    stderr: (text) => {
      stderr += text;
      parts.stderr?.(text);
    },
    cwd,
    clock: () => performance.now() / 1000,
  });
  return { exitCode, stdout, stderr };
}

test('without a name it lists every reproduction with its source', async () => {
  const folder = emptyFolder();
  const people = await inProcess(['reproduce'], folder);
  const scripts = await inProcess(['reproduce', '--json'], folder);
  expect([people.exitCode, scripts.exitCode]).toEqual([0, 0]);
  const listed = JSON.parse(scripts.stdout).map(({ name }: { name: string }) => name);
  expect(listed).toEqual(reproductions.map(({ name }) => name));
  for (const name of listed) expect(people.stdout).toContain(`${name}\n`);
  expect(namesIn(folder)).toEqual([]);
});

test('a built-in one writes its picture, arrays and numbers, and says that all hold', async () => {
  const folder = emptyFolder();
  const name = 'tilted-wells';
  const words = ['reproduce', name, '--out', 'figures/', '--effort', 'quick'];
  const { exitCode, stdout, stderr } = await inProcess([...words, '--json'], folder);
  expect(exitCode, stderr).toBe(0);
  const files = ['json', 'npz', 'png', 'svg'].map((ending) => `${name}.${ending}`);
  expect(namesIn(path.join(folder, 'figures'))).toEqual(files);
  const at = (ending: string) => readFileSync(path.join(folder, 'figures', `${name}.${ending}`));
  const [report] = JSON.parse(stdout);
  expect(report.files.map((file: string) => path.basename(file)).toSorted()).toEqual(files);
  expect(report.holds).toBe(true);

  const { spec } = resultFromNpz(at('npz'), 'its NPZ');
  const asked = reproductions.find((known) => known.name === name)?.runs('quick')[name];
  expect(canonicalJson(spec)).toBe(canonicalJson(parseSpec(asked)));
  expect(JSON.parse(at('json').toString()).checks).toEqual(report.checks);
  expect(readPngText(at('png'), 'its PNG')['etascope-spec']).toBe(canonicalJson(spec));
  expect(at('svg').toString()).toMatch(/^<svg/);
});

describe('numbers outside their error bars', () => {
  const known = [halving('wrong', -0.7), halving('right')];

  test('make it exit with 1, after all names were tried and written', async () => {
    const folder = emptyFolder();
    const { exitCode, stdout, stderr } = await reproduce(
      known,
      ['wrong', 'right', '--out', 'd'],
      folder,
    );
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/exponent +-0.6931472 +-0.7000000 +± 0.0000010 +FAILS/);
    expect(stdout).toMatch(/exponent +-0.6931472 +-0.6931472 +± 0.0000010 +holds/);
    expect(stderr).toContain('wrong: a number lies outside its error bar');
    expect(stderr).not.toContain('right: a number');
    const files = ['json', 'npz', 'png', 'svg'];
    expect(namesIn(path.join(folder, 'd'))).toEqual(
      ['right', 'wrong'].flatMap((name) => files.map((ending) => `${name}.${ending}`)),
    );
  });

  test('are told on the page of all figures', async () => {
    const folder = emptyFolder();
    const { exitCode } = await reproduce(known, ['all', '--out', 'd'], folder);
    expect(exitCode).toBe(1);
    const page = readFileSync(path.join(folder, 'd/README.md'), 'utf8');
    expect(page).toContain('1 of 2 numbers');
    expect(page).toContain('![Steps that halve | wrong](wrong.png)');
    expect(page.match(/\| \*\*fails\*\* \|/g)).toHaveLength(1);
    // of a table every row has as many cells as its head; bars within a cell are escaped
    const cells = (row: string) => row.replaceAll('\\|', '').split('|').length;
    const rows = page.split('\n').filter((line) => line.startsWith('|'));
    expect([...new Set(rows.map(cells))].toSorted()).toEqual([5, 9]);
  });
});

test('equal requests write equal bytes, with no clock in them', async () => {
  const folder = emptyFolder();
  for (const out of ['a', 'b']) {
    await reproduce([halving('right')], ['all', '--out', out], folder);
  }
  const names = namesIn(path.join(folder, 'a'));
  expect(names).toContain('README.md');
  for (const name of names) {
    const [a, b] = ['a', 'b'].map((out) => readFileSync(path.join(folder, out, name)));
    expect(a?.equals(b ?? Buffer.alloc(0)), name).toBe(true);
  }
});

describe('on the engine webgpu', () => {
  const known = [halving('right'), halving('exact', -Math.LN2, false)];

  test('all leaves out what needs float64, and says so', async () => {
    const folder = emptyFolder();
    const words = ['all', '--out', 'd', '--engine', 'webgpu', '--json'];
    const { exitCode, stdout, stderr } = await reproduce(known, words, folder);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('exact: skipped');
    const [only, ...others] = JSON.parse(stdout);
    expect([only.name, only.engines, others]).toEqual(['right', ['webgpu'], []]);
  });

  test('one that needs float64 is a wrong request, and nothing is written', async () => {
    const folder = emptyFolder();
    const words = ['right', 'exact', '--out', 'd', '--engine', 'webgpu'];
    await expect(reproduce(known, words, folder)).rejects.toMatchObject({
      code: 'engine-precision',
      where: 'exact',
    });
    expect(namesIn(folder)).toEqual([]);
  });
});

describe('interrupted', () => {
  /** Interrupts as soon as the progress of a run is drawn after `words` were said. */
  const interruptedAfter = (words: string) => {
    const controller = new AbortController();
    let said = '';
    const stderr = (text: string) => {
      said += text;
      const at = said.indexOf(words);
      if (at >= 0 && said.includes('%', at)) controller.abort(new Interruption('SIGINT'));
    };
    return { isTerminal: true, signal: controller.signal, stderr };
  };

  test('in its first, it leaves no file and no folder', async () => {
    const folder = emptyFolder();
    const words = ['endless', '--out', 'd', '--engine', 'cpu'];
    await expect(reproduce([endless], words, folder, interruptedAfter(''))).rejects.toBeInstanceOf(
      Interruption,
    );
    expect(namesIn(folder)).toEqual([]);
  });

  test('later, it keeps those that are whole, and writes nothing of the one under way', async () => {
    const folder = emptyFolder();
    mkdirSync(path.join(folder, 'd'));
    const known = [halving('right'), endless];
    const words = ['right', 'endless', '--out', 'd', '--engine', 'cpu'];
    const { exitCode, stderr } = await reproduce(known, words, folder, interruptedAfter('right: '));
    expect(exitCode).toBe(130);
    expect(stderr).toContain('1 of 2 are written');
    expect(existsSync(path.join(folder, 'd/right.png'))).toBe(true);
    expect(namesIn(path.join(folder, 'd'))).toHaveLength(4);
  });
});
