/** A table of Markdown; the first row is its head, and all columns but the first are numbers. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, at) => (at === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...body.map(line)].join('\n');
}

/**
 * A document with the text between two lines replaced, `<!-- NAME: begin ... -->` and `<!-- NAME: end -->`.
 *
 * @throws {Error} where the lines are not there once each.
 */
export function replaceMarked(document: string, name: string, text: string): string {
  const pattern = new RegExp(`(<!-- ${name}: begin[^\\n]*-->\\n)[^]*?(<!-- ${name}: end -->)`, 'g');
  const found = [...document.matchAll(pattern)];
  if (found.length !== 1) throw new Error(`${name} is marked ${found.length} times, not once`);
  return document.replace(pattern, (_, begin, end) => `${begin}\n${text.trim()}\n\n${end}`);
}
