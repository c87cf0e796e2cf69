import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { resolve, type Lockfile } from './lockfile.ts';

const SOURCES = ['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.{ts,svelte,css}'];
const IMPORT = /(?:\bfrom|@?\bimport|\bimport\s*\()\s*['"]([@a-z][\w@./-]*)['"]/g;

/** `@scope/name/part` → `@scope/name`. */
const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** Names of packages that a source imports. Electron is not bundled: it brings its own notices. */
export function packagesIn(text: string): readonly string[] {
  return [...text.matchAll(IMPORT)]
    .map((match) => match[1] ?? '')
    .filter((specifier) => !isBuiltin(specifier) && specifier !== 'electron')
    .map(packageOf);
}

/**
 * Places of all packages that may end in the packed app: what the sources import, and what that needs. A bundler leaves out
 * what is not used, so this is rather too much than too little.
 */
export function shippedPackages(root: string, lock: Lockfile): readonly string[] {
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root }));
  const direct = new Set(files.flatMap((file) => packagesIn(readFileSync(join(root, file), 'utf8'))));
  return withNeeds(lock, [...direct]);
}

/** Places of the packages named and of everything they depend on, sorted. */
export function withNeeds(lock: Lockfile, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const add = (from: string, name: string): void => {
    const place = resolve(lock, from, name);
    if (place === undefined) throw new Error(`${name} is imported but not in package-lock.json`);
    if (found.has(place)) return;
    found.add(place);
    for (const need of Object.keys(lock[place]?.dependencies ?? {})) add(place, need);
  };
  for (const name of names) add('', name);
  return [...found].sort();
}
