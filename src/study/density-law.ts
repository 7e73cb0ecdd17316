import { type Masses, massesOf } from '../analysis/distance.ts';
import { normalTails } from '../analysis/gamma.ts';
import { gibbsLaw } from '../analysis/gibbs.ts';
import { gibbsBox } from '../analysis/gibbs-box.ts';
import { linearMarginal } from '../analysis/linear-marginal.ts';
import type { ColumnTheory } from './column-theory.ts';
import { andThen, attempt, ifKnown, type Known } from './known.ts';
import {
  centreOf,
  gibbsNormal,
  linearSystem,
  type Normal,
  temperatureOf,
  type WeightedSum,
} from './stationary-law.ts';

/** The stochastic map's law of a weighted sum of the coordinates over the bins. */
export function exactMasses(
  sumOf: (theory: ColumnTheory) => Known<WeightedSum>,
  theory: ColumnTheory,
  edges: Float64Array,
): Known<Masses> {
  return andThen(theory.kicks, (noises) =>
    andThen(theory.quadratic(), ({ hessian, minimum }) =>
      andThen(sumOf(theory), ({ weights, constant }) =>
        attempt(() => {
          const { distribution } = linearMarginal(linearSystem(theory, hessian, noises), weights);
          const centre = centreOf(weights, minimum, constant);
          return massesOf((y) => distribution(y - centre), edges);
        }),
      ),
    ),
  );
}

/** Gibbs' law over the bins: of a weighted sum a normal one on a quadratic macro part, else by quadrature. */
export function gibbsMasses(
  of: string,
  sumOf: (theory: ColumnTheory) => Known<WeightedSum>,
  theory: ColumnTheory,
  edges: Float64Array,
): Known<Masses> {
  const { objective, kicks } = theory;
  const quadratic = ifKnown(theory.quadratic());
  const sum = ifKnown(sumOf(theory));
  return andThen(kicks, (noises) =>
    andThen(temperatureOf(theory, noises), (temperature): Known<Masses> => {
      if (quadratic && sum) return normalMasses(gibbsNormal(quadratic, sum, temperature), edges);
      if (objective.variables.length > 1 || of.trim() !== objective.variables[0]) {
        return { missing: 'it is integrated for the variable itself, of one' };
      }
      return attempt(() => {
        const law = gibbsLaw(objective, temperature, gibbsBox(objective, temperature, [0]));
        const bins = law.binProbabilities(edges);
        const total = bins.reduce((sum, share) => sum + share, 0);
        const [lowest = 0, first = 0] = [law.box[0]?.[0], edges[0]];
        const [below = 0] = lowest < first ? law.binProbabilities([lowest, first]) : [];
        return { bins, outside: [below, Math.max(0, 1 - total - below)] };
      });
    }),
  );
}

function normalMasses(normal: Known<Normal>, edges: Float64Array): Known<Masses> {
  return andThen(normal, ({ mean, variance }) => ({
    value: massesOf((y) => {
      const deviations = (y - mean) / Math.sqrt(variance);
      const tail = normalTails(deviations) / 2;
      return deviations < 0 ? tail : 1 - tail;
    }, edges),
  }));
}
