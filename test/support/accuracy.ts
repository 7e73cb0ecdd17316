import { all, type BigNumber, create, type FactoryFunctionMap } from 'mathjs';
import { bitsOf, fromBits, ulpOf } from './f64.ts';

const mathjs = create(all as FactoryFunctionMap, { precision: 50 }); // cast: typed as perhaps absent

/** The very number that `value` is, not the shortest decimal that reads as it. */
export const exactly = (value: number): BigNumber => mathjs.bignumber(value.toPrecision(60));

export interface Approximation {
  /** f64 [n] each. */
  readonly inputs: readonly Float64Array[];
  /** f64 [n]. */
  readonly outputs: Float64Array;
  /** The function, to 50 digits. */
  readonly exact: (...inputs: readonly BigNumber[]) => BigNumber;
}

export interface Deviation {
  readonly inputs: readonly number[];
  readonly output: number;
  /** |output - exact|. */
  readonly size: number;
  /** The same in units of the last place of the exact value. */
  readonly ulps: number;
}

/** How far every output is from the exact value of its inputs. */
export function deviations({ inputs, outputs, exact }: Approximation): readonly Deviation[] {
  return [...outputs].map((output, at) => {
    const given = inputs.map((each) => each[at] ?? Number.NaN);
    const value = exact(...given.map(exactly));
    if (!Number.isFinite(output)) {
      const isRight = output === value.toNumber();
      return { inputs: given, output, size: isRight ? 0 : output, ulps: isRight ? 0 : output };
    }
    const size = exactly(output).sub(value).abs();
    return {
      inputs: given,
      output,
      size: size.toNumber(),
      ulps: size.div(exactly(unitOf(value))).toNumber(),
    };
  });
}

/** The deviation that is largest by `measure`; a NaN is larger than every number. */
export function worst(found: readonly Deviation[], measure: (of: Deviation) => number): Deviation {
  return found.reduce((worse, next) => (measure(next) <= measure(worse) ? worse : next));
}

/** Distance of the two f64 numbers that an exact value lies between. */
function unitOf(value: BigNumber): number {
  const size = value.abs();
  const nearest = Math.min(size.toNumber(), Number.MAX_VALUE);
  const isAbove = nearest > 0 && exactly(nearest).gt(size);
  return ulpOf(isAbove ? fromBits(bitsOf(nearest) - 1n) : nearest);
}
