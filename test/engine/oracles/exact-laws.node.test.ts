import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { columnsOf, GROUPS, groups, mean } from '../../support/groups.ts';
import { totalVariation } from '../../support/host-orbits.ts';
import { numbers, total } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(engine.dispose);

// Conjugate to Chebyshev polynomials: the arcsine law. Ulam and von Neumann 1947.
describe.each([
  { name: 'x^3/3 - x^2/2, eta = 3', macro: 'x^3 / 3 - x^2 / 2', eta: 3, range: [0, 4 / 3] },
  {
    name: '(x^2 - 1)^2/4, eta = 2',
    macro: '(x^2 - 1)^2 / 4',
    eta: 2,
    range: [-Math.SQRT2, Math.SQRT2],
  },
])('$name', ({ macro, eta, range }) => {
  test('has the arcsine law, to the noise of the sample', async () => {
    const bins = 100;
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: { macro, parameters: { group: 0 } },
        optimizer: { eta },
        axes: groups,
        ensemble: { orbits: 512, initial: { x: { uniform: [0.1, 1.2] } } },
        steps: { skip: 100, keep: 3000 },
        measures: [{ measure: 'density', of: 'x', range, bins }],
        precision: 'float64',
      }),
    );
    const law = (share: number) => Math.asin(2 * share - 1) / Math.PI;
    const exact = Array.from({ length: bins }, (_, i) => law((i + 1) / bins) - law(i / bins));
    const densities = columnsOf(numbers(result, 'density'), GROUPS);
    const pooled = exact.map((_, bin) => total(densities.map((row) => row[bin] ?? 0)));
    const pairs = densities.flatMap((a, i) =>
      densities.slice(i + 1).map((b) => totalVariation(a, b)),
    );
    // Two groups differ by sqrt(2) of what one differs from its law; 16 pooled, by a quarter of that.
    const noise = mean(pairs) / Math.SQRT2 / Math.sqrt(GROUPS);
    // A sum over 100 bins of such sizes scatters by a tenth.
    expect(totalVariation(pooled, exact)).toBeLessThan(1.4 * noise);
    // Rounding at the top, 1e-16 / sqrt(1e-16) a step, carries an orbit out once in some 1e8 steps.
    expect(total(numbers(result, 'diverged'))).toBeLessThan(5);
  });
});
