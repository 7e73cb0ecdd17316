import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type BenchReport, readReport } from '../../src/bench/report.ts';
import { RequestError } from '../../src/spec/errors.ts';
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
 * @throws {RequestError} `not-json`, `not-a-result`, `not-a-bench`, naming the file.
 */
export function readResults(root: string): Results {
  const benches = new Map<string, BenchReport>();
  const scalings = new Map<string, ScalingReport>();
  const races = new Map<string, PeersReport>();
  const folder = path.join(root, resultsFolder);
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  for (const file of files.filter((each) => each.endsWith('.json'))) {
    const name = file.slice(0, -'.json'.length);
    const where = `${resultsFolder}/${file}`;
    const text = readFileSync(path.join(folder, file), 'utf8');
    const value = objectOf(text, where);
    if ('etascopeBench' in value) benches.set(name, readReport(text, where));
    else if ('etascopeScaling' in value && 'surroundings' in value && 'lanes' in value) {
      scalings.set(name, value as ScalingReport); // of `npm run bench:scaling`
    } else if ('machine' in value && 'contestants' in value && 'measurements' in value) {
      races.set(name, value as PeersReport); // of `npm run bench:peers`
    } else {
      const what = 'is no result of etascope bench, bench:scaling or bench:peers';
      throw new RequestError({ code: 'not-a-result', where, what, cure });
    }
  }
  return { benches, scalings, races };
}

function objectOf(text: string, where: string): object {
  try {
    return Object(JSON.parse(text));
  } catch (error) {
    const what = `is not JSON (${error instanceof Error ? error.message : String(error)})`;
    throw new RequestError({ code: 'not-json', where, what, cure });
  }
}

const cure = `write it again (${resultsFolder}/method.md says how) or remove it`;
