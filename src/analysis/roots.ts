/** The place in [from, to] where a function changes its sign, by bisection to the last digit. */
export function zeroBetween(of: (x: number) => number, from: number, to: number): number {
  let [lo, hi] = [from, to];
  const isPositive = of(lo) > 0;
  for (;;) {
    const middle = (lo + hi) / 2;
    if (middle <= lo || middle >= hi) return middle;
    if (of(middle) > 0 === isPositive) lo = middle;
    else hi = middle;
  }
}

/** All places in [from, to] where a function changes its sign, as far as `scan` points tell. */
export function zerosOf(
  of: (x: number) => number,
  from: number,
  to: number,
  scan: number,
): readonly number[] {
  const at = (point: number) => from + ((to - from) * point) / scan;
  const values = Array.from({ length: scan + 1 }, (_, point) => of(at(point)));
  return values.slice(1).flatMap((value, point) => {
    const isChange = (values[point] ?? Number.NaN) > 0 !== value > 0;
    return isChange ? [zeroBetween(of, at(point), at(point + 1))] : [];
  });
}
