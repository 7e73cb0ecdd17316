/** Red, green and blue, 0 to 255. */
export type Rgb = readonly number[];

/**
 * What dichromats see, as matrices of linear red, green and blue.
 *
 * @see G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A physiologically-based model for simulation
 *   of color vision deficiency", IEEE TVCG 15 (2009), severity 1
 */
export const sights = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

/** How somebody sees colours. */
export type Sight = keyof typeof sights;

/** CIELAB (D65) of an sRGB colour as somebody sees it; about 2.3 apart is just noticeable. */
export function labOf(colour: Rgb, sight: Sight = 'normal'): readonly number[] {
  const light = colour.map((channel) => {
    const share = channel / 255;
    return share > 0.04045 ? ((share + 0.055) / 1.055) ** 2.4 : share / 12.92;
  });
  const [r = 0, g = 0, b = 0] = sights[sight].map((row) =>
    Math.min(
      1,
      Math.max(0, row[0] * (light[0] ?? 0) + row[1] * (light[1] ?? 0) + row[2] * (light[2] ?? 0)),
    ),
  );
  const [x = 0, y = 0, z = 0] = [
    (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883,
  ].map((t) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Distance of two colours in CIELAB as somebody sees them (CIE 1976). */
export function colourDistance(one: Rgb, other: Rgb, sight: Sight): number {
  const [a, b] = [labOf(one, sight), labOf(other, sight)];
  return Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)));
}
