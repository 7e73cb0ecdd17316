import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/pack-gpu.sh', import.meta.url));

test('a folder that holds something else is not packed over, and no word is taken for a folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'etascope-pack-'));
  try {
    writeFileSync(path.join(folder, 'thesis.tex'), '');
    for (const [words, told] of [
      [[folder], /is there already and no pack/],
      [['--out'], /--out: no such option.*\nusage: npm run pack:gpu/],
      [['a', 'b'], /one folder at most/],
    ] as const) {
      const { status, stderr } = spawnSync('bash', [script, ...words], { encoding: 'utf8' });
      expect(stderr).toMatch(told);
      expect(status).toBe(2);
    }
    expect(readdirSync(folder)).toEqual(['thesis.tex']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
