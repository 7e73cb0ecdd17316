import { paragraph } from '../paragraph.ts';

/** Rows of cells under headings. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What is said about one measure, for people and for scripts. */
export interface Section {
  readonly heading: string;
  readonly table?: Table;
  /** Sentences below the table: what was assumed, and what was left out and why. */
  readonly notes: readonly string[];
  /** What a reader should know before trusting the numbers. */
  readonly warnings?: readonly string[];
  /** The same for scripts. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** A section in words. */
export function sectionText({ heading, table, notes }: Section): string {
  const lines = [heading];
  if (table && table.rows.length > 0) lines.push(tableText(table));
  lines.push(...notes.map((note) => `  ${paragraph(note, { width: 98, indent: 2 })}`));
  return `${lines.join('\n')}\n`;
}

/** A table with columns as wide as their widest cell; those without a single cell are left out. */
export function tableText({ head, rows }: Table): string {
  const isFilled = head.map((_, at) => rows.some((row) => (row[at] ?? '') !== ''));
  const widths = head.map((title, at) =>
    rows.reduce((most, row) => Math.max(most, (row[at] ?? '').length), title.length),
  );
  return [head, ...rows]
    .map((row) =>
      head
        .map((_, at) => (row[at] ?? '').padEnd(widths[at] ?? 0))
        .filter((_, at) => isFilled[at])
        .join('  '),
    )
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

/** Least, median and greatest of numbers, those that are none left out. */
export function summaryOf(values: readonly number[]): {
  readonly count: number;
  readonly least: number;
  readonly median: number;
  readonly greatest: number;
} {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const { length: count } = sorted;
  const middle =
    (sorted[Math.floor((count - 1) / 2)] ?? Number.NaN) +
    (sorted[Math.floor(count / 2)] ?? Number.NaN);
  return {
    count,
    least: sorted[0] ?? Number.NaN,
    median: middle / 2,
    greatest: sorted[count - 1] ?? Number.NaN,
  };
}
