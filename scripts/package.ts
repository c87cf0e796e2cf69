/**
 * `npm run package`: builds what changed and packs it for this system. `-- --dir` stops at the unpacked folder and needs no
 * network; `-- --test-build` leaves the inspector on. Everything else goes to electron-builder.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build-if-stale.ts';
import { builderArguments, readOptions } from './package/options.ts';
import { writeStandInDist } from './package/stand-in-dist.ts';
import { ensureRuntime } from './runtime.ts';
import { say } from './say.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAND_IN_DIST = '.cache/stand-in-dist';

async function pack(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  const runtime = await ensureRuntime();
  if (runtime.kind === 'stand-in') {
    if (!options.isDir) throw new Error('Without Electron only --dir can be packed: nobody can use the result.');
    writeStandInDist(ROOT, join(ROOT, STAND_IN_DIST));
  }
  await ensureBuilt();
  // An unpacked folder is for this machine, so the Electron that is here will do; packages get a fresh one per system.
  const electronDist = runtime.kind === 'stand-in' ? STAND_IN_DIST : options.isDir ? runtime.distPath : undefined;
  const cli = join(ROOT, 'node_modules/electron-builder/cli.js');
  const args = [cli, ...builderArguments(options, electronDist)];
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

process.exitCode = await pack(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return 1;
});
