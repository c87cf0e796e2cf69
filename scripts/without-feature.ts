/**
 * Compiles the page without a feature, once for each that is named: `node scripts/without-feature.ts [ID…]`. Without names it
 * compiles once without any feature; since none imports another (check-boundaries), that says the same of each.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
/** What the compiler reads of the page. */
const PARTS = ['renderer', 'preload', 'package.json', 'tsconfig.base.json', 'svelte.config.js'];

/** A copy of the page without the folders and lines of these features. The caller removes it. */
function copyWithout(features: readonly string[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'minos-without-'));
  for (const part of PARTS) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const feature of features) rmSync(join(copy, 'renderer/features', feature), { recursive: true });
  const all = join(copy, 'renderer/features/all.ts');
  const lines = readFileSync(all, 'utf8').split('\n');
  const isGone = (line: string): boolean => features.some((feature) => line.includes(`'./${feature}/index.ts'`));
  writeFileSync(all, lines.filter((line) => !isGone(line)).join('\n'));
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
for (const features of named.length > 0 ? named.map((name) => [name]) : [folders]) {
  const startedMs = Date.now();
  const copy = copyWithout(features);
  const isFine = compiles(copy);
  rmSync(copy, { recursive: true });
  const word = isFine ? 'compiles' : 'does not compile';
  console.log(`without ${features.join(', ')}: ${word} (${Date.now() - startedMs} ms)`);
  if (!isFine) process.exitCode = 1;
}
