import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, endlessSpec, spawned, tinySpec } from '../cli/command-line.ts';

const folder = emptyFolder();
// The library as programs import it: what `npm run build:node` has built.
const library = new URL('../../dist/node/node.js', import.meta.url).href;

/** Runs a program that has `engine`, `tiny` and `endless`, and never disposes of the engine. */
function program(body: string) {
  const script = path.join(folder, 'program.mjs');
  writeFileSync(
    script,
    `import { createEngine, parseSpec } from ${JSON.stringify(library)};
const engine = await createEngine({ engine: 'cpu' });
const tiny = parseSpec(${JSON.stringify(tinySpec)});
const endless = parseSpec(${JSON.stringify(endlessSpec)});
const show = (result) => console.log(result.arrays.density.shape.join());
${body}`,
  );
  return spawned([], folder, { script });
}

const done = { exitCode: 0, stdout: '8,16\n', stderr: '' };

test('a run that nothing else waits for comes to its end, and then the program ends', async () => {
  expect(await program('engine.run(tiny).then(show);')).toEqual(done);
});

test('a stream and a growing density hold the program as well', async () => {
  const streamed =
    'let last; for await (const item of engine.stream(tiny)) last = item; show(last);';
  expect(await program(streamed)).toEqual(done);
  const grown = `const growing = await engine.grow(tiny);
for await (const _ of growing.frames());
show(growing.result());`;
  expect(await program(grown)).toEqual(done);
});

test('an engine that has computed, and was forgotten, does not keep the program from ending', async () => {
  const twice = 'show(await engine.run(tiny)); await engine.run(tiny);';
  expect(await program(twice)).toEqual(done);
});

test('an aborted run does not hold the program, whatever its threads are at', async () => {
  const aborted = `const controller = new AbortController();
const onProgress = () => controller.abort();
await engine.run(endless, { signal: controller.signal, onProgress }).catch(({ name }) => console.log(name));`;
  expect(await program(aborted)).toEqual({ ...done, stdout: 'AbortError\n' });
});

test('a stream that was left does not hold the program', async () => {
  const left = 'for await (const item of engine.stream(endless)) { show(item); break; }';
  expect(await program(left)).toEqual({ ...done, stdout: '512,16\n' });
});
