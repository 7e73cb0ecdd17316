/**
 * Standard error of a statistic over independent pieces of unequal weight: the delete-one jackknife, in
 * the form for pieces of different sizes.
 *
 * Pieces are whole orbits or long batches of them, so that what is correlated within one costs no
 * honesty.
 *
 * @param whole the statistic of all pieces together.
 * @param weights of the pieces, f64 [count or more], e.g. their numbers of states; 0 leaves a piece out.
 * @param without the statistic of all pieces but one, f64 [count or more].
 * @param count of pieces.
 * @returns NaN for fewer than two pieces.
 * @see Busing, Meijer, van der Leeden, "Delete-m jackknife for unequal m", Stat. Comput. 9 (1999) 3.
 */
export function jackknifeError(
  whole: number,
  weights: Float64Array,
  without: Float64Array,
  count: number = weights.length,
): number {
  let total = 0;
  let pieces = 0;
  for (let i = 0; i < count; i++) {
    const weight = weights[i] ?? 0;
    total += weight;
    if (weight > 0) pieces++;
  }
  if (pieces < 2) return Number.NaN;
  let estimate = 0; // free of bias to first order
  for (let i = 0; i < count; i++) {
    const weight = weights[i] ?? 0;
    if (weight > 0) estimate += whole - (1 - weight / total) * (without[i] ?? 0);
  }
  let variance = 0;
  for (let i = 0; i < count; i++) {
    const weight = weights[i] ?? 0;
    if (weight <= 0) continue;
    const share = total / weight;
    const pseudo = share * whole - (share - 1) * (without[i] ?? 0);
    variance += (pseudo - estimate) ** 2 / (share - 1);
  }
  return Math.sqrt(variance / pieces);
}
