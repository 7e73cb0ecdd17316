/** A number for people, with so many digits: `0.0263158`, `1.2e-9`. */
export function plainText(value: number, digits = 7): string {
  if (!Number.isFinite(value)) return '–';
  return String(Number(value.toPrecision(digits)));
}

/** A measured number, to two digits of its standard error: `0.02634 ± 0.00019`, `(1.20 ± 0.05)e-9`. */
export function measuredText(value: number, error: number): string {
  if (!Number.isFinite(value)) return '–';
  const isShown = error > 1e-9 * Math.abs(value) && error < Number.POSITIVE_INFINITY;
  if (!isShown) return plainText(value); // rounding, or nothing to tell it by
  const size = Math.max(Math.abs(value), error);
  const power = size >= 1e-3 && size < 1e6 ? 0 : Math.floor(Math.log10(size));
  const [scaled, scaledError] = [value / 10 ** power, error / 10 ** power];
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(scaledError))));
  const text = `${scaled.toFixed(decimals)} ± ${scaledError.toFixed(decimals)}`;
  return power === 0 ? text : `(${text})e${power}`;
}

/** How far a measured number is from the theory, in standard errors. */
export function deviation(measured: number, error: number, theory: number): number {
  return error > 0 ? (measured - theory) / error : Number.NaN;
}

/** The same in words: `+1.3`; nothing where it is not known. */
export function deviationText(deviations: number): string {
  if (!Number.isFinite(deviations)) return '';
  const size = Math.abs(deviations);
  return `${deviations < 0 ? '-' : '+'}${size < 100 ? size.toFixed(1) : plainText(size, 3)}`;
}

/** A share of a whole for people: `12 of 1920 columns`. */
export function shareText(part: number, whole: number, noun: string): string {
  return part === whole ? `all ${whole} ${noun}` : `${part} of ${whole} ${noun}`;
}
