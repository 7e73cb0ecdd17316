/** What the orbit-steps per second of each workload tell. */
export const abouts = {
  iterate: 'steps without observing: all but the last are skipped',
  density: 'every step counted into one of 1080 bins',
  lyapunov: 'the exponent of every orbit, from the second derivative at every step',
  escape: 'orbits that each end at a time of their own: after 353 steps on average',
  quasiperiodic: 'two waves without a common period, every step counted into one of 1080 bins',
  'dim-8': 'eight variables, each with its wave, coupled by the square of their sum',
} as const;

export type WorkloadName = keyof typeof abouts;
/** In the order in which they are measured. */
export const workloadNames = Object.keys(abouts) as readonly WorkloadName[]; // its keys
