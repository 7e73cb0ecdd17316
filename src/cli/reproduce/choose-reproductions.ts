import type { Reproduction } from '../../reproduce/reproduction.ts';
import { RequestError } from '../../spec/errors.ts';
import { wordCure } from '../../spec/nearest-word.ts';
import type { EngineName } from '../engine-choice.ts';

/** The word for every reproduction. */
export const ALL = 'all';

/** What is to be reproduced, and what is left out of `all`. */
export interface Choice {
  readonly chosen: readonly Reproduction[];
  readonly skipped: readonly Reproduction[];
}

/**
 * Finds reproductions by their names, each once, in the order given; `all` are those that the engine
 * can compute.
 *
 * @throws {RequestError} `unknown-reproduction`, with the nearest name; `engine-precision` for one that
 *   WebGPU cannot compute.
 */
export function chooseReproductions(
  known: readonly Reproduction[],
  names: readonly string[],
  engine: EngineName,
): Choice {
  const isComputed = ({ onGpu }: Reproduction) => onGpu || engine !== 'webgpu';
  const named = [...new Set(names)].flatMap((name) => (name === ALL ? [] : [find(known, name)]));
  if (names.includes(ALL)) {
    return {
      chosen: known.filter(isComputed),
      skipped: known.filter((reproduction) => !isComputed(reproduction)),
    };
  }
  const refused = named.find((reproduction) => !isComputed(reproduction));
  if (!refused) return { chosen: named, skipped: [] };
  throw new RequestError({
    code: 'engine-precision',
    where: refused.name,
    what: 'needs float64, which the engine webgpu does not compute',
    got: '--engine webgpu',
    cure: 'write --engine cpu, or leave it out',
  });
}

function find(known: readonly Reproduction[], name: string): Reproduction {
  const found = known.find((reproduction) => reproduction.name === name);
  if (found) return found;
  throw new RequestError({
    code: 'unknown-reproduction',
    where: name,
    what: 'no such reproduction',
    cure: wordCure(name, [ALL, ...known.map((reproduction) => reproduction.name)]),
  });
}
