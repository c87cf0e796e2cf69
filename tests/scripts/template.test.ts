import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILES, LINES, plant, uproot } from '../template/planted.ts';

/*
 * docs/how-to-add.md, followed: a screen with an action, a command, calls and a deed are added to a copy of the repository as
 * files of their own plus one line in each list that makes them known, compiled, used, and taken away again.
 */

const ROOT = new URL('../..', import.meta.url).pathname;
const PARTS = ['main', 'preload', 'proto', 'renderer', 'scripts', 'tests', '.tsc'];
const SINGLE = ['package.json', 'tsconfig.base.json', 'svelte.config.js'];
const MOST_MS = 400_000;
const run = promisify(execFile);

let copy = '';
let before = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'minos-template-'));
  for (const part of [...PARTS, ...SINGLE]) {
    // The compiler sees by the times what it has done already.
    cpSync(join(ROOT, part), join(copy, part), { recursive: true, preserveTimestamps: true, force: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  before = fingerprint();
  plant(copy);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const tool = (name: string, ...args: string[]) =>
  run(join(ROOT, 'node_modules/.bin', name), args, { cwd: copy, timeout: MOST_MS }).catch(failure);
const node = (...args: string[]) => run(process.execPath, args, { cwd: copy, timeout: MOST_MS }).catch(failure);

/** What a program printed is why it failed. */
function failure(error: unknown): never {
  const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
  throw new Error(`${stdout}\n${stderr}`.trim() || String(error));
}

/** Of every source of the copy. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const path of globSync(['main/**/*', 'preload/**/*', 'renderer/**/*'], { cwd: copy }).sort()) {
    if (statSync(join(copy, path)).isFile()) hash.update(`${path}\0`).update(readFileSync(join(copy, path)));
  }
  return hash.digest('hex');
}

test('it takes new files, and one line with its import in each list', () => {
  const perFile = Map.groupBy(LINES, ({ file }) => file);

  expect(FILES.length).toBeGreaterThanOrEqual(7);
  const added = [...perFile].map(([file, lines]) => [
    file,
    lines.filter(({ text }) => !text.startsWith('import ')).length,
  ]);
  expect(Object.fromEntries(added)).toEqual({
    'renderer/features/all.ts': 1,
    // A command and a live view.
    'main/operations/commands/index.ts': 2,
    'preload/contract/calls.ts': 1,
    'preload/contract/index.ts': 1,
    'main/operations/routes.ts': 1,
  });
});

test('main and the contract compile with it', { timeout: MOST_MS }, async () => {
  await tool('tsc', '-b', 'main', 'preload');
});

test('the page compiles with it', { timeout: MOST_MS }, async () => {
  await tool('svelte-check', '--tsconfig', 'renderer/tsconfig.json', '--output', 'human', '--threshold', 'error');
});

test('it keeps the boundaries, and says what it is', { timeout: MOST_MS }, async () => {
  const boundaries = await node('scripts/check-boundaries.ts').catch((error: Error) => error);
  expect(boundaries instanceof Error ? boundaries.message.split('\n') : []).toEqual([]);
  const { stdout, stderr } = await node('scripts/check-exports.ts');
  expect(`${stdout}${stderr}`).not.toContain('hostnames/');
});

test(
  'the call and the command answer, and the deed is done on each machine named, once',
  { timeout: MOST_MS },
  async () => {
    const { stdout } = await node('tests/template/try.ts');

    expect(JSON.parse(stdout)).toEqual({
      isInTable: true,
      listed: ['cp-1', 'cp-2', 'cp-3', 'worker-01'].map((hostname, index) => ({
        node: `10.5.0.${index + 2}`,
        hostname,
      })),
      rows: ['cp-1', 'cp-2'],
      hasLines: true,
      what: 'Restarted cp-1, cp-2',
      rebooted: ['10.5.0.2', '10.5.0.3'],
    });
  },
);

test('it is taken away by its files and its lines, and nothing is left', () => {
  uproot(copy);

  expect(fingerprint()).toBe(before);
});
