/**
 * Breaks running text into lines of at most `width` characters, each but the first indented; a word
 * that is longer stands alone. Breaks that the text has already count as spaces.
 */
export function paragraph(text: string, { width = 80, indent = 0 } = {}): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((word) => word !== '')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
