import { expect, test } from 'vitest';
import { choiceText, chooseMapArray, mapArrays } from '../../src/export/map-arrays.ts';
import { measureKind } from '../../src/spec/measures/registry.ts';
import { planeResult } from './plane-result.ts';

const { spec } = planeResult({});

test('every array that can be painted is one that its measure gives, or that every run has', () => {
  const given = spec.measures.flatMap((request) => measureKind(request).arrays(request));
  const known = [...given, 'diverged', 'distinct'];
  const painted = mapArrays(spec).map(({ name }) => name);
  expect(painted.filter((name) => !known.includes(name))).toEqual([]);
  const isEdges = (name: string) => name.endsWith('_edges');
  expect(known.filter((name) => !painted.includes(name) && !isEdges(name))).toEqual([]);
});

test.each([
  [['density', 'joint-density', 'lyapunov'], 'lyapunov[0]'],
  [['regime', 'lyapunov'], 'regime'],
  [['escape'], 'escape_mean'],
  [['moments'], 'moments_mean'],
  [['final'], 'final[0,0]'],
])('of %j the one to paint where none is named is %s', (kinds, wanted) => {
  const fields: Readonly<Record<string, object>> = {
    density: { of: 'x', range: [0, 1], bins: 3 },
    'joint-density': {
      of: ['x', 'y'],
      range: [
        [0, 1],
        [0, 1],
      ],
      bins: [4, 3],
    },
    escape: { when: 'x > 1' },
    moments: { of: 'x' },
  };
  const measures = kinds.map((measure) => ({ measure, ...fields[measure] }));
  expect(choiceText(chooseMapArray(planeResult({}, measures).spec))).toBe(wanted);
});
