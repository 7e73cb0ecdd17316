import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

/** Bytes, compressed, before the formula compilers, which come with the engine that is chosen. */
const MOST = 400_000;
/** Chunks that the page's own small script loads at once, and those that draw: on a GPU three.js, and workers. */
const needed = [/begin-page-/, /beside-/, /device-view-/, /painter-/];
const compilers = [/webgpu-engine-/, /create-cpu-engine-/];

test('the page loads less than 400 kB before the formula compiler', async () => {
  const built = await build({ logLevel: 'silent', build: { write: false } });
  const outputs = Array.isArray(built) ? built : 'output' in built ? [built] : [];
  const files = outputs.flatMap(({ output }) => output);
  const chunks = files.flatMap((file) => (file.type === 'chunk' ? [file] : []));
  const entry = chunks.find(({ isEntry }) => isEntry);
  expect(entry).toBeDefined();
  const loaded = new Set<string>();
  const load = (name: string) => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) load(next);
  };
  for (const { fileName } of files) {
    if (fileName === entry?.fileName || /\.(html|css)$/.test(fileName)) load(fileName);
    if (needed.some((name) => name.test(fileName))) load(fileName);
  }
  for (const name of needed) expect([...loaded].join(' ')).toMatch(name);
  for (const name of compilers) {
    expect(files.map(({ fileName }) => fileName).join(' ')).toMatch(name);
    expect([...loaded].join(' ')).not.toMatch(name); // it comes when it is needed
  }
  const size = files
    .filter(({ fileName }) => loaded.has(fileName))
    .map((file) => gzipSync(file.type === 'chunk' ? file.code : file.source).length)
    .reduce((sum, bytes) => sum + bytes, 0);
  expect(size).toBeLessThan(MOST);
});
