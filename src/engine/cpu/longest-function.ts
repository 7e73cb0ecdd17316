import { RunError } from '../errors.ts';

/** Bytes of one function that browsers and Node compile at most: a limit of WebAssembly's JavaScript interface. */
export const LONGEST_FUNCTION = 7_654_321;

/** What is said of kernels that are longer, of about so many bytes. */
export function kernelTooLong(bytes: number, options?: ErrorOptions): RunError {
  return new RunError(
    'kernel-refused',
    `the kernels of this spec take some ${bytes} bytes, and WebAssembly has functions of ${LONGEST_FUNCTION} at most: ask for fewer variables, exponents or measures`,
    options,
  );
}
