import { expect, test } from 'vitest';
import { checkText } from '../../src/reproduce/check-text.ts';

const check = (measured: number, expected: number, tolerance: number) =>
  Object.values(checkText({ what: '', why: '', source: '', measured, expected, tolerance }));

test.each([
  { numbers: [0.026338, 0.02631579, 0.00019], text: ['0.02634', '0.02632', '± 0.00019'] },
  { numbers: [2.0001, 2, 0.005], text: ['2.0001', '2.0000', '± 0.0050'] },
  { numbers: [-1.94, -1.94622, 0.4], text: ['-1.94', '-1.95', '± 0.40'] },
  { numbers: [3533.6, 3540, 71], text: ['3534', '3540', '± 71'] },
  { numbers: [1.23e-9, 1.2e-9, 5e-11], text: ['1.230e-9', '1.200e-9', '± 0.050e-9'] },
  { numbers: [1.3e-7, 0, 0.001], text: ['1.3e-7', '0.0000', '± 0.0010'] },
  { numbers: [12, 12, 0], text: ['12', '12', 'exact'] },
  { numbers: [0, 0, 0], text: ['0', '0', 'exact'] },
  { numbers: [Number.NaN, 1, 0.1], text: ['–', '1.00', '± 0.10'] },
])('$numbers are written to two digits of the error bar', ({ numbers, text }) => {
  const [measured = 0, expected = 0, tolerance = 0] = numbers;
  expect(check(measured, expected, tolerance)).toEqual(text);
});
