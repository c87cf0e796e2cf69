/**
 * `npm run package`: builds what changed and packs it for this system. `-- --dir` stops at the unpacked folder and needs no
 * network; `-- --test-build` leaves the inspector on. Everything else goes to electron-builder. With MINOS_PUBLISHER and MINOS_UPDATE_URL it
 * is a release, which looks for updates (docs/releasing.md).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { ensureBuilt } from './build-if-stale.ts';
import { builderArguments, CONFIG, readOptions } from './package/options.ts';
import { expectSigned, notesOf, releaseConfig, releaseFrom, type BuilderConfig } from './package/release.ts';
import { writeStandInDist } from './package/stand-in-dist.ts';
import { ensureRuntime } from './runtime.ts';
import { say } from './say.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAND_IN_DIST = '.cache/stand-in-dist';
const RELEASE_CONFIG = '.cache/electron-builder-release.json';

/** The configuration to build by, relative to the repository: that of a release is written for it. */
function configOf(rest: readonly string[]): string {
  const release = releaseFrom(process.env);
  if (release === undefined) return CONFIG;
  expectSigned(process.platform, process.env, rest);
  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  const config = releaseConfig(parse(read(CONFIG)) as BuilderConfig, release, notesOf(read('CHANGELOG.md'), version));
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  writeFileSync(join(ROOT, RELEASE_CONFIG), JSON.stringify(config, null, 2));
  return RELEASE_CONFIG;
}

async function pack(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  const config = configOf(options.rest);
  const runtime = await ensureRuntime();
  if (runtime.kind === 'stand-in') {
    if (!options.isDir) throw new Error('Without Electron only --dir can be packed: nobody can use the result.');
    writeStandInDist(ROOT, join(ROOT, STAND_IN_DIST));
  }
  await ensureBuilt();
  // An unpacked folder is for this machine, so the Electron that is here will do; packages get a fresh one per system.
  const electronDist = runtime.kind === 'stand-in' ? STAND_IN_DIST : options.isDir ? runtime.distPath : undefined;
  const cli = join(ROOT, 'node_modules/electron-builder/cli.js');
  const args = [cli, ...builderArguments(options, electronDist, config)];
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

process.exitCode = await pack(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return 1;
});
