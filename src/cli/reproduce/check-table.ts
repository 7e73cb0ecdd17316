import { type Check, holds } from '../../reproduce/check.ts';
import { checkText } from '../../reproduce/check-text.ts';

/** Measured beside expected, one line a check, columns aligned. */
export function checkTable(checks: readonly Check[]): string {
  const head = ['what', 'measured', 'expected', 'error bar', '', 'expected from'];
  const rows = checks.map((check) => {
    const { measured, expected, tolerance } = checkText(check);
    const verdict = holds(check) ? 'holds' : 'FAILS';
    return [check.what, measured, expected, tolerance, verdict, check.source];
  });
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => [...(row[column] ?? '')].length)),
  );
  return [head, ...rows]
    .map((row) => {
      const cells = row.map((text, column) => pad(text, widths[column] ?? 0, column));
      return `  ${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}

/** Numbers end where the others of their column do, words begin there. */
function pad(text: string, width: number, column: number): string {
  const space = ' '.repeat(width - [...text].length);
  return column >= 1 && column <= 3 ? space + text : text + space;
}
