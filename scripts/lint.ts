/** ESLint over everything without warnings; arguments are passed on. A step of `npm run check`, behind `tsc -b`. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Of all that other files can see of a file, as `tsc -b` wrote it. ESLint's own cache knows a file by its content alone,
 * but rules such as no-floating-promises depend on the types of others: a changed type starts a new cache.
 */
function fingerprintOfTypes(): string {
  const hash = createHash('sha256');
  const folder = join(ROOT, '.tsc');
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];
  for (const name of names) {
    if (name.endsWith('.d.ts')) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

const folder = join(ROOT, 'node_modules/.cache/eslint');
const types = fingerprintOfTypes();
for (const name of existsSync(folder) ? readdirSync(folder) : []) {
  if (name !== types) rmSync(join(folder, name), { force: true });
}
const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
const args = ['--max-warnings=0', '--cache', '--cache-strategy=content', `--cache-location=${join(folder, types)}`];
const paths = process.argv.slice(2);
const { status } = spawnSync(process.execPath, [eslint, ...args, ...(paths.length > 0 ? paths : ['.'])], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
