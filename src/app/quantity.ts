/** A count with an SI prefix, three digits: `41.2 M`. */
export function quantity(count: number): string {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];
  const order = Math.max(0, Math.min(5, Math.floor(Math.log10(Math.max(1, count * 1.0005)) / 3)));
  const scaled = count / 1000 ** order;
  const digits = order === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(scaled * 1.0005)));
  return `${scaled.toFixed(digits)} ${prefixes[order]}`.trimEnd();
}
