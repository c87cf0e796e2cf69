import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say } from './say.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Everything the three bundles are made of; the page holds the user guide with its pictures. */
const SOURCES = [
  ...['main', 'preload', 'renderer', 'docs/user-guide.md', 'docs/images'],
  ...['scripts/guide', 'scripts/icons/png.ts'],
  ...['electron.vite.config.ts', 'svelte.config.js', 'package-lock.json'],
];

const OUTPUTS = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/** Says from which sources `out/` was built. */
const STAMP = 'out/built-from.txt';

/** Runs the build; its output when it failed. */
export type Build = (root: string) => string | undefined;

const electronVite: Build = (root) => {
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'build'], { cwd: root, encoding: 'utf8' });
  return status === 0 ? undefined : stdout + stderr;
};

/** Builds main, preload and page, unless `out/` was built from exactly the files as they are now. */
export function ensureBuilt(root = ROOT, build = electronVite): Promise<void> {
  const now = fingerprint(root);
  if (OUTPUTS.every((path) => existsSync(join(root, path))) && stamped(root) === now) return Promise.resolve();
  say('Building Minos.');
  const failure = build(root);
  if (failure !== undefined) {
    process.stderr.write(failure);
    return Promise.reject(new Error('The build failed; see above.'));
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, STAMP), now);
  return Promise.resolve();
}

const stamped = (root: string): string => {
  const path = join(root, STAMP);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

/** Paths, sizes and times of change of all sources. */
export function fingerprint(root: string): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    const below = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [''];
    for (const name of below) {
      const found = statSync(join(path, name), { throwIfNoEntry: false });
      if (found?.isFile()) hash.update(`${source}/${name}\0${found.mtimeMs}\0${found.size}\n`);
    }
  }
  return hash.digest('hex');
}
