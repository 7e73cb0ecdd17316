import { expect, test } from 'vitest';
import { compareReports } from '../../src/bench/compare.ts';
import { type BenchReport, complaintOf, readReport } from '../../src/bench/report.ts';

/** A report of one workload whose rounds took these times. */
function reportOf(seconds: readonly number[], engine: 'cpu' | 'webgpu' = 'cpu'): BenchReport {
  return {
    etascopeBench: 1,
    surroundings: {
      date: '2026-01-01T00:00:00.000Z',
      etascope: '0.1.0',
      commit: null,
      platform: 'linux-x64',
      processor: 'a processor',
      cores: 2,
      runtime: 'Node v20',
      dawn: null,
      load: 0,
    },
    lanes: [
      {
        engine,
        precision: 'float64',
        device: 'a processor',
        rates: { multiplyAdds: 1e9 },
        measurements: [
          {
            workload: 'iterate',
            rounds: seconds.map((wallSeconds) => ({
              wallSeconds,
              kernelSeconds: wallSeconds / 2,
              endToEndSeconds: 2 * wallSeconds,
              orbitSteps: 1e6,
            })),
            firstSeconds: 1,
            findings: [],
            isRight: true,
          },
        ],
      },
    ],
    missing: [],
  };
}

const before = [1, 1.02, 1.04, 1.06, 1.08];

test('half the time is twice as fast; rounds that mix, or too few of them, are noise', () => {
  const compared = (seconds: readonly number[], first: readonly number[] = before) =>
    compareReports(reportOf(first), reportOf(seconds), ['a', 'b'])[0];
  expect(compared(before.map((time) => time / 2))?.clock).toBe('kernel');
  expect(compared(before.map((time) => time / 2))?.ratio).toBeCloseTo(2, 12);
  for (const [seconds, first, verdict] of [
    [before.map((time) => time / 2), before, 'faster'],
    [before.map((time) => 2 * time), before, 'slower'],
    [before.map((time) => time + 0.05), before, 'within noise'],
    [[0.5, 0.5, 0.5], [1, 1, 1], 'too few rounds'], // one time in ten
    [[0.99, 0.99, 0.99, 0.99], [1, 1, 1, 1], 'within noise'], // a clock that drifted
  ] as const) {
    expect(compared(seconds, first)?.verdict).toBe(verdict);
  }
});

test('a wrong result has no speed, and what ran on another device is told', () => {
  const report = reportOf(before);
  const [lane] = report.lanes;
  const [measurement] = lane?.measurements ?? [];
  if (!lane || !measurement) throw new Error('no lane');
  const wrong = { ...lane, measurements: [{ ...measurement, isRight: false }] };
  const other = { ...report, lanes: [{ ...wrong, device: 'another processor' }] };
  const [compared] = compareReports(report, other, ['a', 'b']);
  expect(compared).toMatchObject({
    verdict: 'wrong result',
    devices: ['a processor', 'another processor'],
  });
  expect(complaintOf(report)).toBeUndefined();
  expect(complaintOf(other)).toBe('1 of 1 results are wrong: cpu float64 iterate');
  expect(complaintOf({ ...report, lanes: [] })).toBe('nothing was measured');
});

test('benches without a common engine are refused', () => {
  expect(() =>
    compareReports(reportOf(before), reportOf(before, 'webgpu'), ['a.json', 'b.json']),
  ).toThrowError(/a\.json and b\.json: have no workload of the same engine/);
});

test('what a bench wrote is read again; other files are told what they are', () => {
  const report = reportOf(before);
  expect(readReport(JSON.stringify(report), 'a.json')).toEqual(report);
  const damaged = { ...report, lanes: [{ ...report.lanes[0], measurements: [{ workload: 'x' }] }] };
  for (const [text, code] of [
    ['PK\u0003', 'not-json'],
    ['[1, 2]', 'not-a-bench'],
    ['null', 'not-a-bench'],
    ['{"etascope": 1}', 'not-a-bench'],
    [JSON.stringify({ ...report, etascopeBench: 2 }), 'not-a-bench'],
    [JSON.stringify(damaged), 'not-a-bench'],
    [JSON.stringify({ ...report, lanes: 3 }), 'not-a-bench'],
    [JSON.stringify({ ...report, lanes: [null] }), 'not-a-bench'],
    [JSON.stringify({ ...report, surroundings: null }), 'not-a-bench'],
    [JSON.stringify(reportOf([])), 'not-a-bench'],
  ] as const) {
    expect(() => readReport(text, 'a.json')).toThrowError(expect.objectContaining({ code }));
  }
});
