import { spawnSync } from 'node:child_process';
import { AbsentError, type Candidate } from '../peers/contestant.ts';
import { type Peer, startPeer } from '../peers/peer.ts';
import type { Sweep } from '../peers/workload.ts';
import { type CudaProgram, cudaProgram } from './cuda-program.ts';

/** A variant of the program `orbits.cu`. */
export interface Variant extends Pick<Peer, 'name' | 'precision' | 'about'> {
  /** How the program calls it. */
  readonly word: string;
}

/** All that the program can do. */
export const variants: readonly Variant[] = [
  {
    name: 'CUDA hardware',
    word: 'float32-hardware',
    precision: 'float32',
    about: '__cosf, 8 orbits to a thread',
  },
  {
    name: 'CUDA polynomial',
    word: 'float32-polynomial',
    precision: 'float32',
    about: 'polynomial of degree 9, 8 orbits to a thread',
  },
  {
    name: 'CUDA mixed',
    word: 'float32-mixed',
    precision: 'float32',
    about: 'of 8 orbits to a thread, 6 by __cosf and 2 by polynomial',
  },
  {
    name: 'CUDA phase hardware',
    word: 'statistics-hardware',
    precision: 'statistics',
    about: 'cell and phase in fixed point with noise, __cosf, 8 orbits to a thread',
  },
  {
    name: 'CUDA phase polynomial',
    word: 'statistics-polynomial',
    precision: 'statistics',
    about: 'cell and phase in fixed point with noise, polynomial, 8 orbits to a thread',
  },
];

/** The variants of the CUDA program; it is made when the first of them starts. */
export function cudaPeers(folder: string, sweep: Sweep): readonly Candidate[] {
  let made: CudaProgram | AbsentError | undefined;
  return variants.map((variant) => ({
    name: variant.name,
    start: async () => {
      made ??= trialOf(() => cudaProgram(folder));
      if (made instanceof AbsentError) throw made;
      const { status, stderr, error } = spawnSync(made.executable, wordsOf(variant, sweep), {
        encoding: 'utf8',
        input: '',
      });
      if (status !== 0) {
        const reason = error?.message ?? stderr.trim();
        throw new AbsentError(`${reason}; it needs an NVIDIA GPU and a driver that suits it`);
      }
      return startVariant(variant, made, sweep);
    },
  }));
}

/** What `make` gives, or says that it cannot: that is tried once. */
function trialOf(make: () => CudaProgram): CudaProgram | AbsentError {
  try {
    return make();
  } catch (error) {
    if (error instanceof AbsentError) return error;
    throw error;
  }
}

/** Starts one variant of the program, however that was made. */
export function startVariant(variant: Variant, { executable, made }: CudaProgram, sweep: Sweep) {
  const about = `${made}; ${variant.about}`;
  return startPeer(
    { ...variant, about, sweep, timesKernels: true },
    executable,
    wordsOf(variant, sweep),
  );
}

function wordsOf({ word }: Variant, sweep: Sweep): readonly string[] {
  const { columns, orbits, bins, eta, epsilon, start, range } = sweep;
  return [word, ...[columns, orbits, bins, ...eta, epsilon, ...start, ...range].map(String)];
}
