import { describe, expect, test } from 'vitest';
import { RequestError } from '../../src/spec/errors.ts';
import { applyOverrides } from '../../src/spec/overrides.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { plainSpec } from './bad-spec.ts';

function refusal(...assignments: string[]): RequestError {
  try {
    applyOverrides(plainSpec, assignments);
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('applyOverrides', () => {
  test('replaces numbers, text, lists and objects, in order', () => {
    const before = structuredClone(plainSpec);
    const spec = parseSpec(
      applyOverrides(plainSpec, [
        'steps.keep=1',
        'steps.keep=5000',
        'axes[0].to=3',
        'objective.macro=x^4/4 + 2*a*x==0',
        'objective.parameters.a=-2.5',
        'ensemble.initial.x={"grid": [0, 1]}',
        'measures[0].range[1]=2',
        'title="quoted"',
      ]),
    );
    expect(plainSpec).toEqual(before);
    expect(spec).toMatchObject({
      title: 'quoted',
      steps: { skip: 10, keep: 5000 },
      axes: [{ from: 0, to: 3 }],
      objective: { macro: 'x^4/4 + 2*a*x==0', parameters: { a: -2.5 } },
      ensemble: { initial: { x: { grid: [0, 1] } } },
      measures: [{ range: [-1, 2], bins: 16 }],
    });
  });

  test.each([
    ['objective.micro=0', { objective: { micro: '0' } }],
    ['title=2020', { title: '2020' }],
    ['title=true', { title: 'true' }],
    ['title=', { title: '' }],
    ['precision=float64', { precision: 'float64' }],
    ['measures[0].of=1', { measures: [{ of: '1' }] }],
  ])('leaves text as text: %s', (assignment, expected) => {
    expect(parseSpec(applyOverrides(plainSpec, [assignment]))).toMatchObject(expected);
  });

  test('makes what is missing on the way, and appends at the end of a list', () => {
    const spec = applyOverrides(plainSpec, [
      'stop.radius=9',
      'axes[1]={"parameter": "parameters.a", "from": 0, "to": 1, "count": 2}',
      'axes[1].scale=linear',
      'measures[1].measure=density',
      'objective.parameters.b=3',
    ]);
    expect(spec).toMatchObject({
      stop: { radius: 9 },
      axes: [{ parameter: 'eta' }, { parameter: 'parameters.a', scale: 'linear' }],
      measures: [{ bins: 16 }, { measure: 'density' }],
      objective: { parameters: { a: 1, b: 3 } },
    });
  });

  test.each([
    ['steps.keep', 'bad-override', '--set', 'PATH=VALUE'],
    ['=5', 'bad-override', '--set', 'got "=5"'],
    ['steps..keep=5', 'bad-override', '--set', 'steps.keep=5000'],
    ['axes[-1].to=5', 'bad-override', '--set', 'axes[-1].to=5'],
    ['axes[0=5', 'bad-override', '--set', 'axes[0=5'],
    ['steps.kep=5', 'unknown-key', 'steps.kep', 'did you mean keep? known: skip, keep'],
    ['stpes.keep=5', 'unknown-key', 'stpes', 'did you mean steps?'],
    ['optimizer.moment=0.9', 'unknown-key', 'optimizer.moment', 'did you mean momentum?'],
    ['axes.to=5', 'wrong-type', 'axes.to', 'its items are axes[0], and axes[1] appends'],
    ['axes[2].to=5', 'no-such-item', 'axes[2]', 'axes has 1 items, got index 2'],
    ['steps[0]=5', 'wrong-type', 'steps[0]', 'its fields are skip, keep'],
    ['steps.keep.more=5', 'wrong-type', 'steps.keep.more', 'steps.keep is not an object'],
    ['title[0]=5', 'wrong-type', 'title[0]', 'title is not a list'],
    ['__proto__.polluted=1', 'unknown-key', '__proto__', 'known: etascope, objective'],
    [
      'objective.parameters.__proto__=1',
      'unknown-key',
      'objective.parameters.__proto__',
      'known: a',
    ],
    ['objective.constructor.name=1', 'unknown-key', 'objective.constructor', 'known: macro'],
    ['ensemble.initial={"__proto__": 1}', 'reserved-name', 'spec', '__proto__'],
  ])('refuses %s', (assignment, code, where, says) => {
    const error = refusal(assignment);
    expect(error).toMatchObject({ code, where });
    expect(error.message).toContain(says);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('refuses to change what is no spec at all', () => {
    expect(() => applyOverrides([], ['steps.keep=5'])).toThrow(RequestError);
    expect(() => applyOverrides('spec', ['steps.keep=5'])).toThrow(RequestError);
  });
});
