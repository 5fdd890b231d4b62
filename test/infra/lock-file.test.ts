import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

interface Locked {
  readonly resolved?: string;
  readonly libc?: readonly string[];
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const ROOT = join(__dirname, '../..');
const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};

/** Where Node.js looks for the dependency of a package, nearest first. */
const placesOf = (path: string, name: string): string[] => {
  const parts = path.split('/node_modules/');
  const nested = parts.map((_, i) => `${parts.slice(0, i + 1).join('/node_modules/')}/`);
  return [...nested.reverse(), ''].map((place) => `${place}node_modules/${name}`);
};

test('the lock file has the packages of every platform', () => {
  const wanted = Object.entries(packages).flatMap(([path, locked]) =>
    Object.keys({ ...locked.dependencies, ...locked.optionalDependencies }).map((name) => ({
      path,
      name,
    })),
  );
  const missing = wanted.filter(
    ({ path, name }) => !placesOf(path, name).some((place) => place in packages),
  );

  expect(wanted.length).toBeGreaterThan(500);
  expect(missing).toEqual([]);
});

test('the lock file leaves the registry to whoever installs', () => {
  const resolved = Object.entries(packages).filter(([, locked]) => locked.resolved !== undefined);

  expect(resolved).toEqual([]);
});

// npm 10 removes `libc`, and npm 11 adds it to what it resolves anew: after `npm install --save` take it out again.
test('the lock file is the same for the npm of Node.js 20 and of Node.js 24', () => {
  expect(Object.values(packages).filter(({ libc }) => libc !== undefined)).toEqual([]);
});
