import { compileHost } from '../../../formula/emit-host.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import { createEnsemble } from '../../ensemble.ts';
import { parameterValues } from '../../waves.ts';
import type { OrbitRequest } from './orbit.ts';

/** Turns of a kick that `quickKicked` can do: shaders/lib/position.wgsl. */
const NEAR_KICK = 2 ** 13;
/** Columns and orbits looked at. */
const COLUMNS = 64;
const ORBITS = 8;

/**
 * Whether most orbits of a run are kicked by few turns at their starts. Later ones decide nothing but how
 * long a run takes: steps have the same bits either way.
 *
 * @param slopes the gradient.
 * @param unit length of a turn, in the unit of the variable.
 */
export function areNear(
  { spec, objective, settings }: OrbitRequest,
  slopes: readonly Expression[],
  unit: (variable: number, setting: ColumnSetting) => number,
): boolean {
  const { variables, parameters } = objective;
  const slopeOf = compileHost(slopes, objective);
  const { start } = createEnsemble(spec);
  const inputs = new Float64Array(2 * variables.length + parameters.length);
  const outputs = new Float64Array(slopes.length);
  const orbits = Math.min(ORBITS, spec.ensemble.orbits);
  const stride = Math.ceil(settings.length / COLUMNS);
  let balance = 0;
  settings.forEach((setting, column) => {
    if (column % stride !== 0) return;
    const { eta, epsilon = Number.NaN } = setting;
    const values = parameterValues(setting);
    parameters.forEach((name, at) => {
      inputs[2 * variables.length + at] = values[name] ?? Number.NaN;
    });
    for (let orbit = 0; orbit < orbits; orbit++) {
      variables.forEach((_, at) => {
        const x = start(setting, column, orbit, at);
        inputs[at] = x;
        inputs[variables.length + at] = x / epsilon;
      });
      slopeOf(inputs, outputs);
      const isFar = outputs.some(
        (slope, at) => Math.abs((eta * slope) / unit(at, setting)) >= NEAR_KICK,
      );
      balance += isFar ? -1 : 1;
    }
  });
  return balance >= 0;
}
