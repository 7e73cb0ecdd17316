// How close to the chip is etascope's WebGPU engine? The same work in CUDA C++ by hand, in CuPy and in JAX,
// side by side on an NVIDIA GPU. bench/peers/method.md says how.
//
//   npm run bench:gpu
//   npm run bench:gpu -- --sweep processor --json gpu.json

import { holdContest } from '../peers/contest.ts';
import { etascopeEngines } from '../peers/engines.ts';
import { cudaPeers } from './cuda-peers.ts';
import { gpuPythonPeers } from './gpu-python-peers.ts';
import { tableOf } from './report.ts';

await holdContest(
  {
    who: 'bench:gpu',
    about:
      "Races etascope's WebGPU engine against the same work in CUDA C++, CuPy and JAX, as far as they are here;",
    sweep: 'device',
    candidatesOf: (folder, sweep) => [
      ...etascopeEngines([
        { name: 'etascope statistics', engine: 'webgpu', precision: 'statistics' },
        { name: 'etascope float32', engine: 'webgpu', precision: 'float32' },
      ]),
      ...cudaPeers(folder, sweep),
      ...gpuPythonPeers(sweep),
    ],
    tableOf,
  },
  process.argv.slice(2),
);
