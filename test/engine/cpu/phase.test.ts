import { all, type BigNumber, create, type FactoryFunctionMap } from 'mathjs';
import { afterAll, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { numbers } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 1, description: 'test' });
afterAll(engine.dispose);

const mathjs = create(all as FactoryFunctionMap, { precision: 60 }); // cast: typed as perhaps absent

/** The very number that `value` is, not the shortest decimal that reads as it. */
const exactly = (value: number): BigNumber => mathjs.bignumber(value.toPrecision(60));

/** Positions of x ← x − eta (x + sin(x / epsilon)) after 0, 1, … `steps` steps, to 50 digits. */
function exactOrbit(x0: number, eta: number, epsilon: number, steps: number): BigNumber[] {
  const orbit = [exactly(x0)];
  for (let x = exactly(x0); orbit.length <= steps; orbit.push(x)) {
    const micro = mathjs.sin(x.div(exactly(epsilon))) as BigNumber; // of a BigNumber
    x = x.sub(exactly(eta).mul(x.add(micro)));
  }
  return orbit;
}

// At K = eta / epsilon = 2 an error at most triples in a step, and a step adds what rounding the position
// and the sine to f64 makes: less than 2 ulp of x, as x counts in periods of 2 pi epsilon. So after n steps
// x is off by at most (3^(n + 1) - 1) / 2 times 2 ulp.
const STEPS = 6;

test.each(
  [1e-3, 1e-6, 1e-9].flatMap((epsilon) =>
    [0.16, -0.9, 1 / 3, 2.5, -123.456].map((x0) => ({ epsilon, x0 })),
  ),
)('at epsilon = $epsilon the phase is that of x = $x0 itself', async ({ epsilon, x0 }) => {
  const eta = 2 * epsilon;
  const orbit = exactOrbit(x0, eta, epsilon, STEPS);
  const ulp = 2 ** (Math.floor(Math.log2(Math.abs(x0))) - 52);
  for (let n = 1; n <= STEPS; n++) {
    const tolerance = (3 ** (n + 1) - 1) * ulp;
    // In one cell of the density, where the exact position is at the middle
    const middle = orbit[n]?.toNumber() ?? Number.NaN;
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon },
        optimizer: { eta },
        ensemble: { orbits: 1, initial: { x: x0 } },
        steps: { skip: n - 1, keep: 1 },
        measures: [
          { measure: 'density', of: 'x', range: [middle - tolerance, middle + tolerance], bins: 1 },
        ],
        precision: 'float64',
      }),
    );
    expect(numbers(result, 'density'), `after ${n} steps`).toEqual([1]);
  }
  // which is no wonder only where the tolerance is far below a period
  expect((3 ** (STEPS + 1) * ulp) / epsilon).toBeLessThan(x0 ** 2 > 10 ? 0.1 : 2e-3);
});
