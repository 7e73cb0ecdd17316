import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { projectFiles, textOf } from './project-files.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const manifest: Manifest = JSON.parse(textOf('package.json'));
const runtime = Object.keys(manifest.dependencies ?? {});
const development = Object.keys(manifest.devDependencies ?? {});
const require = createRequire(import.meta.url);

/** npm packages that a file imports or resolves, types included; comments do not count. */
function packagesOf(file: string): readonly string[] {
  const source = textOf(file).replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  const statements = /^(?:import|export)\s(?:[^'"`;=()]*\sfrom\s+)?'([^'.][^']*)'/gm;
  const calls = /\b(?:import|require|require\.resolve)\('([^'.][^']*)'\)/g;
  return [...source.matchAll(statements), ...source.matchAll(calls)]
    .map(([, specifier = '']) => specifier)
    .filter((specifier) => !specifier.startsWith('node:'))
    .map((specifier) =>
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

const isPage = (file: string) => /^src\/(view|app)\//.test(file);
const isScript = (file: string) => file.endsWith('.ts');
const source = projectFiles('src').filter(isScript);
const importedBySource = new Set(source.flatMap(packagesOf));

test('every dependency is imported by src', () => {
  expect(runtime.filter((name) => !importedBySource.has(name))).toEqual([]);
});

test('src imports only dependencies; the page, which is bundled, development ones too', () => {
  const undeclared = source.flatMap((file) =>
    packagesOf(file)
      .filter((name) => !runtime.includes(name) && !(isPage(file) && development.includes(name)))
      .map((name) => `${file}: ${name}`),
  );
  expect(undeclared).toEqual([]);
});

test('every development dependency is used: imported, run, or asked for by one that is', () => {
  const imported = new Set(projectFiles().filter(isScript).flatMap(packagesOf));
  const scripts = Object.values(manifest.scripts ?? {}).flatMap((line) => line.split(/\s+/));
  const tsconfig = JSON.parse(textOf('tsconfig.json'));
  const ambient: readonly string[] = tsconfig.compilerOptions.types;
  const manifestOf = (name: string): Manifest => require(`../../node_modules/${name}/package.json`);
  const isRun = (name: string) => {
    const { bin = {} } = manifestOf(name);
    const commands = typeof bin === 'string' ? [name.split('/').at(-1) ?? ''] : Object.keys(bin);
    return commands.some((command) => scripts.includes(command));
  };
  const isTypes = (name: string) => {
    const typed = name.replace(/^@types\//, '');
    return (
      ambient.includes(name) || (typed !== name && (ambient.includes(typed) || imported.has(typed)))
    );
  };
  const peers = new Set(
    development
      .filter((name) => imported.has(name))
      .flatMap((name) => Object.keys(manifestOf(name).peerDependencies ?? {})),
  );
  const idle = development.filter(
    (name) => !imported.has(name) && !isRun(name) && !isTypes(name) && !peers.has(name),
  );
  expect(idle).toEqual([]);
});

test('dependencies are pinned to one version', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
