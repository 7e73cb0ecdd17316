/** The most of something that a request may ask for, and what to do instead. */
export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly cure: string;
}

function limit(name: string, most: number, cure: string): Limit {
  return { name, most, cure };
}

/**
 * What no device could hold or finish is refused before anything is computed. The numbers are those
 * of a large accelerator (80 to 140 GiB, about 1e11 orbit-steps per second), not of this machine:
 * an engine may refuse less.
 */
export const limits = {
  /** Characters of one formula: a page of text; what is longer was generated and has gone wrong. */
  formula: limit('formula', 4096, 'shorten the formula, or name repeated numbers as parameters'),

  /** Characters of the title: it stands in one line above a picture. */
  title: limit('title', 1024, 'keep the title to one line'),

  /** Characters of a variable's, parameter's or measure's name: they become names of files. */
  name: limit('name', 64, 'choose a shorter name'),

  /** Variables of a formula objective: its Hessian is derived symbolically, 2^8 squared entries. */
  variables: limit('variables', 256, 'use at most 256 variables'),

  /** Named parameters: they stand in a table of 16-byte rows, and 4 KiB of it fit anywhere. */
  parameters: limit('parameters', 256, 'write constants that no axis varies into the formula'),

  /** Axes: a result has at most two leading dimensions. */
  axes: limit('axes', 2, 'run the spec once for each value of the third parameter'),

  /** Measures of one pass: a compute stage has eight to sixteen storage buffers. */
  measures: limit('measures', 16, 'take the other measures in a second run'),

  /** Bins of one density: 8 MiB of 64-bit counts in every column. */
  bins: limit('bins', 2 ** 20, 'take fewer bins or a narrower range'),

  /** Cells of one plane, 4096 x 4096: 128 MiB of 64-bit counts in every column. */
  plane: limit('cells of a plane', 2 ** 24, 'take fewer bins or narrower ranges'),

  /** Columns, the product of the axis counts: a grid of 4096 x 4096 points. */
  columns: limit('columns', 2 ** 24, 'lower the count of an axis, or split its range over runs'),

  /** Orbits of one column: their state of one variable fills 512 MiB. */
  orbits: limit('orbits', 2 ** 26, 'follow fewer orbits for more steps'),

  /** Steps of one orbit, skip or keep: three hours at 1e8 steps one after another per second. */
  steps: limit('steps', 2 ** 40, 'follow more orbits for fewer steps'),

  /** Longest period looked for: the search follows an orbit for three times as many steps. */
  period: limit('period', 2 ** 16, 'look for shorter periods'),

  /** What is kept of all orbits of a run, on the host: 1 GiB of f64. */
  records: limit(
    'values kept of orbits',
    2 ** 27,
    'follow fewer orbits for more steps, or fewer columns, or split the run over seeds',
  ),

  /** Counts in all densities of a result: 2 GiB at 64 bits, still one entry of a ZIP file. */
  cells: limit('cells', 2 ** 28, 'take fewer bins or fewer columns, or split the axes over runs'),

  /**
   * Orbit-steps of a run: every count and sum of counts stays exact in float64, and it is about a
   * day of one large accelerator.
   */
  orbitSteps: limit(
    'orbit-steps',
    2 ** 53 - 1,
    'lower orbits, skip, keep or the counts of the axes',
  ),

  /** Largest seed: the whole numbers that JSON and float64 keep exact. */
  seed: limit('seed', 2 ** 53 - 1, 'take a seed of at most 15 digits'),

  /** Characters of a spec file: ten times the longest that these limits allow in practice. */
  specText: limit(
    'spec text',
    2 ** 20,
    'a spec is a few kilobytes of JSON: is this the right file',
  ),

  /** Depth of lists and objects in a spec: the deepest field stands at five. */
  depth: limit('depth', 32, 'a spec nests five deep at most'),

  /** Values in a spec document, of which a real one has a few hundred. */
  values: limit('values', 100_000, 'a spec has a few hundred values at most'),
} as const satisfies Readonly<Record<string, Limit>>;
