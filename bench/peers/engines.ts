import type { RunTimings } from '../../src/engine/engine.ts';
import type { Result } from '../../src/engine/result.ts';
import type * as Library from '../../src/node/index.ts';
import { AbsentError, type Candidate, type Contestant, ContestError } from './contestant.ts';
import { type Sweep, slotsOf, specOf } from './workload.ts';

/** The library as it is built for users of `import ... from 'etascope'`. */
const library = new URL('../node/node.js', import.meta.url);

/** An engine of etascope as a contestant. */
export interface OwnEngine {
  readonly name: string;
  readonly engine: 'cpu' | 'webgpu';
  readonly precision: Contestant['precision'];
}

/** Both engines, each as it is chosen by default. */
export const bothEngines: readonly OwnEngine[] = [
  { name: 'etascope cpu', engine: 'cpu', precision: 'float64' },
  { name: 'etascope webgpu', engine: 'webgpu', precision: 'statistics' },
];

/** The engines of etascope; they run in this process and are kept warm, like the peers in theirs. */
export function etascopeEngines(engines: readonly OwnEngine[]): readonly Candidate[] {
  return engines.map(({ name, engine: asked, precision }) => {
    return {
      name,
      start: async () => {
        const { createEngine }: typeof Library = await import(library.href);
        const engine = await createEngine({ engine: asked }).catch((error: unknown) => {
          throw error instanceof Error ? new AbsentError(error.message, { cause: error }) : error;
        });
        return {
          name,
          about: `${precision}, on ${engine.description}`,
          precision,
          isOurs: true,
          run: async (work) => {
            const spec = specOf(work, precision);
            let timings: RunTimings | undefined;
            const used = process.cpuUsage();
            const start = performance.now();
            const result = await engine.run(spec, {
              onTimings: (told) => {
                timings = told;
              },
            });
            const seconds = (performance.now() - start) / 1000;
            const { user, system } = process.cpuUsage(used);
            const processorSeconds = (user + system) / 1e6;
            const { kernelSeconds } = timings ?? {};
            return {
              seconds,
              processorSeconds,
              ...(kernelSeconds !== undefined && kernelSeconds > 0 && { kernelSeconds }),
              counts: countsOf(name, work.sweep, result),
            };
          },
          dispose: () => engine.dispose(),
        };
      },
    };
  });
}

/** The density of a result with what is outside it: [columns, slots]. */
function countsOf(name: string, sweep: Sweep, { arrays }: Result): Float64Array {
  const { density, density_outside: outside } = arrays;
  if (!density || !outside) throw new ContestError(`${name}: gave a result without a density`);
  const slots = slotsOf(sweep);
  const counts = new Float64Array(sweep.columns * slots);
  for (let column = 0; column < sweep.columns; column++) {
    const row = density.data.subarray(column * sweep.bins, (column + 1) * sweep.bins);
    counts[column * slots] = Number(outside.data[2 * column]);
    counts.set(Float64Array.from(row, Number), column * slots + 1);
    counts[column * slots + slots - 1] = Number(outside.data[2 * column + 1]);
  }
  return counts;
}
