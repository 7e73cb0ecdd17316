/** Keys and indices from the root of a spec to one of its fields. */
export type Path = readonly (string | number)[];

/** Writes a path as users write it: `axes[0].to`; the root is `spec`. */
export function pathText(path: Path): string {
  const text = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'spec' : text;
}

/** Shows a value in an error message: as JSON where it has such a form, cut to about one line. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' || typeof value === 'function' || typeof value === 'symbol')
    return typeof value === 'function' ? 'a function' : String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 72 ? `${text.slice(0, 69)}...` : text;
}
