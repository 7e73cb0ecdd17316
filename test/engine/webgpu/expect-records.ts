import { expect } from 'vitest';
import { MOMENTS_WIDTH } from '../../../src/measure/layout.ts';
import { type Records, recordOf } from '../../../src/measure/records.ts';

/** Expects records of orbits that forget no digit: every value within a share of its own size. */
export function expectRecords(got: Records, host: Records, share: number): void {
  const { layout } = host;
  const { batches, tangents } = layout;
  for (let column = 0; column < host.columns; column++) {
    for (let orbit = 0; orbit < host.orbits; orbit++) {
      const [is, was] = [recordOf(got, column, orbit), recordOf(host, column, orbit)];
      const near = (at: number, size: number) => {
        const off = Math.abs((is[at] ?? Number.NaN) - (was[at] ?? Number.NaN));
        const isBoth = Number.isNaN(is[at]) && Number.isNaN(was[at]);
        const what = `value ${at} of orbit ${orbit} in column ${column}: ${is[at]}, ${was[at]}`;
        expect(isBoth || off <= share * size, what).toBe(true);
      };
      for (const at of [layout.fate, layout.steps]) near(at, 0);
      for (let v = 0; v < layout.variables; v++)
        near(layout.final + v, Math.max(1, Math.abs(was[layout.final + v] ?? 0)));
      for (const { start } of layout.moments) {
        for (let batch = 0; batch < batches; batch++) {
          const from = start + batch * MOMENTS_WIDTH;
          const [count = 0, shift = 0, , square = 0] = was.subarray(from);
          near(from, 0);
          near(from + 1, Math.abs(shift));
          const deviation = Math.sqrt(square / Math.max(1, count));
          const error = share * deviation + Math.abs(shift) * 2 ** -23; // of a value, in f32
          for (let k = 1; k <= 4; k++) {
            const off = (deviation + error) ** k - deviation ** k;
            near(from + 1 + k, (4 * count * off) / share);
          }
        }
      }
      for (let batch = 0; tangents && batch < batches; batch++) {
        const from = tangents.start + batch * (1 + tangents.exponents);
        near(from, 0);
        for (let k = 1; k <= tangents.exponents; k++) near(from + k, was[from] ?? 0);
      }
      if (layout.period) near(layout.period.start, 0);
      if (layout.extent !== undefined) near(layout.extent, 1);
    }
  }
}
