import { describe, expect, test } from 'vitest';
import { doublingCascade, FEIGENBAUM } from '../../src/analysis/doublings.ts';
import { momentumThresholds } from '../../src/analysis/momentum.ts';
import { momentumCascade } from '../../src/analysis/momentum-doublings.ts';

const formula = (macro: string, micro = '', epsilon?: number) => ({
  variables: ['x'],
  macro,
  micro,
  ...(epsilon === undefined ? {} : { epsilon }),
  parameters: {},
});
const wells = formula('0', '-cos(x)', 1);
const rules = ['heavy-ball', 'nesterov'] as const;

test.each(rules.flatMap((rule) => [-0.3, 0.2, 0.5].map((momentum) => ({ rule, momentum }))))(
  'of -cos with $rule and b = $momentum K1, the breaking of symmetry and K2 are the ones known',
  (momentum) => {
    const found = momentumCascade(wells, momentum, 0.1, 2);
    const known = momentumThresholds(momentum.rule, momentum.momentum);
    const all = [known.doubling, known.symmetryBreaking, known.secondDoubling];
    expect(found.thresholds.map(({ kind }) => kind)).toEqual([
      'doubling',
      'symmetry-breaking',
      'doubling',
    ]);
    found.thresholds.forEach(({ eta }, at) => {
      expect(Math.abs(eta / (all[at] ?? 0) - 1)).toBeLessThan(1e-9);
    });
  },
);

describe('a cascade with momentum', () => {
  test('is that of gradient descent where there is none', () => {
    for (const objective of [wells, formula('x^3 / 3 - x^2 / 2'), formula('(x^2 - 1)^2 / 4')]) {
      const plain = doublingCascade(objective, 0.7, 5);
      for (const rule of rules) {
        const found = momentumCascade(objective, { rule, momentum: 0 }, 0.7, 5);
        expect(found.thresholds.map(({ kind }) => kind)).toEqual(
          plain.thresholds.map(({ kind }) => kind),
        );
        found.thresholds.forEach(({ eta }, at) => {
          expect(Math.abs(eta / (plain.thresholds[at]?.eta ?? 0) - 1)).toBeLessThan(1e-9);
        });
      }
    }
  });

  test.each(rules.flatMap((rule) => [-0.3, 0.5].map((momentum) => ({ rule, momentum }))))(
    'goes on to the ratio of Feigenbaum: $rule, b = $momentum',
    (momentum) => {
      const { ratios, isComplete, accumulation } = momentumCascade(wells, momentum, 0.1, 8);
      expect(isComplete).toBe(true);
      expect(Math.abs((ratios.at(-1) ?? 0) - FEIGENBAUM)).toBeLessThan(5e-3);
      expect(accumulation?.error).toBeLessThan(1e-6);
    },
  );

  test('of the cubic is that of the Henon map with B = 0.3', () => {
    const cubic = formula('x^3 / 3 - x^2 / 2');
    const momentum = { rule: 'heavy-ball', momentum: -0.3 } as const;
    const { doublings, accumulation } = momentumCascade(cubic, momentum, 0.7, 8);
    // x' = (0.7 + eta) x - eta x^2 + 0.3 before is X' = 1 - a X^2 + 0.3 X before, moved and scaled.
    const inA = (eta = 0) => (0.7 + eta) ** 2 / 4 - (0.7 * (0.7 + eta)) / 2;
    expect(inA(doublings[0])).toBeCloseTo((3 * 0.7 ** 2) / 4, 12); // Henon, Commun. Math. Phys. 50 (1976) 69
    expect(inA(doublings[1])).toBeCloseTo(0.7 ** 2 + 1.3 ** 2 / 4, 10);
    expect(Math.abs(inA(accumulation?.eta) - 1.058049)).toBeLessThan(1e-5); // Derrida et al., J. Phys. A 12 (1979) 269
  });

  test('ends where it loses its branch, and is refused where the minimum does not double', () => {
    const at = (momentum: number) => () =>
      momentumCascade(wells, { rule: 'nesterov', momentum }, 0.1, 2);
    expect(at(-0.4)).toThrow(/^momentum: of Nesterov doubles above -1\/3/);
    expect(at(1)).toThrow(/^momentum: /);
    const quadratic = momentumCascade(formula('x^2'), { rule: 'nesterov', momentum: 0.5 }, 0.5, 2);
    expect(quadratic.isComplete).toBe(false);
    expect([...quadratic.doublings]).toEqual([0.75]);
  });
});
