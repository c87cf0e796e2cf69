import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the fuses are in an executable: this text, the version, their number, and one digit each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/**
 * Electron's own defaults, in the order of @electron/fuses: run as Node, cookie encryption, NODE_OPTIONS, inspector, asar
 * integrity, only from the asar, own snapshot, file:// privileges, WebAssembly traps.
 */
const DEFAULTS = '101100011';

/** Not part of what runs an app: its tests and their application. */
const isTest = (path: string): boolean => /(\.test\.ts|fixture-app|start-fixture\.ts)$/.test(path);

/**
 * Makes a folder that electron-builder takes for an unpacked Electron, out of the stand-in in tests/electron. Its
 * executable is a script with the fuse wire after `exit`, so that fuses are set and read by the real tools, and it obeys
 * the ones it can. A package around it is for tests only.
 */
export function writeStandInDist(root: string, target: string): void {
  const source = join(root, 'tests/electron');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, 'resources'), { recursive: true });
  // electron-builder looks for the languages it may take away.
  mkdirSync(join(target, 'locales'));
  for (const language of ['de', 'en-US']) writeFileSync(join(target, 'locales', `${language}.pak`), '');
  cpSync(source, join(target, 'stand-in'), { recursive: true, filter: (path) => !isTest(path) });
  // The stand-in is written as ES modules, and says so in the package.json above it.
  writeFileSync(join(target, 'stand-in', 'package.json'), '{ "type": "module" }\n');
  const script = readFileSync(join(source, 'packaged/electron.sh'), 'utf8').replace('@NODE@', process.execPath);
  const wire = `${SENTINEL}${String.fromCharCode(1, DEFAULTS.length)}${DEFAULTS}`;
  writeFileSync(join(target, 'electron'), script + wire, 'latin1');
  chmodSync(join(target, 'electron'), 0o755);
}
