import { expect, test } from 'vitest';
import { adviceFor, type Machine } from '../../src/cli/survey.ts';
import type { AdapterSurvey } from '../../src/node/survey.ts';

const linux: Machine = { platform: 'linux', arch: 'x64', isSoftwareOff: false };
const adapter = { name: 'a', vendor: 'v', architecture: 'x', limits: {}, features: [] };
const bare: AdapterSurvey = { adapters: [], dawn: '0.6.2', softwareDriver: false, notes: [] };

const advise = (survey: Partial<AdapterSurvey>, machine: Partial<Machine> = {}) =>
  adviceFor({ ...bare, ...survey }, { ...linux, ...machine }).join('\n');

test('a machine with a hardware adapter lacks nothing', () => {
  expect(advise({ adapters: [{ ...adapter, isFallback: false }] })).toBe('');
});

test('without Dawn the first thing is npm ci', () => {
  expect(advise({ dawn: undefined })).toContain('npm ci');
});

test('a software adapter alone works slowly, and a GPU needs its driver and libvulkan1', () => {
  const advice = advise({ adapters: [{ ...adapter, isFallback: true }], softwareDriver: true });
  expect(advice).toContain('slowly');
  expect(advice).toContain('libvulkan1');
});

test('without any adapter the way depends on the platform and on what is switched off', () => {
  expect(advise({})).toContain('@sparticuz/chromium');
  expect(advise({}, { isSoftwareOff: true })).toContain('unset ETASCOPE_SOFTWARE_GPU');
  const mac = advise({}, { platform: 'darwin', arch: 'arm64' });
  expect(mac).toContain('linux-x64 only');
  expect(mac).not.toContain('libvulkan1');
  expect(advise({}, { platform: 'win32' })).toContain('Direct3D');
  expect(advise({}, { arch: 'arm64' })).toContain('linux-arm64');
});
