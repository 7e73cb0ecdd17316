import { link } from 'wesl';

/** Every file under shaders/, by its path there: `./kernels/advance.wgsl` → source text. */
const sources: Record<string, string> = import.meta.glob('./**/*.wgsl', {
  base: '../../../shaders',
  query: '?raw',
  import: 'default',
  eager: true,
});

/** WGSL text of modules that kernels import but no file holds, by module name. */
export type GeneratedModules = Readonly<Record<string, string>>;

/** What `@if` asks for in the text of kernels, by name. */
export type Conditions = Readonly<Record<string, boolean>>;

/** Texts kept: the kernels of the last few programs, so that a run of milliseconds waits for no linker. */
const KEPT = 64;
const joined = new Map<string, Promise<string>>();

/**
 * Joins one kernel with everything it imports into plain WGSL; keeps what it joined last.
 *
 * @param path of the kernel below `shaders/`, e.g. `kernels/advance.wgsl`.
 * @throws {Error} on a syntax error, an unknown name or an import of nothing; `message` names the module.
 */
export function linkKernel(
  path: string,
  generated: GeneratedModules = {},
  conditions: Conditions = {},
): Promise<string> {
  const key = JSON.stringify([path, generated, conditions]);
  const text = joined.get(key) ?? join(path, generated, conditions);
  joined.delete(key);
  joined.set(key, text);
  text.catch(() => joined.delete(key));
  const [oldest] = joined.keys();
  if (joined.size > KEPT && oldest !== undefined) joined.delete(oldest);
  return text;
}

async function join(
  path: string,
  generated: GeneratedModules,
  conditions: Conditions,
): Promise<string> {
  const virtualLibs = Object.fromEntries(
    Object.entries(generated).map(([name, text]) => [name, () => text]),
  );
  const linked = await link({
    weslSrc: sources,
    rootModuleName: `./${path}`,
    virtualLibs,
    conditions,
  });
  return linked.dest;
}
