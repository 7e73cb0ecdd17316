import { expect, test } from 'vitest';
import { presetRequest, viewportOf, withWindow } from '../../src/app/explorable.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Spec } from '../../src/spec/spec.ts';

const [COLUMNS, BINS] = [64, 48];

/** The page's first picture, its chaotic part, small enough for a software GPU. */
function specOf(seed: number): Spec {
  const request = presetRequest('period-doubling');
  const { up } = viewportOf(request);
  const across = { from: 3.6e-3, to: 4.5e-3, scale: 'linear' } as const;
  const { spec } = withWindow(request, { across, up }, { columns: COLUMNS, bins: BINS });
  const ensemble = { ...spec.ensemble, orbits: 32, seed };
  return { ...spec, ensemble, steps: { skip: 500, keep: 500 } };
}

/** Shares of the visits of each column, [columns, bins]. */
async function sharesOf(engine: Engine, seed: number): Promise<readonly (readonly number[])[]> {
  const { arrays } = await engine.run(specOf(seed));
  const visits = Array.from(arrays.density?.data ?? [], Number);
  return Array.from({ length: COLUMNS }, (_, column) => {
    const own = visits.slice(column * BINS, (column + 1) * BINS);
    const sum = own.reduce((total, count) => total + count, 0);
    return own.map((count) => count / sum);
  });
}

type Shares = Awaited<ReturnType<typeof sharesOf>>;

/** Total variation distance of the densities of each column. */
function distances(one: Shares, other: Shares): readonly number[] {
  return one.map((shares, column) =>
    shares.reduce((sum, share, bin) => sum + Math.abs(share - (other[column]?.[bin] ?? 0)) / 2, 0),
  );
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

test('another engine draws the same picture: as far apart as two samples of one engine', async () => {
  const cpu = await createEngine({ engine: 'cpu' });
  const webgpu = await createEngine({ engine: 'webgpu' });
  const [first, second, third] = await Promise.all([1, 2, 3].map((seed) => sharesOf(cpu, seed)));
  const other = await sharesOf(webgpu, 4);
  cpu.dispose();
  webgpu.dispose();
  if (!first || !second || !third) throw new Error('there are three samples');
  // Orbits are correlated, so that the noise of two samples is measured, not derived from counts.
  const noise = [distances(first, second), distances(second, third), distances(third, first)];
  const between = [first, second, third].map((sample) => distances(sample, other));
  const expected = mean(noise.map(mean));
  expect(expected).toBeGreaterThan(0);
  expect(expected).toBeLessThan(0.2); // there is enough of each column to tell two apart
  expect(mean(between.map(mean))).toBeLessThan(1.3 * expected);
  for (let column = 0; column < COLUMNS; column++) {
    const own = mean(noise.map((all) => all[column] ?? 0));
    const apart = mean(between.map((all) => all[column] ?? 0));
    expect(apart, `column ${column}`).toBeLessThan(2 * own + 0.5 * expected);
  }
});
