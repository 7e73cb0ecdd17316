import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AbsentError, type Candidate } from './contestant.ts';
import { sources, startPeer, threads } from './peer.ts';
import { sweep } from './workload.ts';

/** The system's own second: another Python may stand before it and lack the packages. */
const interpreters = ['python3', '/usr/bin/python3'] as const;

const peers = [
  {
    name: 'Numba',
    modules: ['numba', 'numpy'],
    script: 'orbits-numba.py',
    how: 'njit(parallel=True, fastmath=True), prange over columns',
    cure: 'apt install python3-numba (Debian and Ubuntu), or pip install numba',
  },
  {
    name: 'NumPy',
    modules: ['numpy'],
    script: 'orbits-numpy.py',
    how: 'vectorised over columns and orbits',
    cure: 'apt install python3-numpy (Debian and Ubuntu), or pip install numpy',
  },
] as const;

/** Prints the versions of the modules it is given; with Numba, whether it has vector maths. */
const versionsScript = `
import sys
names = sys.argv[1:]
found = [f"{name} {__import__(name).__version__}" for name in names]
if "numba" in names:
    from numba.core import config
    found.append("with SVML" if config.USING_SVML else "without SVML")
print(", ".join([f"Python {sys.version.split()[0]}", *found]))
`;

/** The peers in Python, each with the first interpreter that has its packages. */
export function pythonPeers(): readonly Candidate[] {
  return peers.map(({ name, modules, script, how, cure }) => ({
    name,
    start: async () => {
      const python = findPython(modules);
      if (!python) {
        throw new AbsentError(`no python3 can import ${modules.join(' and ')}; ${cure}`);
      }
      const file = fileURLToPath(new URL(script, sources));
      // -B: leave no compiled files beside the sources
      const words = ['-B', '-u', file, JSON.stringify({ ...sweep, threads })];
      const about = `${python.versions}: ${how}; ${threads} threads`;
      return startPeer({ name, about }, python.interpreter, words);
    },
  }));
}

function findPython(
  modules: readonly string[],
): { interpreter: string; versions: string } | undefined {
  for (const interpreter of interpreters) {
    const words = ['-c', versionsScript, ...modules];
    const { status, stdout } = spawnSync(interpreter, words, { encoding: 'utf8' });
    if (status === 0) return { interpreter, versions: stdout.trim() };
  }
  return undefined;
}
