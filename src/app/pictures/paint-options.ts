import type { MapOptions } from '../../export/map.ts';
import { choiceText, chooseMapArray, type MapChoice, mapArrays } from '../../export/map-arrays.ts';
import { RequestError } from '../../spec/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Explorable } from '../explorable.ts';
import type { Look } from '../look.ts';

/**
 * What to ask `paintResult` for, or the command by its options, to get what the explorer shows.
 *
 * What a look says of other pictures is left out: a measure of another spec, a tone for a regime.
 */
export function paintOptionsOf({ kind, spec }: Explorable, look: Look): MapOptions {
  const { tone, map } = look;
  const asked = {
    ...(tone === 'auto' ? {} : { tone }),
    ...(map === 'auto' ? {} : { map }),
  };
  if (kind !== 'map') return asked;
  const choice = mapChoiceOf(spec, look);
  const measure = choiceText(choice);
  return choice.array.kind === 'regime' ? { measure } : { measure, ...asked };
}

/**
 * What a map of this spec paints: what the look asks for where the spec has it, else what the command
 * would paint; of a density alone, its middle bin.
 */
export function mapChoiceOf(spec: Spec, { measure }: Look): MapChoice {
  return chosen(spec, measure) ?? chosen(spec) ?? chooseMapArray(spec, mapChoices(spec)[0]);
}

/** All that a map of this spec can paint, as `paintMap` takes it: one place of every array. */
export function mapChoices(spec: Spec): readonly string[] {
  return mapArrays(spec).map(({ name, rest, hasNoFirst }) => {
    if (rest.length === 0) return name;
    const place = rest.map((length) => (hasNoFirst ? Math.floor(length / 2) : 0));
    return choiceText({ array: { name, kind: 'amount', rest }, place });
  });
}

function chosen(spec: Spec, measure?: string): MapChoice | undefined {
  try {
    return chooseMapArray(spec, measure);
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}
