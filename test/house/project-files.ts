import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Names and globs of .gitignore, as tests of a path relative to the root. */
const ignored = readFileSync(path.join(root, '.gitignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const glob = line.replace(/^\//, '').replace(/\/$/, '');
    const name = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
    return new RegExp(`${line.startsWith('/') ? '^' : '(^|/)'}${name}$`);
  });

/**
 * Files of the project, relative to its root, with `/` between folders: what git tracks or would.
 *
 * @param folders where to look; default: everywhere. git itself may be missing where the tests run.
 */
export function projectFiles(...folders: readonly string[]): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name === '.git' || ignored.some((pattern) => pattern.test(file))) continue;
      if (entry.isDirectory()) walk(file);
      else if (entry.isFile()) found.push(file);
    }
  };
  for (const folder of folders.length > 0 ? folders : ['']) walk(folder);
  return found.sort();
}

/** Text of a file of the project. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}
