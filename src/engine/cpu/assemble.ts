import { RunError } from '../errors.ts';
import { encodeWat } from './encode-wat.ts';
import { kernelTooLong, LONGEST_FUNCTION } from './longest-function.ts';

/** Turns WebAssembly text into modules, each text once. */
export interface Assembler {
  /**
   * @throws {RunError} `kernel-refused` where WebAssembly or its vectors are not to be had, and where a
   * text is longer than WebAssembly may be.
   */
  assemble(text: string): Promise<WebAssembly.Module>;
}

/** Modules kept: those of the windows and formulas that somebody goes to and fro between. */
const KEPT = 16;

export function createAssembler(): Assembler {
  const made = new Map<string, Promise<WebAssembly.Module>>();
  return {
    assemble(text) {
      const known = made.get(text);
      if (known) return known;
      const module = compile(text);
      made.set(text, module);
      module.catch(() => made.delete(text));
      const [oldest] = made.keys();
      if (made.size > KEPT && oldest !== undefined) made.delete(oldest);
      return module;
    },
  };
}

async function compile(text: string): Promise<WebAssembly.Module> {
  const bytes = encodeWat(text);
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    if (bytes.length > LONGEST_FUNCTION) {
      throw kernelTooLong(bytes.length, { cause: error });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunError(
      'kernel-refused',
      `WebAssembly with vectors is not to be had here (${reason}): use a browser of 2023 or later, and a page whose Content-Security-Policy allows wasm-unsafe-eval`,
      { cause: error },
    );
  }
}
