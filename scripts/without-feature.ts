/** Compiles the page without one feature, for each one named or for all: `node scripts/without-feature.ts [ID…]`. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
/** What the compiler reads of the page. */
const PARTS = ['renderer', 'preload', 'package.json', 'tsconfig.base.json', 'svelte.config.js'];

/** A copy of the page without the feature's folder and line. The caller removes it. */
function copyWithout(feature: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'minos-without-'));
  for (const part of PARTS) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  rmSync(join(copy, 'renderer/features', feature), { recursive: true });
  const all = join(copy, 'renderer/features/all.ts');
  const lines = readFileSync(all, 'utf8').split('\n');
  writeFileSync(all, lines.filter((line) => !line.includes(`'./${feature}/index.ts'`)).join('\n'));
  return copy;
}

/** Whether the copy compiles; what the compiler says goes to the terminal. */
function compiles(copy: string): boolean {
  const tool = join(root, 'node_modules/.bin/svelte-check');
  const args = ['--tsconfig', 'renderer/tsconfig.json', '--output', 'human', '--threshold', 'error'];
  return spawnSync(tool, args, { cwd: copy, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

const named = process.argv.slice(2);
const folders = readdirSync(join(root, 'renderer/features'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
for (const feature of named.length > 0 ? named : folders) {
  const startedMs = Date.now();
  const copy = copyWithout(feature);
  const isFine = compiles(copy);
  rmSync(copy, { recursive: true });
  console.log(`without ${feature}: ${isFine ? 'compiles' : 'does not compile'} (${Date.now() - startedMs} ms)`);
  if (!isFine) process.exitCode = 1;
}
