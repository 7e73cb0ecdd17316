import { type OrbitRule, withIdentity } from './orbit-rule.ts';

/** Nesterov's accelerated gradient (1983), with a momentum that stays the same. */
export const nesterov: OrbitRule = {
  keepsMove: true,
  looksAhead: true,
  drawsPhases: false,
  derivative(bend, momentum) {
    const descent = withIdentity(bend);
    const withMoves = (ofPositions: typeof bend, byMoves: typeof bend) =>
      ofPositions.map((row, i) => [
        ...row,
        ...(byMoves[i] ?? []).map((entry) => entry && `(${momentum} * ${entry})`),
      ]);
    // move' = x' − x: the identity goes from the first block, and stays in what the last move did
    const entries = [...withMoves(descent, descent), ...withMoves(bend, descent)];
    const [[only] = []] = descent;
    return { entries, ...(bend.length === 1 && only && { determinant: `${momentum} * ${only}` }) };
  },
};
