import type { Engine } from '../../engine/engine.ts';
import { planPicture } from '../../export/paint-result.ts';
import type { Size } from '../../export/resample.ts';
import { canonicalJson } from '../../spec/canonical.ts';
import { RequestError } from '../../spec/errors.ts';
import { applyOverrides } from '../../spec/overrides.ts';
import { parseSpec } from '../../spec/parse.ts';
import { type Path, pathText } from '../../spec/path.ts';
import { presets } from '../../spec/presets.ts';
import type { Spec } from '../../spec/spec.ts';
import { type Explorable, presetNameOf } from '../explorable.ts';
import type { Look } from '../look.ts';
import { paintOptionsOf } from '../pictures/paint-options.ts';

/** A picture that a command is to make. */
export interface Wanted {
  readonly request: Explorable;
  readonly look: Look;
  /** Pixels; default: one a cell. */
  readonly size?: Size;
  /** What computed the picture that it is to be like. */
  readonly engine: Engine['name'];
  /** Name of its file, without `.png`. */
  readonly name: string;
}

/** A file with a spec that a command may begin with. */
export interface SpecFile {
  readonly name: string;
  readonly spec: Spec;
}

/**
 * The words after `etascope` that make a picture: out of a preset where it is one, whatever its window
 * and resolution, else out of `file`.
 */
export function commandWords(wanted: Wanted, file: SpecFile): readonly string[] {
  const { request, look, size, engine, name } = wanted;
  const { spec } = request;
  const preset = presetNameOf(request);
  const short = preset === undefined ? undefined : assignments(presets[preset]?.spec, spec);
  const sets = short ?? assignments(file.spec, spec);
  const isPicture = request.kind !== 'none';
  return [
    'run',
    short && preset !== undefined ? preset : file.name,
    ...(sets ?? []).flatMap((set) => ['--set', set]),
    ...(isPicture ? ['--png', `${name}.png`] : ['--out', `${name}.npz`]),
    ...(isPicture ? paintWords(request, look, size) : []),
    '--engine',
    engine,
  ];
}

/** A command as one line for a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return ['etascope', ...words].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w./:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function paintWords(request: Explorable, look: Look, size?: Size): readonly string[] {
  const { measure, map, tone } = paintOptionsOf(request, look);
  const { width, height } = planPicture(request.spec, { measure }).size;
  const isOwn = !size || (size.width === width && size.height === height);
  return [
    ...(measure === undefined ? [] : ['--measure', measure]),
    ...(map === undefined ? [] : ['--map', map]),
    ...(tone === undefined ? [] : ['--tone', tone]),
    ...(isOwn ? [] : ['--size', `${size.width}x${size.height}`]),
  ];
}

/** What `--set` has to say to make the one spec of the other; undefined where it cannot. */
function assignments(input: unknown, spec: Spec): readonly string[] | undefined {
  try {
    const sets = changes(parseSpec(input), spec, []);
    const made = parseSpec(applyOverrides(input, [...sets]));
    return canonicalJson(made) === canonicalJson(spec) ? sets : undefined;
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

/** The fields that differ, as deep as both have them; a list of numbers is one value. */
function changes(from: unknown, to: unknown, path: Path): readonly string[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const isDeep = isOwner(from) && isOwner(to) && Array.isArray(from) === Array.isArray(to);
  if (
    isDeep &&
    !Object.values(to).some((value) => typeof value === 'number' && Array.isArray(to))
  ) {
    const fields = new Map(Object.entries(from));
    return Object.entries(to).flatMap(([key, value]) =>
      changes(fields.get(key), value, [...path, Array.isArray(to) ? Number(key) : key]),
    );
  }
  return [`${pathText(path)}=${typeof to === 'string' ? to : JSON.stringify(to)}`];
}

function isOwner(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
