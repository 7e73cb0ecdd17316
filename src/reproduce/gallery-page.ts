import { type Check, holds } from './check.ts';
import { checkText } from './check-text.ts';
import type { Effort, Reproduction } from './reproduction.ts';

/** What the page tells of one reproduction. */
export interface GalleryEntry {
  readonly reproduction: Reproduction;
  readonly checks: readonly Check[];
  readonly notes: readonly string[];
  /** The engines that computed it. */
  readonly engines: readonly string[];
  /** Where its spec lies, relative to the page; absent where it has none of its own. */
  readonly spec?: string;
}

const introduction = `Every figure here is made by the command below it, which runs its specs, draws them beside what theory or
the literature expects, and compares numbers: it fails where one lies outside its error bar. This page is
written by the same command.`;

/**
 * The page of all figures, as Markdown: picture, words, source, and what was measured beside what was
 * expected. Equal results give equal text.
 */
export function galleryPage(entries: readonly GalleryEntry[], effort: Effort): string {
  const option = effort === 'full' ? '' : ` --effort ${effort}`;
  const checks = entries.flatMap(({ checks }) => checks);
  const held = checks.filter(holds).length;
  const contents = entries.map(
    ({ reproduction: { name, title }, checks }) =>
      `| [${cell(title)}](#${anchorOf(title)}) | \`${name}\` | ${checks.filter(holds).length} of ${checks.length} |`,
  );
  return `${[
    '# Figures, reproduced',
    introduction,
    shell(`etascope reproduce all --out DIR${option}`),
    `${entries.length} figures; ${held} of ${checks.length} numbers lie within their error bars.`,
    ['| figure | name | numbers that hold |', '| --- | --- | --- |', ...contents].join('\n'),
    ...entries.map((entry) => section(entry, option)),
  ].join('\n\n')}\n`;
}

function section({ reproduction, ...entry }: GalleryEntry, option: string): string {
  const { name, title, about, source, isReconstruction } = reproduction;
  const spec = entry.spec
    ? `Spec to explore: [${name}.json](${entry.spec}); the figure's own are in the NPZ files that the command writes. `
    : '';
  const label = isReconstruction
    ? '**Reconstruction**: parameters of the original that are not known were chosen here. '
    : '';
  return [
    `## ${title}`,
    `![${title}](${name}.png)`,
    about,
    `${label}Source: ${sentence(source)} ${spec}Computed by the engine ${entry.engines.join(' and ')}.`,
    table(entry.checks),
    ...(entry.notes.length > 0 ? [entry.notes.map((note) => `- ${note}`).join('\n')] : []),
    shell(`etascope reproduce ${name} --out DIR${option}`),
  ].join('\n\n');
}

function table(checks: readonly Check[]): string {
  const rows = checks.map((check) => {
    const { measured, expected, tolerance } = checkText(check);
    const verdict = holds(check) ? 'holds' : '**fails**';
    const words = [check.what, measured, expected, tolerance, check.why, check.source, verdict];
    return `| ${words.map(cell).join(' | ')} |`;
  });
  return [
    '| what | measured | expected | error bar | made of | expected from | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Text for a cell of a table, whose borders are bars. */
const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

const shell = (line: string) => `\`\`\`sh\n${line}\n\`\`\``;

/** How a heading is linked to: lower case, words by hyphens, no other signs. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
