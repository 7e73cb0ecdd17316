import { RequestError } from '../../spec/errors.ts';
import type { Spec } from '../../spec/spec.ts';

/** How the user changes all workloads. */
export interface Alteration {
  /** Changes the input of a spec. */
  readonly alter: (input: object) => unknown;
  /** The one precision that is asked for. */
  readonly precision: Spec['precision'] | undefined;
}

/** Fields that change how much is computed, not what: the checks of a workload know all others. */
const free = ['precision', 'ensemble.orbits', 'ensemble.seed', 'axes[0].count'];

/**
 * What `--set` asks for.
 *
 * @throws {RequestError} `not-a-size` for a field whose value the checks rely on; else as `parseSpec`.
 */
export async function alterationOf(sets: readonly string[]): Promise<Alteration> {
  const { applyOverrides } = await import('../../spec/overrides.ts');
  const { parseSpec } = await import('../../spec/parse.ts');
  const { workloads } = await import('../../bench/workloads.ts');
  const fields = sets.map((set) => set.split('=', 1)[0]?.trim() ?? '');
  const alter = (input: object) => applyOverrides(input, sets);
  const other = fields.find((field) => !free.includes(field));
  if (other !== undefined) {
    throw new RequestError({
      code: 'not-a-size',
      where: `--set ${other}`,
      what: 'would make another workload, of which the bench does not know what must come out',
      cure: `change only ${free.slice(0, -1).join(', ')} or ${free.at(-1)}`,
    });
  }
  // a wrong value is told before anything runs
  const [spec] = workloads.map(({ specFor }) => parseSpec(alter(specFor(2 ** 20))));
  return { alter, precision: fields.includes('precision') ? spec?.precision : undefined };
}
