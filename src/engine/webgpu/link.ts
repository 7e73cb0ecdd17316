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

/**
 * Joins one kernel with everything it imports into plain WGSL.
 *
 * @param path of the kernel below `shaders/`, e.g. `kernels/advance.wgsl`.
 * @throws {Error} on a syntax error, an unknown name or an import of nothing; `message` names the module.
 */
export async function linkKernel(
  path: string,
  generated: GeneratedModules = {},
  conditions: Conditions = {},
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
