// d3-scale-chromatic ships no types; these are the ramps we bake.
declare module 'd3-scale-chromatic' {
  type Ramp = (t: number) => string;
  export const interpolateCividis: Ramp;
  export const interpolateInferno: Ramp;
  export const interpolateMagma: Ramp;
  export const interpolateRdBu: Ramp;
  export const interpolateTurbo: Ramp;
  export const interpolateViridis: Ramp;
}
