import { describe, expect, test } from 'vitest';
import { paintResult } from '../../src/export/paint-result.ts';
import { encodePng, provenanceText } from '../../src/export/png.ts';
import { printPicture } from '../../src/export/print-picture.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testedEngines } from '../support/engines.ts';

const engines = await testedEngines();

const objective = { macro: 'x^2 / 2', micro: '-cos(x)' };
const kicked = {
  etascope: 1,
  ensemble: { orbits: 6, initial: { x: { uniform: [-1, 1] } } },
  steps: { skip: 0, keep: 40 },
};
const eta = { parameter: 'eta', from: 0.05, to: 0.3, count: 19 };

const specs = {
  'a density': {
    ...kicked,
    objective: { ...objective, epsilon: 1e-2 },
    axes: [eta],
    measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 128 }],
  },
  'a map': {
    ...kicked,
    objective,
    axes: [eta, { parameter: 'epsilon', from: 0.01, to: 0.1, count: 7 }],
    measures: [{ measure: 'moments', of: 'x' }],
  },
};

describe.each(engines)('strips of a run on $name', ({ engine }) => {
  test.each(Object.entries(specs))(
    'print %s byte for byte as the whole, at any size',
    async (_, input) => {
      const spec = parseSpec(input);
      const result = await engine.run(spec);
      const limits = { stripBytes: 40_000 };
      for (const size of [undefined, { width: 12, height: 30 }]) {
        const print = await printPicture(engine, spec, { size }, {}, limits);
        let step = await print.next();
        while (!step.done) step = await print.next();
        const expected = encodePng(paintResult(result, { size }), provenanceText(result));
        expect(step.value.bytes).toEqual(expected);
      }
    },
  );
});
