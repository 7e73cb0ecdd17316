/** Nodes in (-1, 1) and weights of the Gauss-Legendre rule of `NODES` points. */
const NODES = 16;
const [ABSCISSAE, WEIGHTS] = gaussLegendre(NODES);

function gaussLegendre(n: number): readonly [Float64Array, Float64Array] {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let turn = 0; turn < 8; turn++) {
      let [p, before] = [x, 1];
      for (let k = 2; k <= n; k++) [p, before] = [((2 * k - 1) * x * p - (k - 1) * before) / k, p];
      slope = (n * (x * p - before)) / (x * x - 1);
      x -= p / slope;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return [nodes, weights];
}

/** Nodes and weights on [lo, hi] cut into equal panels, 16 Gauss points in each: f64 [16 panels]. */
export function gaussPanels(
  lo: number,
  hi: number,
  panels: number,
): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(NODES * panels);
  const weights = new Float64Array(NODES * panels);
  const half = (hi - lo) / panels / 2;
  for (let at = 0; at < nodes.length; at++) {
    const panel = Math.floor(at / NODES);
    nodes[at] = lo + half * (2 * panel + 1 + (ABSCISSAE[at % NODES] ?? 0));
    weights[at] = half * (WEIGHTS[at % NODES] ?? 0);
  }
  return { nodes, weights };
}

/** Integral over [lo, hi] of a smooth function, by Gauss panels. */
export function integrate(
  of: (x: number) => number,
  lo: number,
  hi: number,
  panels: number,
): number {
  const { nodes, weights } = gaussPanels(lo, hi, panels);
  return nodes.reduce((sum, x, at) => sum + (weights[at] ?? 0) * of(x), 0);
}

/** Step and reach of the double exponential rule: weights at its ends are below 1e-17. */
const STEP = 1 / 16;
const REACH = 3.2;

/**
 * Integral over [lo, hi] of a function that is smooth inside and may have integrable singularities,
 * such as log or a root, at the ends; it is never asked for a value at the ends themselves.
 *
 * @see Takahasi and Mori, "Double exponential formulas for numerical integration", 1974.
 */
export function integrateToEnds(of: (x: number) => number, lo: number, hi: number): number {
  const half = (hi - lo) / 2;
  let sum = 0;
  for (let s = -REACH; s <= REACH; s += STEP) {
    const stretched = (Math.PI / 2) * Math.sinh(s);
    const share = 1 / (1 + Math.exp(2 * Math.abs(stretched))); // of the way from the nearer end
    const x = s < 0 ? lo + 2 * half * share : hi - 2 * half * share;
    if (x <= lo || x >= hi) continue;
    sum += ((Math.PI / 2) * Math.cosh(s) * of(x)) / Math.cosh(stretched) ** 2;
  }
  return sum * half * STEP;
}
