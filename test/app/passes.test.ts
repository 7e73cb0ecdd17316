import { describe, expect, test } from 'vitest';
import { parseExplorable } from '../../src/app/explorable.ts';
import { passesOf } from '../../src/app/pictures/passes.ts';
import { orbitStepCount } from '../../src/spec/columns.ts';
import { kindNames, kindSpecs } from './kind-specs.ts';

describe('the passes of a picture', () => {
  test.each(kindNames)('%s share its work in proportion to their steps', (name) => {
    const passes = passesOf(parseExplorable(kindSpecs[name]));
    const total = passes.reduce((sum, { spec }) => sum + orbitStepCount(spec), 0);
    let before = 0;
    for (const pass of passes) {
      expect(pass.before).toBeCloseTo(before, 12);
      expect(pass.share).toBeCloseTo(orbitStepCount(pass.spec) / total, 12);
      before += pass.share;
    }
    expect(before).toBeCloseTo(1, 12);
    expect(passes.at(-1)?.spec).toEqual(parseExplorable(kindSpecs[name]).spec);
  });
});
