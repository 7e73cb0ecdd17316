import { RequestError } from '../../src/spec/errors.ts';

/** A file of the documents. */
export interface Page {
  /** Path below the root. */
  readonly file: string;
  readonly text: string;
}

/** A table of Markdown; the first row is its head, and all columns but the first are numbers. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, at) => (at === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...body.map(line)].join('\n');
}

/**
 * A page with what stands between two of its lines replaced, `<!-- NAME: begin ... -->` and `<!-- NAME: end -->`.
 *
 * @throws {RequestError} `lost-marks` where the lines are not there once each.
 */
export function replaceMarked({ file, text }: Page, name: string, marked: string): Page {
  const pattern = new RegExp(`(<!-- ${name}: begin[^\\n]*-->\\n)[^]*?(<!-- ${name}: end -->)`, 'g');
  const found = [...text.matchAll(pattern)];
  if (found.length !== 1) {
    throw new RequestError({
      code: 'lost-marks',
      where: file,
      what: `${name} is marked ${found.length} times, not once`,
      cure: `put <!-- ${name}: begin --> and <!-- ${name}: end --> on lines of their own around its tables`,
    });
  }
  const renewed = text.replace(pattern, (_, begin, end) => `${begin}\n${marked.trim()}\n\n${end}`);
  return { file, text: renewed };
}
