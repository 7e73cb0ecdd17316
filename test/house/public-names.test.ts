import { expect, test } from 'vitest';
import * as etascope from '../../src/index.ts';
import * as etascopeInNode from '../../src/node/index.ts';
import { textOf } from './project-files.ts';

// A change of the API is a change of these lists, and so of the version.
const values = [
  'FormulaError',
  'RequestError',
  'RunError',
  'analysis',
  'applyOverrides',
  'axisValues',
  'canonicalJson',
  'colormapNames',
  'compileObjective',
  'createEngine',
  'encodeNpz',
  'encodePng',
  'limits',
  'paintDensity',
  'paintMap',
  'paintResult',
  'parseSpec',
  'parseSpecText',
  'presets',
  'provenanceText',
  'readPngText',
  'regimes',
  'resultFromNpz',
  'specHash',
  'toneMap',
  'toneNames',
];
const types = [
  'Axis',
  'CompiledObjective',
  'CpuEngine',
  'DensityRequest',
  'Engine',
  'EngineOptions',
  'EscapeRequest',
  'FinalRequest',
  'GrowingCounts',
  'GrowingDensity',
  'Initial',
  'JointDensityRequest',
  'Legend',
  'LiveDensity',
  'LiveOptions',
  'LyapunovRequest',
  'MapOptions',
  'MeasureRequest',
  'MomentsRequest',
  'Objective',
  'PaintOptions',
  'Painting',
  'PeriodRequest',
  'Picture',
  'Preset',
  'Progress',
  'Provenance',
  'RegimeRequest',
  'Result',
  'ResultArray',
  'RunErrorCode',
  'RunOptions',
  'RunTimings',
  'Spec',
  'SpecInput',
  'StartWorker',
  'ToneName',
  'WebGpuEngine',
  'WorkerPort',
];

/** Names within `analysis`. */
const analysis = [
  'EXPONENTIAL_GAP_95',
  'FEIGENBAUM',
  'attractorEdge',
  'ballisticWindow',
  'barrierBetween',
  'bracketDoublings',
  'cellAround',
  'cellEscapeTime',
  'climbExponent',
  'collisionRate',
  'columnPeriods',
  'distances',
  'doublingAbove',
  'doublingCascade',
  'effectiveTemperature',
  'escapeCrisis',
  'exponentialProbability',
  'findWindows',
  'fitExponential',
  'fitLine',
  'fitWeibull',
  'gibbsBox',
  'gibbsLaw',
  'gibbsTemperature',
  'globalLyapunov',
  'goodnessOf',
  'groupFloor',
  'kramersTime',
  'linearLaw',
  'linearMarginal',
  'linearMoments',
  'lyapunovError',
  'massesOf',
  'meanExitTime',
  'microNoise',
  'momentumCascade',
  'momentumLyapunov',
  'momentumThresholds',
  'momentumVariance',
  'noiseFloor',
  'noiseLaw',
  'periodicWindow',
  'sineNoise',
  'stableTilts',
  'survivalOf',
  'waitsOf',
];

const reExport = /export (type )?\{([^}]*)\} from '\.[^']*';/g;
const roomExport = /export \* as \w+ from '\.[^']*';/g;

/** Names that a file of re-exports gives as types. */
function typeNames(source: string): readonly string[] {
  return [...source.matchAll(reExport)].flatMap(([, isType, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && (isType || name.startsWith('type ')))
      .map((name) => name.replace(/^type /, '').replace(/^.* as /, '')),
  );
}

test('the library exports these values and no others', () => {
  expect(Object.keys(etascope).sort()).toEqual(values);
});

test('the theory within it has these values and no others', () => {
  expect(Object.keys(etascope.analysis).sort()).toEqual(analysis);
});

test('the library exports these types and no others', () => {
  expect([...typeNames(textOf('src/index.ts'))].sort()).toEqual(types);
});

test('the entry holds re-exports by name and nothing else', () => {
  const rest = textOf('src/index.ts')
    .replace(reExport, '')
    .replace(roomExport, '')
    .replace(/^\/\/.*$/gm, '');
  expect(rest.trim()).toBe('');
});

test('in Node the library has the same names, and the survey of adapters', () => {
  expect(Object.keys(etascopeInNode).sort()).toEqual([...values, 'surveyAdapters'].sort());
});

test('the package offers these entries and one command', () => {
  const { exports, bin } = JSON.parse(textOf('package.json'));
  expect(Object.keys(exports)).toEqual(['.', './schema/spec.json']);
  const { node, default: elsewhere, ...others } = exports['.'];
  expect(others).toEqual({});
  // TypeScript takes the first condition that fits, so types come first.
  for (const entry of [node, elsewhere]) expect(Object.keys(entry)).toEqual(['types', 'default']);
  expect(Object.keys(bin)).toEqual(['etascope']);
});
