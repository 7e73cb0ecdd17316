import { refuse } from './check-number.ts';
import { zeroBetween } from './roots.ts';
import { attractorEdge } from './windows.ts';

/** Nodes of the density, and images after which it no longer changes to 1e-12. */
const [NODES, IMAGES] = [1024, 200];

let known: { readonly crisis: number; readonly prefactor: number } | undefined;

/**
 * Mean number of steps until orbits of local chaos leave their cell of 2 pi, little above the crisis:
 * u <- u - K sin u, the map of f = A eps g(u) with g = -cos and K = A eta / eps.
 *
 * They leave from where the map lies above pi, about its extremum u*, two intervals of the width
 * 2 sqrt(2 (M - pi) / sqrt(K^2 - 1)) with M - pi = (K - Kc) sqrt(Kc^2 - 1) / Kc. So the time is
 * prefactor (K - Kc)^(-1/2) with the prefactor sqrt(Kc / 2) / (4 rho), rho the invariant density at u*
 * at the crisis, to leading order: at K - Kc = 0.001 good to 2 %, at 0.01 to 8 %.
 *
 * @param K above the crisis.
 * @returns the time, with Kc and the prefactor, all dimensionless.
 * @throws {RequestError} `out-of-range`.
 * @see Grebogi, Ott and Yorke, Phys. Rev. Lett. 57 (1986) 1284, for the exponent.
 */
export function cellEscapeTime(K: number): {
  readonly time: number;
  readonly crisis: number;
  readonly prefactor: number;
} {
  known ??= atCrisis();
  const { crisis, prefactor } = known;
  if (!(K > crisis && Number.isFinite(K))) {
    refuse('K', `no orbit leaves its cell up to ${crisis}`, K);
  }
  return { time: prefactor / Math.sqrt(K - crisis), crisis, prefactor };
}

/**
 * The invariant density at the crisis. In u = -pi cos(angle) it is smooth, though it grows without bound
 * at the ends: the images of its cell's points are averaged until they no longer change.
 */
function atCrisis(): { readonly crisis: number; readonly prefactor: number } {
  const crisis = zeroBetween((K) => attractorEdge(K) - Math.PI, 4, 5);
  const map = (u: number) => u - crisis * Math.sin(u);
  const extremum = Math.acos(1 / crisis); // the map falls between -extremum and extremum
  const ends = [-Math.PI, -extremum, extremum, Math.PI] as const;
  const angles = Float64Array.from(
    { length: NODES },
    (_, node) => ((node + 0.5) / NODES) * Math.PI,
  );
  const preimages = Array.from(angles, (angle) => {
    const u = -Math.PI * Math.cos(angle);
    return ends.slice(1).map((end, piece) => {
      const start = ends[piece] ?? 0;
      const from = zeroBetween((v) => map(v) - u, start, end);
      const at = Math.acos(-from / Math.PI);
      const slope = Math.abs(1 - crisis * Math.cos(from));
      // Of densities per angle: rho(u) du/dangle, with du/dangle = pi sin(angle).
      return { at, weight: Math.sin(angle) / (slope * Math.sin(at)) };
    });
  });
  let density = new Float64Array(NODES).fill(1 / Math.PI);
  for (let image = 0; image < IMAGES; image++) {
    const now = density;
    const next = preimages.map((of) =>
      of.reduce((sum, { at, weight }) => sum + weight * between(now, at), 0),
    );
    const total = next.reduce((sum, value) => sum + value, 0) * (Math.PI / NODES);
    density = Float64Array.from(next, (value) => value / total);
  }
  const angle = Math.acos(extremum / Math.PI);
  const rho = between(density, angle) / (Math.PI * Math.sin(angle));
  return { crisis, prefactor: Math.sqrt(crisis / 2) / (4 * rho) };
}

/** Value between nodes along the cubic through the nearest four; beyond the ends it is even. */
function between(density: Float64Array, angle: number): number {
  const place = (angle / Math.PI) * NODES - 0.5;
  const cell = Math.floor(place);
  const at = (node: number) => {
    const mirrored = node < 0 ? -1 - node : node >= NODES ? 2 * NODES - 1 - node : node;
    return density[mirrored] ?? 0;
  };
  const s = place - cell;
  const [a, b, c, d] = [at(cell - 1), at(cell), at(cell + 1), at(cell + 2)];
  return b + (s / 2) * (c - a + s * (2 * a - 5 * b + 4 * c - d + s * (3 * (b - c) + d - a)));
}
