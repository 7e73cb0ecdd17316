import { expect, test } from 'vitest';
import { textOf } from './project-files.ts';

type Versions = Readonly<Record<string, string>>;

interface Locked {
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly integrity?: string;
}

const manifest: Locked = JSON.parse(textOf('package.json'));
const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  textOf('package-lock.json'),
);

test('the lock file names no registry, and pins what it holds by a checksum', () => {
  expect(textOf('package-lock.json')).not.toMatch(/"resolved"/);
  const unchecked = Object.entries(lock.packages).filter(
    ([place, { integrity }]) => place !== '' && integrity === undefined,
  );
  expect(unchecked.map(([place]) => place)).toEqual([]);
});

test('the lock file holds every package that another one asks for, on every platform', () => {
  // npm drops optional packages that a registry lacks, and `npm ci` then refuses the lock file.
  const isLocked = (place: string, name: string): boolean => {
    if (`${place ? `${place}/` : ''}node_modules/${name}` in lock.packages) return true;
    if (place === '') return false;
    return isLocked(place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/'))), name);
  };
  const missing = Object.entries(lock.packages).flatMap(([place, wants]) =>
    Object.keys({ ...wants.dependencies, ...wants.devDependencies, ...wants.optionalDependencies })
      .filter((name) => !isLocked(place, name))
      .map((name) => `${name}, for ${place || 'the project'}`),
  );
  expect(missing).toEqual([]);
});

test('the lock file belongs to this package.json', () => {
  const { dependencies, devDependencies } = lock.packages[''] ?? {};
  expect({ dependencies, devDependencies }).toEqual({
    dependencies: manifest.dependencies,
    devDependencies: manifest.devDependencies,
  });
});
