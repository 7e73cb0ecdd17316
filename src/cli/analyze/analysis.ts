import { orbitStepCount } from '../../spec/columns.ts';
import { createTheory } from '../../study/column-theory.ts';
import type { Study } from '../../study/study.ts';
import { paragraph } from '../paragraph.ts';
import { quantity } from '../progress-line.ts';
import { cautionsOf } from './cautions.ts';
import { densitySection } from './density.ts';
import { escapeSection } from './escape.ts';
import { lyapunovSection } from './lyapunov.ts';
import { momentsSection } from './moments.ts';
import { plainText } from './number-text.ts';
import { regimeSection } from './regime.ts';
import { type Section, sectionText } from './section.ts';
import { thresholdSection } from './thresholds.ts';

/** All that is said about a result. */
export interface Analysis {
  readonly warnings: readonly string[];
  readonly sections: readonly { readonly measure: string; readonly section: Section }[];
}

/**
 * Says what the measures of a result allow, beside the theory.
 *
 * @throws {RequestError} `bad-array` where the file lacks arrays that its spec asks for.
 */
export function analysisOf(study: Study): Analysis {
  const theoryOf = createTheory(study.spec);
  const sections: { measure: string; section: Section }[] = study.spec.measures.flatMap(
    (request) => {
      const section = ((): Section | undefined => {
        switch (request.measure) {
          case 'moments':
            return momentsSection(study, request, theoryOf);
          case 'density':
            return study.chosen.length > 0 ? densitySection(study, request, theoryOf) : undefined;
          case 'lyapunov':
            return lyapunovSection(study, request, theoryOf);
          case 'escape':
            return escapeSection(study, request, theoryOf);
          case 'regime':
            return regimeSection(study, request);
          default:
            return undefined; // periods are told with the thresholds, last states are for other tools
        }
      })();
      return section ? [{ measure: request.measure, section }] : [];
    },
  );
  const thresholds = thresholdSection(study, theoryOf);
  if (thresholds) sections.push({ measure: 'thresholds', section: thresholds });
  return {
    warnings: [
      ...study.result.provenance.warnings,
      ...cautionsOf(study, theoryOf),
      ...sections.flatMap(({ section }) => section.warnings ?? []),
    ],
    sections,
  };
}

/** An analysis in words. */
export function analysisText(study: Study, { warnings, sections }: Analysis): string {
  const parts = [
    headerText(study),
    ...warnings.map((warning) => paragraph(`warning: ${warning}`, { width: 100, indent: 2 })),
    ...sections.map(({ section }) => `\n${sectionText(section).trimEnd()}`),
  ];
  return `${parts.join('\n')}\n`;
}

function headerText({ spec, columns, result: { provenance } }: Study): string {
  const { objective, optimizer, axes, ensemble, steps } = spec;
  const { variables, macro, micro, epsilon } = objective;
  const scale = epsilon === undefined ? '' : `, epsilon = ${plainText(epsilon)}`;
  const formula =
    micro === ''
      ? macro
      : `${macro} + epsilon m(${variables.map((name) => `${name}/epsilon`).join(', ')}) with m = ${micro}${scale}`;
  const eta = optimizer.eta === undefined ? '' : `, eta = ${optimizer.eta}`;
  const { momentum } = optimizer;
  const memory = momentum === undefined ? '' : `, momentum = ${momentum}`;
  const over = axes.map(
    ({ parameter, from, to, count, scale }) =>
      `${parameter} from ${from} to ${to} in ${count}${scale === 'log' ? ', log' : ''}`,
  );
  return [
    spec.title === '' ? 'untitled' : spec.title,
    `  f = ${formula}`,
    `  ${optimizer.rule}${eta}${memory}`,
    `  ${columns === 1 ? 'one column' : `${columns} columns: ${over.join('; ')}`}`,
    `  ${ensemble.orbits === 1 ? '1 orbit' : `${ensemble.orbits} orbits`} of ${steps.skip} + ${steps.keep} steps in each, ${quantity(orbitStepCount(spec))} orbit-steps`,
    `  by ${provenance.engine}, ${provenance.precision}, ${provenance.representation}`,
  ].join('\n');
}

/** An analysis for scripts. */
export function analysisJson(
  { spec, result: { provenance }, chosen }: Study,
  { warnings, sections }: Analysis,
): unknown {
  return {
    title: spec.title,
    provenance,
    warnings,
    chosen,
    sections: sections.map(({ measure, section }) => ({
      measure,
      ...section.json,
      notes: section.notes,
    })),
  };
}
