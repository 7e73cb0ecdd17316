import { RequestError } from '../spec/errors.ts';
import { limits } from '../spec/limits.ts';
import { nearestWord } from '../spec/nearest-word.ts';
import type { Spec } from '../spec/spec.ts';
import { decodeText, readInput } from './input.ts';
import type { Io } from './io.ts';

/** Bytes a spec file may have: UTF-8 takes at most three for each UTF-16 unit that is counted there. */
const MAX_SPEC_BYTES = 3 * limits.specText.most;

/** A spec as the command line named it, with its overrides applied. */
export interface SpecInput {
  readonly spec: Spec;
  /** What results are called by default: the file's or the preset's name, or `etascope`. */
  readonly name: string;
  /** The file it came from, where it came from one. */
  readonly file?: string;
  /** The preset it is, where no such file was there. */
  readonly preset?: string;
}

/**
 * Reads the spec that `operand` names: a file, `-` for stdin, or, where there is no such file, a
 * preset; applies the overrides of `--set`, and validates it.
 *
 * @throws {RequestError} with the field, or the line of the file, that is wrong.
 */
export async function readSpec(
  operand: string,
  sets: readonly string[],
  io: Io,
): Promise<SpecInput> {
  const { input, ...source } = await readSource(operand, io);
  const { applyOverrides } = await import('../spec/overrides.ts');
  const { parseSpec } = await import('../spec/parse.ts');
  const spec = parseSpec(applyOverrides(input, [...sets]));
  await checkFormulas(spec);
  return { spec, ...source };
}

/**
 * Refuses a spec whose objective does not compile, before a GPU is started for it.
 *
 * @throws {FormulaError} with a caret under the place.
 */
export async function checkFormulas({ objective }: Spec): Promise<void> {
  const { compileObjective } = await import('../formula/objective.ts');
  compileObjective(objective);
}

async function readSource(
  operand: string,
  io: Io,
): Promise<Omit<SpecInput, 'spec'> & { readonly input: unknown }> {
  const kind = 'spec';
  try {
    const file = await readInput(operand, { kind, limit: MAX_SPEC_BYTES, io });
    const { parseSpecText } = await import('../spec/parse-text.ts');
    const input = parseSpecText(decodeText(file, kind), file.where);
    const { stem } = file;
    return stem === undefined ? { input, name: 'etascope' } : { input, name: stem, file: operand };
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== 'no-such-file') throw error;
    const { presets } = await import('../spec/presets.ts');
    const preset = Object.hasOwn(presets, operand) ? presets[operand] : undefined;
    if (preset) return { input: preset.spec, name: operand, preset: operand };
    const near = nearestWord(operand, Object.keys(presets));
    throw new RequestError({
      code: error.code,
      where: operand,
      what: 'no such file, and no preset of that name',
      cure: `${near ? `did you mean the preset ${near}? ` : ''}\`etascope presets\` lists the presets`,
    });
  }
}
