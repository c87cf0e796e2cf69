/**
 * `npm run mutations [-- NAME …]`: breaks the code by hand, one fault at a time (`mutations/list.ts`), and says which one no
 * test noticed. Works on a copy of the checkout, which goes when it is done; nothing here is changed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTATIONS, type Mutation } from './mutations/list.ts';
import { say } from './say.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Of one test as it should be, also on a busy machine. */
const MOST_MS = 600_000;
/** A fault may also make it hang, which takes so many times what the test took without it, and no less than this: others may begin to work. */
const MOST_TIMES = 4;
const LEAST_MS = 60_000;

/** The files of the checkout, as they are now, with node_modules of its own: component tests load nothing from elsewhere. */
function copyCheckout(): string {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const copy = mkdtempSync(join(ROOT, '.cache', 'mutations-'));
  const list = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const path of list.stdout.toString().split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(ROOT, path), join(copy, path), { force: true });
  }
  const modules = join(copy, 'node_modules');
  // Hard links where the system has them; nothing writes into a package.
  const isLinked = spawnSync('cp', ['-al', join(ROOT, 'node_modules'), modules], { stdio: 'ignore' }).status === 0;
  if (!isLinked) cpSync(join(ROOT, 'node_modules'), modules, { recursive: true, verbatimSymlinks: true });
  for (const cache of ['.cache', '.vite', '.vite-temp']) rmSync(join(modules, cache), { recursive: true, force: true });
  return copy;
}

/** Whether the mutation's own test passes in the copy; `late` when it was not over in time. */
function runTest(copy: string, { test, title }: Mutation, mostMs: number): 'passes' | 'fails' | 'late' {
  const args = [join(copy, 'node_modules/vitest/vitest.mjs'), 'run', '--project=!packaged', test, '-t', title];
  const { status } = spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore', timeout: mostMs });
  return status === 0 ? 'passes' : status === null ? 'late' : 'fails';
}

/** What became of a mutation: only `noticed` is good. */
function tryOne(
  copy: string,
  mutation: Mutation,
): 'noticed' | 'survived' | 'its test fails without it' | 'the machine is too busy' | 'its text is gone' {
  const path = join(copy, mutation.file);
  const before = readFileSync(path, 'utf8');
  if (before.split(mutation.text).length !== 2) return 'its text is gone';
  const startedMs = performance.now();
  const without = runTest(copy, mutation, MOST_MS);
  const tookMs = performance.now() - startedMs;
  if (without !== 'passes') return without === 'late' ? 'the machine is too busy' : 'its test fails without it';
  writeFileSync(
    path,
    before.replace(mutation.text, () => mutation.replacement),
  );
  try {
    return runTest(copy, mutation, Math.ceil(Math.max(LEAST_MS, tookMs * MOST_TIMES))) === 'passes'
      ? 'survived'
      : 'noticed';
  } finally {
    writeFileSync(path, before);
  }
}

const names = process.argv.slice(2);
const chosen = MUTATIONS.filter(({ name }) => names.length === 0 || names.includes(name));
const copy = copyCheckout();
try {
  for (const mutation of chosen) {
    const outcome = tryOne(copy, mutation);
    say(`${outcome.padEnd(26)} ${mutation.name}`);
    if (outcome !== 'noticed') process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
