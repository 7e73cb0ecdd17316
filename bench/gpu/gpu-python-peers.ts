import type { Candidate } from '../peers/contestant.ts';
import { type PythonPeer, pythonCandidate } from '../peers/python-peers.ts';
import type { Sweep } from '../peers/workload.ts';
import { sources } from './cuda-program.ts';

const peers: readonly PythonPeer[] = [
  {
    name: 'CuPy RawKernel',
    precision: 'float32',
    modules: ['cupy', 'numpy'],
    trial: 'import cupy; assert cupy.cuda.runtime.getDeviceCount() > 0',
    script: new URL('orbits-cupy.py', sources),
    how: 'a thread for each orbit, --use_fast_math, histogram in shared memory',
    cure: 'on a machine with an NVIDIA driver: pip install cupy-cuda13x (or cupy-cuda12x, for older drivers)',
    timesKernels: true,
  },
  {
    name: 'JAX',
    precision: 'float32',
    modules: ['jax', 'numpy'],
    trial: 'import jax; assert jax.default_backend() == "gpu"',
    script: new URL('orbits-jax.py', sources),
    how: 'jit(vmap(fori_loop)), 16 steps to a body, density by scatter',
    cure: 'on a machine with an NVIDIA driver: pip install "jax[cuda13]" (or "jax[cuda12]", for older drivers)',
  },
];

/** The peers in Python on the GPU. */
export function gpuPythonPeers(sweep: Sweep): readonly Candidate[] {
  return peers.map((peer) => pythonCandidate(peer, sweep));
}
