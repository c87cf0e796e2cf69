import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One package of package-lock.json. */
export interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Of the repository itself, whose place is the empty text. */
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Packages by their place: `node_modules/a`, or `node_modules/a/node_modules/b` for one of its own. */
export type Lockfile = Readonly<Record<string, LockedPackage>>;

export function readLockfile(root: string): Lockfile {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lockfile };
  return packages;
}

/** Where `name` is found by a package at `from`, as Node looks for it: its own packages first, then those above. */
export function resolve(lock: Lockfile, from: string, name: string): string | undefined {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const candidate = `${place === '' ? '' : `${place}/`}node_modules/${name}`;
    if (lock[candidate] !== undefined) return candidate;
    if (place === '') return undefined;
    if (!place.includes('/node_modules/')) place = '';
  }
}

/** Shipped packages with a script at installation that somebody has read; `.npmrc` keeps all of them from running. */
const READ_SCRIPTS: readonly string[] = [
  // Warns when the version range of a dependent looks wrong, and nothing else.
  'node_modules/protobufjs',
];

/** What npm would not notice or not tell: no integrity, a version that may move, code that runs at installation. */
export function lockfileProblems(lock: Lockfile, shipped: readonly string[]): readonly string[] {
  const problems: string[] = [];
  for (const [place, { integrity }] of Object.entries(lock)) {
    if (place !== '' && integrity === undefined) problems.push(`${place} has no integrity`);
  }
  for (const place of shipped) {
    const isUnread = lock[place]?.hasInstallScript === true && !READ_SCRIPTS.includes(place);
    if (isUnread) problems.push(`${place} is shipped and runs a script at installation`);
  }
  const { dependencies, devDependencies, optionalDependencies } = lock[''] ?? {};
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
    if (!/^\d/.test(version)) problems.push(`${name} is not named with one exact version but ${version}`);
  }
  return problems;
}
