import { type Fault, RequestError } from '../spec/errors.ts';

/** Where in a formula's text something stands: `[from, to)`, in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface FormulaFault extends Fault {
  /** The whole formula, where there is a place in it to point at. */
  readonly text?: string;
  readonly span?: Span;
}

/** How much of a long line is shown on either side of the fault, in characters. */
const CONTEXT = 60;

/** A formula that cannot be meant. The message shows the line at fault with a caret under the place. */
export class FormulaError extends RequestError {
  override readonly name = 'FormulaError';
  /** Line and column of the fault, both from 1; absent where it has no single place. */
  readonly line?: number;
  readonly column?: number;

  constructor({ text, span, ...fault }: FormulaFault) {
    super(fault);
    if (text === undefined || span === undefined) return;
    const before = text.slice(0, span.from).split('\n');
    const offset = before.at(-1)?.length ?? 0;
    this.line = before.length;
    this.column = offset + 1;
    const line = text.split('\n')[before.length - 1] ?? '';
    if (line.trim() !== '') this.message += `\n${excerpt(line, offset, span)}`;
  }
}

function excerpt(line: string, offset: number, { from, to }: Span): string {
  const start = Math.max(0, offset - CONTEXT);
  const end = Math.min(line.length, offset + CONTEXT);
  const head = start > 0 ? '…' : '';
  const shown = line.slice(start, end).replace(/\s/g, ' ');
  const carets = Math.max(1, Math.min(to - from, end - offset));
  const indent = ' '.repeat(head.length + offset - start);
  return `  ${head}${shown}${end < line.length ? '…' : ''}\n  ${indent}${'^'.repeat(carets)}`;
}
