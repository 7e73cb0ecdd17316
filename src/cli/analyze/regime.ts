import { regimes } from '../../measure/regime.ts';
import type { RegimeRequest } from '../../spec/spec.ts';
import { everyColumn, numbersOf, type Study } from '../../study/study.ts';
import { plainText } from './number-text.ts';
import { placeText } from './place-text.ts';
import type { Section } from './section.ts';

/** How many columns are in each regime, and over one axis where it changes. */
export function regimeSection(study: Study, { name }: RegimeRequest): Section {
  const values = numbersOf(study, name);
  const periods = numbersOf(study, `${name}_period`);
  const all = everyColumn(study);
  const counts = regimes.map((_, regime) => all.filter((column) => values.at(column) === regime));
  const byPeriod = new Map<number, number>();
  for (const column of counts[1] ?? []) {
    const period = periods.at(column);
    byPeriod.set(period, (byPeriod.get(period) ?? 0) + 1);
  }
  const commonest = [...byPeriod].sort((a, b) => b[1] - a[1]).slice(0, 6);
  return {
    heading: `${name}: what most orbits do`,
    table: {
      head: ['regime', 'columns', 'share', 'first', 'last'],
      rows: regimes.flatMap((regime, index) => {
        const columns = counts[index] ?? [];
        const [first, last] = [columns[0], columns.at(-1)];
        if (first === undefined || last === undefined) return [];
        const share = `${plainText((100 * columns.length) / study.columns, 3)} %`;
        const ends = [first, last].map((column) => placeText(study, column));
        return [[regime, String(columns.length), share, ...ends]];
      }),
    },
    notes:
      commonest.length > 0
        ? [
            `periods: ${commonest.map(([period, columns]) => `${period} in ${columns}`).join(', ')}${byPeriod.size > commonest.length ? ' …' : ''} columns`,
          ]
        : [],
    json: {
      name,
      columns: Object.fromEntries(
        regimes.map((regime, index) => [regime, counts[index]?.length ?? 0]),
      ),
      periods: Object.fromEntries(byPeriod),
    },
  };
}
