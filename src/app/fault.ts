import { RequestError } from '../spec/errors.ts';

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
    const lines = document.createElement('pre');
    lines.textContent = excerpt;
    box.append(lines);
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
