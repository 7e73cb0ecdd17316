import { RequestError } from '../spec/errors.ts';
import './fault.css';

/** What went wrong, as it is shown. */
export interface Fault {
  /** Path of the field it is about; empty where it is about none. */
  readonly where: string;
  readonly sentence: string;
  /** Lines of a formula or file with a caret under the place. */
  readonly excerpt: string;
}

/** Any error as a fault; `where` is known of requests alone. */
export function faultOf(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const [sentence = '', ...lines] = message.split('\n');
  const where = error instanceof RequestError ? error.where : '';
  return { where, sentence, excerpt: lines.join('\n') };
}

/** What a reader can do about a fault, as a button. */
export interface Action {
  readonly label: string;
  run(): void;
}

/** A box that shows a fault, with its excerpt in a monospaced font so that the caret points. */
export function faultBox({ sentence, excerpt }: Fault, action?: Action): HTMLElement {
  const box = document.createElement('div');
  box.className = 'fault';
  box.setAttribute('role', 'alert');
  const words = document.createElement('p');
  words.textContent = sentence;
  box.append(words);
  if (excerpt !== '') {
    box.append(excerptElement(excerpt));
  }
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'action';
    button.textContent = action.label;
    button.addEventListener('click', action.run);
    box.append(button);
  }
  return box;
}

/**
 * The lines of an excerpt. Where the last is a caret, the place that it points at is marked as well:
 * not every font is monospaced, and the caret shown is that of the mark.
 */
function excerptElement(excerpt: string): HTMLElement {
  const lines = document.createElement('pre');
  const [line = '', carets = '', ...more] = excerpt.split('\n');
  const from = carets.indexOf('^');
  if (from < 0 || more.length > 0 || carets.trim().replaceAll('^', '') !== '') {
    lines.textContent = excerpt;
    return lines;
  }
  const to = carets.lastIndexOf('^') + 1;
  const mark = document.createElement('mark');
  mark.textContent = line.slice(from, to);
  const pointed = document.createElement('span');
  pointed.className = 'carets';
  pointed.textContent = carets;
  lines.append(line.slice(0, from), mark, line.slice(to), '\n', pointed);
  return lines;
}
