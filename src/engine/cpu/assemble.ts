import { RunError } from '../errors.ts';

let assembler: ReturnType<typeof import('wabt')> | undefined;

/** Turns WebAssembly text into modules, each text once. */
export interface Assembler {
  /** @throws {RunError} `kernel-refused` if the text is no WebAssembly: an error of this package. */
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
      const module = assemble(text);
      made.set(text, module);
      module.catch(() => made.delete(text));
      const [oldest] = made.keys();
      if (made.size > KEPT && oldest !== undefined) made.delete(oldest);
      return module;
    },
  };
}

async function assemble(text: string): Promise<WebAssembly.Module> {
  assembler ??= import('wabt').then(({ default: start }) => start());
  const { parseWat } = await assembler;
  try {
    const module = parseWat('kernel.wat', text, { simd: true });
    try {
      return await WebAssembly.compile(Uint8Array.from(module.toBinary({}).buffer));
    } finally {
      module.destroy();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunError('kernel-refused', `the kernel is not accepted: ${reason}`, { cause: error });
  }
}
