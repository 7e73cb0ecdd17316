import { describe, expect, test } from 'vitest';
import { RequestError } from '../../src/spec/errors.ts';
import { requestsOf } from '../../src/spec/measures/registry.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { changed, plainSpec } from './bad-spec.ts';
import { badSpecs } from './bad-specs.ts';

function refusal(input: unknown): RequestError {
  try {
    parseSpec(input);
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseSpec', () => {
  test('fills in every default', () => {
    expect(parseSpec(plainSpec)).toEqual({
      etascope: 1,
      title: '',
      objective: {
        variables: ['x'],
        macro: 'a x^2 / 2',
        micro: '-cos(x)',
        epsilon: 1e-3,
        parameters: { a: 1 },
      },
      optimizer: { rule: 'gd' },
      axes: [{ parameter: 'eta', from: 0, to: 4, count: 8, scale: 'linear' }],
      ensemble: { orbits: 4, initial: { x: { uniform: [-1, 1] } }, seed: 1 },
      steps: { skip: 10, keep: 20 },
      measures: [{ measure: 'density', name: 'density', of: 'x', range: [-1, 1], bins: 16 }],
      precision: 'statistics',
      stop: { radius: 1e6 },
    });
  });

  test('asks no epsilon where there is no micro part, and no start that an axis varies', () => {
    const spec = parseSpec(
      changed({
        objective: { macro: 'x^2', micro: ' ' },
        axes: [{ parameter: 'initial.x', from: -1, to: 1, count: 3 }],
        optimizer: { eta: 0.5 },
        ensemble: {},
      }),
    );
    expect(spec.objective.micro).toBe('');
    expect('epsilon' in spec.objective).toBe(false);
    expect(spec.ensemble).toEqual({ orbits: 64, initial: {}, seed: 1 });
  });

  test('lets an axis take the place of a declared parameter', () => {
    const axes = [{ parameter: 'parameters.a', from: -1, to: 1, count: 2 }];
    const spec = parseSpec(changed({ axes, optimizer: { eta: 0.1 } }));
    expect(spec.objective.parameters).toEqual({ a: 1 });
  });

  test('cannot be changed by its caller, nor change what it was given', () => {
    const [axis] = structuredClone(plainSpec.axes);
    const input = { ...plainSpec, axes: [axis] };
    const before = structuredClone(input);
    const spec = parseSpec(input);
    expect(input).toEqual(before);
    Object.assign(axis ?? {}, { count: 99 });
    expect(spec.axes[0]?.count).toBe(8);
    expect(Object.isFrozen(requestsOf(spec.measures, 'density')[0]?.request.range)).toBe(true);
    expect(parseSpec(spec)).toEqual(spec);
  });

  test.each(badSpecs)('refuses $name', ({ spec, code, where, says }) => {
    const { message, ...error } = refusal(spec);
    expect({ code: error.code, where: error.where, message }).toMatchObject({ code, where });
    expect(message.startsWith(`${where}: `)).toBe(true);
    if (says !== undefined) expect(message).toMatch(says);
    expect(message).not.toMatch(/undefined|\[object|Invalid|Expected/);
    expect(message.length).toBeLessThan(400);
  });

  test('says the same of a refused spec however often it is asked', () => {
    for (const { spec } of badSpecs) expect(refusal(spec).message).toBe(refusal(spec).message);
  });
});
