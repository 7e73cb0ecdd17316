import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/engine/result.ts';
import { figureSvg } from '../../src/figure/figure-svg.ts';
import { holds } from '../../src/reproduce/check.ts';
import { reproductions } from '../../src/reproduce/registry.ts';
import type { Report, Reproduction } from '../../src/reproduce/reproduction.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { presets } from '../../src/spec/presets.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { testedEngines } from '../support/engines.ts';

const engines = await testedEngines();

/** What a software GPU is asked for only where ETASCOPE_ALL=1 asks for all: minutes in sum. */
const slowOnSoftware = new Set(
  process.env.ETASCOPE_ALL === '1'
    ? []
    : ['logistic', 'quartic', 'henon', 'trainability-1d', 'gibbs', 'gibbs-error', 'stochastic-map'],
);

test('every reproduction has a name of its own, words, and a source with a year', () => {
  const names = reproductions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, title, about, source } of reproductions) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).not.toBe('');
    expect(about).toMatch(/\.$/);
    expect(source).toMatch(/\d{4}/);
  }
});

describe.each(reproductions)('$name', (reproduction) => {
  test('runs the objective and the rule of its preset, and other specs that are right', () => {
    const { name, onGpu } = reproduction;
    const [[word, main] = ['', undefined]] = Object.entries(reproduction.runs('full'));
    expect(word).toBe(name);
    const preset = presets[name];
    expect(shownBy(parseSpec(main))).toEqual(shownBy(parseSpec(preset?.spec)));
    for (const effort of ['full', 'quick'] as const) {
      const specs = Object.values(reproduction.runs(effort)).map((spec) => parseSpec(spec));
      const needsFloat64 = specs.some(({ precision }) => precision === 'float64');
      if (onGpu) expect(needsFloat64).toBe(false);
    }
  });

  for (const { name, engine } of engines) {
    const isLeft = !reproduction.onGpu || slowOnSoftware.has(reproduction.name);
    test.skipIf(name === 'webgpu' && isLeft)(`holds at quick effort on ${name}`, async () => {
      const { figure, checks } = await reproduced(reproduction, engine);
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter((check) => !holds(check))).toEqual([]);
      expect(await figureSvg(figure)).toMatch(/^<svg/);
    });
  }
});

/** What a spec is about, whatever its columns and the size of its ensemble. */
function shownBy({ objective, optimizer, precision, steps, measures }: Spec): unknown {
  const { group: _, ...parameters } = objective.parameters;
  const { epsilon: __, ...formulas } = objective;
  return {
    objective: { ...formulas, parameters },
    rule: optimizer.rule,
    precision,
    skip: steps.skip,
    measures: measures.map(({ measure, name }) => [measure, name]),
  };
}

async function reproduced(
  reproduction: Reproduction,
  engine: (typeof engines)[number]['engine'],
): Promise<Report> {
  const results: Record<string, Result> = {};
  for (const [word, spec] of Object.entries(reproduction.runs('quick'))) {
    results[word] = await engine.run(parseSpec(spec));
  }
  return reproduction.report(results);
}
