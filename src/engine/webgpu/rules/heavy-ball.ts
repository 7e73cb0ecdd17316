import { type OrbitRule, withIdentity } from './orbit-rule.ts';

/** Heavy ball (Polyak 1964): its velocity is the last move. */
export const heavyBall: OrbitRule = {
  keepsMove: true,
  looksAhead: false,
  drawsPhases: false,
  derivative(bend, momentum) {
    const scaled = bend.map((row, i) => row.map((_, j) => (i === j ? momentum : undefined)));
    const descent = withIdentity(bend);
    const join = (left: typeof bend) => left.map((row, i) => [...row, ...(scaled[i] ?? [])]);
    return {
      entries: [...join(descent), ...join(bend)],
      ...(bend.length === 1 && { determinant: momentum }),
    };
  },
};
