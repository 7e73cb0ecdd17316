import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AbsentError, type Candidate, type Contestant } from './contestant.ts';
import { sources, startPeer, threads } from './peer.ts';
import type { Sweep } from './workload.ts';

/** The system's own second: another Python may stand before it and lack the packages. */
const interpreters = ['python3', '/usr/bin/python3'] as const;

/** A peer in Python. */
export interface PythonPeer extends Pick<Contestant, 'name' | 'precision'> {
  /** Packages it imports. */
  readonly modules: readonly string[];
  /** Further statements that fail where it cannot run. */
  readonly trial?: string;
  readonly script: URL;
  /** Its shape, for people. */
  readonly how: string;
  /** How to get what it imports. */
  readonly cure: string;
  readonly timesKernels?: boolean;
}

const peers: readonly PythonPeer[] = [
  {
    name: 'Numba',
    precision: 'float64',
    modules: ['numba', 'numpy'],
    script: new URL('orbits-numba.py', sources),
    how: `njit(parallel=True, fastmath=True), prange over columns; ${threads} threads`,
    cure: 'apt install python3-numba (Debian and Ubuntu), or pip install numba',
  },
  {
    name: 'NumPy',
    precision: 'float64',
    modules: ['numpy'],
    script: new URL('orbits-numpy.py', sources),
    how: `vectorised over columns and orbits; ${threads} threads`,
    cure: 'apt install python3-numpy (Debian and Ubuntu), or pip install numpy',
  },
];

/** Prints the versions of the modules it is given; with Numba, whether it has vector maths. */
const versionsScript = `
import sys
trial, *names = sys.argv[1:]
exec(trial)
found = [f"{name} {__import__(name).__version__}" for name in names]
if "numba" in names:
    from numba.core import config
    found.append("with SVML" if config.USING_SVML else "without SVML")
print(", ".join([f"Python {sys.version.split()[0]}", *found]))
`;

/** The peers in Python on the processor. */
export function pythonPeers(sweep: Sweep): readonly Candidate[] {
  return peers.map((peer) => pythonCandidate(peer, sweep));
}

/** A peer in Python, with the first interpreter that has what it needs. */
export function pythonCandidate(peer: PythonPeer, sweep: Sweep): Candidate {
  const { name, modules, script, how, cure } = peer;
  return {
    name,
    start: async () => {
      const python = findPython(peer);
      if (!python) throw new AbsentError(`no python3 has ${modules.join(' and ')}; ${cure}`);
      // -B: leave no compiled files beside the sources
      const words = ['-B', '-u', fileURLToPath(script), JSON.stringify({ ...sweep, threads })];
      const about = `${python.versions}: ${how}`;
      return startPeer({ ...peer, about, sweep }, python.interpreter, words);
    },
  };
}

function findPython({
  modules,
  trial = '',
}: PythonPeer): { interpreter: string; versions: string } | undefined {
  for (const interpreter of interpreters) {
    const words = ['-c', versionsScript, trial, ...modules];
    const { status, stdout } = spawnSync(interpreter, words, { encoding: 'utf8' });
    if (status === 0) return { interpreter, versions: stdout.trim() };
  }
  return undefined;
}
