// How fast is the same work elsewhere? Iterating orbits, and counting their density, by etascope's
// engines and by C, Numba and NumPy, side by side. bench/peers/method.md says how.
//
//   npm run bench:peers
//   npm run bench:peers -- --rounds 9 --json peers.json

import { cPeers } from './c-peers.ts';
import { holdContest } from './contest.ts';
import { bothEngines, etascopeEngines } from './engines.ts';
import { pythonPeers } from './python-peers.ts';
import { tableOf } from './report.ts';

await holdContest(
  {
    who: 'bench:peers',
    about:
      "Races etascope's engines against the same work in C, Numba and NumPy, as far as they are here;",
    sweep: 'processor',
    candidatesOf: (folder, sweep) => [
      ...etascopeEngines(bothEngines),
      ...cPeers(folder, sweep),
      ...pythonPeers(sweep),
    ],
    tableOf,
  },
  process.argv.slice(2),
);
