import { expect, test, vi } from 'vitest';
import { abouts } from '../../src/bench/abouts.ts';
import { laneView } from '../../src/bench/page/lane-view.ts';

test('the bench in a page starts, says what it does, and stops when it is asked', async () => {
  document.body.innerHTML = '<main id="bench"></main>';
  await import('../../src/bench/page/main.ts');
  const button = (name: string) =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  const status = () => document.querySelector('[role=status]')?.textContent ?? '';
  expect([...document.querySelectorAll('dt')].map(({ textContent }) => textContent)).toEqual(
    Object.keys(abouts),
  );
  expect(button('Stop')?.hidden).toBe(true);
  button('Measure')?.click();
  await vi.waitFor(() => expect(status()).toMatch(/^(starting )?webgpu/));
  expect(button('Measure')?.disabled).toBe(true);
  button('Stop')?.click();
  await vi.waitFor(() => expect(status()).toBe('Stopped; nothing is kept.'), 60_000);
  expect(button('Measure')?.disabled).toBe(false);
});

test('a wrong result stands out in the table, with what was expected', () => {
  const round = { wallSeconds: 0.5, endToEndSeconds: 1, orbitSteps: 1e9 };
  const finding = { what: 'variance', got: 2, expected: 1, tolerance: 0.1 };
  const view = laneView({
    engine: 'cpu',
    precision: 'float64',
    device: 'a processor',
    rates: { multiplyAdds: 28e9 },
    measurements: [
      {
        workload: 'iterate',
        rounds: [round],
        firstSeconds: 1,
        findings: [finding],
        isRight: false,
      },
    ],
  });
  const cells = [...view.querySelectorAll('td')].map(({ textContent }) => textContent);
  // no kernel time was told: the share is by the wall, of 28 G / (12 + 2) steps
  expect(cells).toEqual([
    'iterate',
    '',
    '2.00 G',
    '1.00 G',
    '2.00 G',
    '2.00 G',
    '100.0 %',
    'WRONG',
  ]);
  const wrong = [...view.querySelectorAll('.wrong')].map(({ textContent }) => textContent);
  expect(wrong).toEqual([cells.join(''), 'iterate: variance: 2, expected 1 ± 0.1']);
});
