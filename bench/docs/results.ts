import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type BenchReport, readReport } from '../../src/bench/report.ts';
import type { ScalingReport } from '../scaling/scaling.ts';
import type { PeersReport } from './peers-table.ts';

/** Where results that the documents show are committed, below the root. */
export const resultsFolder = 'bench/results';

/** The committed results, by the name of their file without `.json`; in the order of names. */
export interface Results {
  readonly benches: ReadonlyMap<string, BenchReport>;
  readonly scalings: ReadonlyMap<string, ScalingReport>;
  readonly races: ReadonlyMap<string, PeersReport>;
}

/**
 * Reads all results.
 *
 * @throws {Error} naming a file that is none.
 */
export function readResults(root: string): Results {
  const benches = new Map<string, BenchReport>();
  const scalings = new Map<string, ScalingReport>();
  const races = new Map<string, PeersReport>();
  const folder = path.join(root, resultsFolder);
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  for (const file of files.filter((each) => each.endsWith('.json'))) {
    const name = file.slice(0, -'.json'.length);
    const text = readFileSync(path.join(folder, file), 'utf8');
    const value: object = JSON.parse(text);
    if ('etascopeScaling' in value)
      scalings.set(name, value as ScalingReport); // of `npm run bench:scaling`
    else if ('measurements' in value && 'machine' in value) {
      races.set(name, value as PeersReport); // of `npm run bench:peers`
    } else benches.set(name, readReport(text, file));
  }
  return { benches, scalings, races };
}
