import { expect, test } from 'vitest';
import { confineOrbits } from '../../../src/engine/cpu/confinement.ts';
import { compileObjective } from '../../../src/formula/objective.ts';

const RADIUS = 10;

function confinesAt(macro: string, micro: string, variables: readonly string[] = ['x']) {
  const objective = compileObjective({ macro, micro, variables: [...variables], parameters: {} });
  const confines = confineOrbits(objective, RADIUS);
  return (
    confines && ((eta: number) => confines({ eta, epsilon: 0.1, parameters: {}, initial: {} }))
  );
}

/** The farthest that steps of size eta lead from within the radius: of the slope a x + b sin(x / epsilon). */
const farthest = (eta: number, a: number, b: number) =>
  Math.abs(1 - eta * a) * RADIUS + Math.abs(eta * b);

test.each([
  ['x^2 / 2', '-cos(x)', 1, 1],
  ['x^2', '-cos(x) - cos(3 * x)', 2, 4],
  ['-x^2 / 2', 'sin(x)', -1, 1],
  ['3 * x^2 / 2', '-2 * cos(x)', 3, 2],
] as const)('orbits on %s and %s are confined where no step can lead out', (macro, micro, a, b) => {
  const confines = confinesAt(macro, micro);
  const etas = Array.from({ length: 400 }, (_, n) => (n + 0.5) / 200);
  expect(etas.map((eta) => confines?.(eta))).toEqual(
    etas.map((eta) => farthest(eta, a, b) < RADIUS),
  );
});

test('coupled coordinates count each other', () => {
  const confines = confinesAt('x^2 / 2 + y^2 / 2 + x * y / 4', '-cos(x)', ['x', 'y']);
  // |1 - eta| + eta / 4 + eta / 10 of the radius
  expect([0.5, 1, 1.47, 1.49, 1.6].map((eta) => confines?.(eta))).toEqual([
    ...[true, true, true],
    ...[false, false],
  ]);
});

test.each([
  ['x^4 / 4', '-cos(x)'],
  ['cos(x)', '-cos(x)'],
])('of %s and %s it is not told', (macro, micro) => {
  expect(confinesAt(macro, micro)).toBeUndefined();
});

test('a slope without a bound confines nobody', () => {
  expect(confinesAt('x^2 / 2', 'x^3 / 3')?.(1e-9)).toBe(false);
});
