export interface Fault {
  /** Stable, safe to branch on, e.g. `empty-range`. */
  readonly code: string;
  /** Path of the field in the spec (`axes[0].to`), or the option, file or formula at fault. */
  readonly where: string;
  /** What is wrong, in a few words. */
  readonly what: string;
  /** What stood there, already as text. */
  readonly got?: string;
  /** What would be right. */
  readonly cure?: string;
  /** The line of text at fault with a caret under the place; shown below the message. */
  readonly excerpt?: string;
}

/** A request that cannot be meant: a bad spec, formula, option or input file. Nothing was computed. */
export class RequestError extends Error {
  override readonly name: string = 'RequestError';
  readonly code: string;
  readonly where: string;

  constructor({ code, where, what, got, cure, excerpt }: Fault) {
    const sentence = `${where}: ${what}${got === undefined ? '' : `, got ${got}`}${cure ? `; ${cure}` : ''}`;
    super(excerpt ? `${sentence}\n${excerpt}` : sentence);
    this.code = code;
    this.where = where;
  }
}
