import { readFileSync } from 'node:fs';
import path from 'node:path';
import { figureSvg } from '../../src/figure/figure-svg.ts';
import { benchSummary, benchTables, workloadList } from './bench-table.ts';
import { markdownTable, type Page, replaceMarked } from './markdown.ts';
import { peersTable, raceText } from './peers-table.ts';
import { type Results, readResults } from './results.ts';
import { scalingFigure } from './scaling-figure.ts';

const OURS = 'etascope cpu';
const TO_COME = 'Figures of a quiet machine are still to come.';

/**
 * The documents that show results, as the committed results make them.
 *
 * @throws {RequestError} `lost-marks` of a document, `not-json`, `not-a-result` or `not-a-bench` of a result.
 */
export async function performancePages(root: string): Promise<readonly Page[]> {
  const results = readResults(root);
  const pageOf = (file: string) => ({ file, text: readFileSync(path.join(root, file), 'utf8') });
  const readme = replaceMarked(pageOf('README.md'), 'performance', summary(results));
  const benched = replaceMarked(pageOf('docs/performance.md'), 'bench', benches(results));
  const performance = replaceMarked(benched, 'scaling', scalings(results));
  const figures = [...results.scalings].map(async ([name, report]) => ({
    file: `docs/performance/${name}.svg`,
    text: `${await figureSvg(scalingFigure(report))}\n`,
  }));
  return [readme, performance, ...(await Promise.all(figures))];
}

function summary({ benches, races }: Results): string {
  const hasHardware = [...benches.values()].some(({ lanes }) =>
    lanes.some(({ adapter }) => adapter?.isFallbackAdapter === false),
  );
  const parts = [
    ...(benches.size > 0 ? [benchSummary([...benches.values()])] : [TO_COME]),
    ...[...races.values()].map(
      (
        race,
      ) => `Beside other tools, in brackets how many times as fast etascope's CPU engine is (${raceText(race)}):

${peersTable(race, OURS)}`,
    ),
    ...(hasHardware ? [] : ['Throughput on hardware GPUs has not been measured yet.']),
  ];
  return parts.join('\n\n');
}

function benches(results: Results): string {
  const tables = [...results.benches].map(
    ([name, report]) => `### \`bench/results/${name}.json\`\n\n${benchTables(report)}`,
  );
  return [workloadList(), ...(tables.length > 0 ? tables : [TO_COME])].join('\n\n');
}

function scalings(results: Results): string {
  const parts = [...results.scalings].map(([name, { lanes }]) => {
    const rows = lanes.map(({ engine, precision, curves, memory }) => [
      `${engine === 'cpu' ? 'CPU' : 'WebGPU'}, ${precision}`,
      ...curves.map(({ full }) => `${full}`),
      growth(memory.orbits),
      growth(memory.steps),
    ]);
    const directions = lanes[0]?.curves.map(({ over }) => over) ?? [];
    const heads = [
      '90 % of the best speed from',
      ...directions,
      'memory over orbits, MiB',
      'over steps, MiB',
    ];
    return `![Speed and memory against columns, orbits, steps and bins](performance/${name}.svg)

${markdownTable([heads, ...rows])}`;
  });
  return parts.length > 0 ? parts.join('\n\n') : TO_COME;
}

function growth(points: readonly { readonly bytes: number }[]): string {
  const mebibytes = points.map(({ bytes }) => (bytes / 2 ** 20).toFixed(0));
  return mebibytes.length > 0 ? `${mebibytes[0]} to ${mebibytes.at(-1)}` : '';
}
