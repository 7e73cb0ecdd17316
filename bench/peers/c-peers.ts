import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, findCompiler, hasMacro } from './compiler.ts';
import { AbsentError, type Candidate } from './contestant.ts';
import { sources, startPeer, threads } from './peer.ts';
import type { Sweep } from './workload.ts';

const EXACT = ['-O2'];
const FAST = ['-O3', '-march=native', '-ffast-math'];
/** Where the machine has AVX-512, the same with the vectors of other machines. */
const FAST_AVX2 = ['-O3', '-mavx2', '-mfma', '-mtune=native', '-ffast-math'];

/** The sweep as the compiler knows it: constants, as a programmer would write them. */
const macrosOf = (sweep: Sweep): readonly string[] =>
  Object.entries({
    COLUMNS: sweep.columns,
    ORBITS: sweep.orbits,
    BINS: sweep.bins,
    EPSILON: sweep.epsilon,
    ETA_FROM: sweep.eta[0],
    ETA_TO: sweep.eta[1],
    START_FROM: sweep.start[0],
    START_TO: sweep.start[1],
    RANGE_FROM: sweep.range[0],
    RANGE_TO: sweep.range[1],
    THREADS: threads,
  }).map(([name, value]) => `-D${name}=(${value})`);

/**
 * The peers in C: with the scalar libm; in vectors with -ffast-math; and so with a cosine made for it.
 *
 * @param folder a folder for the executables.
 */
export function cPeers(folder: string, sweep: Sweep): readonly Candidate[] {
  const compiler = findCompiler();
  const candidate = (name: string, flags: readonly string[]): Candidate => ({
    name,
    start: async () => {
      if (!compiler) {
        throw new AbsentError(
          'no C compiler; install gcc (Debian and Ubuntu: apt install gcc libc6-dev)',
        );
      }
      const executable = path.join(folder, name.replaceAll(/\W+/g, '-'));
      const source = fileURLToPath(new URL('orbits.c', sources));
      compile(compiler, [...flags, '-pthread', ...macrosOf(sweep)], source, executable);
      const about = `${compiler.version}: ${flags.join(' ')}; ${threads} threads`;
      return startPeer({ name, about, precision: 'float64', sweep }, executable, []);
    },
  });
  return [
    candidate('C libm', EXACT),
    candidate('C fast-math', FAST),
    candidate('C own cosine', [...FAST, '-DOWN_COSINE']),
    ...(compiler && hasMacro(compiler, FAST, '__AVX512F__')
      ? [candidate('C fast-math AVX2', FAST_AVX2)]
      : []),
  ];
}
