import { expect, test } from 'vitest';
import { lawsOf } from '../../src/app/views/laws.ts';
import { axisValues } from '../../src/spec/axis.ts';
import { parseSpec } from '../../src/spec/parse.ts';

const chaos = {
  etascope: 1,
  objective: { macro: 'x^2', micro: '-cos(x)', epsilon: 1e-6 },
  axes: [{ parameter: 'eta', from: 0.05, to: 0.4, count: 9 }],
  ensemble: { orbits: 1, initial: { x: 0 }, seed: 1 },
  steps: { skip: 1, keep: 1 },
  measures: [{ measure: 'lyapunov' }],
};

test('the exponent of the stochastic map is ln|1 − 2η|, that of the descent it stands for ln(K / 2)', () => {
  const drawn = parseSpec({ ...chaos, optimizer: { rule: 'stochastic-map' } });
  const descent = parseSpec(chaos);
  const [axis] = descent.axes;
  const etas = axis ? Array.from(axisValues(axis)) : [];
  const { exponents: fixed = [] } = lawsOf({ kind: 'exponents', spec: drawn });
  const { exponents: wild = [] } = lawsOf({ kind: 'exponents', spec: descent });
  expect(etas).toHaveLength(9);
  etas.forEach((eta, column) => {
    expect(fixed[column]).toBeCloseTo(Math.log(Math.abs(1 - 2 * eta)), 12);
    expect(wild[column]).toBeCloseTo(Math.log(eta / 1e-6 / 2), 9);
  });
});

test('the law of a sum of coordinates is known, in as many variables as there are', () => {
  const [eta, bins, width] = [0.2, 400, 4 / 400];
  const spec = parseSpec({
    ...chaos,
    objective: {
      variables: ['x', 'y'],
      macro: '(x^2 + y^2) / 2',
      micro: '-cos(x) - cos(y)',
      epsilon: 1e-6,
    },
    optimizer: { rule: 'gd', eta },
    axes: [],
    ensemble: { ...chaos.ensemble, initial: { x: 0, y: 0 } },
  });
  const edges = Array.from({ length: bins + 1 }, (_, edge) => -2 + edge * width);
  const { exact, gibbs } = lawsOf({ kind: 'density', spec, of: 'x + y', edges });
  // Of each coordinate eta / (2 (2 - eta)), and eta / 4 in Gibbs' law; a bin adds width^2 / 12.
  for (const [law, variance] of [
    [exact, eta / (2 - eta)],
    [gibbs, eta / 2],
  ] as const) {
    const found = (law?.bins ?? []).reduce(
      (sum, share, bin) => sum + share * (-2 + (bin + 0.5) * width) ** 2,
      0,
    );
    expect(Math.abs(found - variance - width ** 2 / 12)).toBeLessThan(1e-4 * variance);
  }
});
