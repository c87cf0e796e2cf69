import { mkdtemp, mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256Hex } from '../../../main/files/fingerprint.ts';
import { watchFile, type FileWatch, type SeenFile, type WatchOptions } from '../../../main/files/watch.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

let folder = '';
let open: FileWatch[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-watch-'));
});
afterEach(async () => {
  for (const watch of open) watch.close();
  open = [];
  await rm(folder, { recursive: true, force: true });
});

/** A watch whose reports can be awaited one by one. */
async function start(
  path: string,
  options: Partial<WatchOptions> = {},
): Promise<{ watch: FileWatch; seen: SeenFile[]; next: () => Promise<SeenFile> }> {
  const seen: SeenFile[] = [];
  const waiting: ((value: SeenFile) => void)[] = [];
  let taken = 0;
  const watch = watchFile({
    path,
    clock: systemClock,
    // No polling unless a test wants it: what arrives came by an event.
    pollMs: 1_000_000,
    settleMs: 5,
    onChange: (value) => {
      seen.push(value);
      waiting.shift()?.(value);
    },
    ...options,
  });
  open.push(watch);
  await watch.check();
  const next = (): Promise<SeenFile> =>
    new Promise((resolve) => {
      const value = seen[taken++];
      if (value) resolve(value);
      else waiting.push(resolve);
    });
  return { watch, seen, next };
}

const present = (text: string): SeenFile => ({ kind: 'present', sha256: sha256Hex(text) });

test('a write in place, a replacement by rename, a deletion and a new file are reported', async () => {
  const path = join(folder, 'config');
  await writeFile(path, 'one\n');
  const { next } = await start(path);

  await writeFile(path, 'two\n');
  expect(await next()).toEqual(present('two\n'));
  await writeFile(join(folder, 'new'), 'three\n');
  await rename(join(folder, 'new'), path);
  expect(await next()).toEqual(present('three\n'));
  await unlink(path);
  expect(await next()).toEqual({ kind: 'missing' });
  await writeFile(path, 'four\n');
  expect(await next()).toEqual(present('four\n'));
});

test('an expected write of our own is not reported, the one after it is', async () => {
  const path = join(folder, 'config');
  await writeFile(path, 'one\n');
  const { watch, seen, next } = await start(path);

  watch.expect(sha256Hex('ours\n'));
  await writeFile(path, 'ours\n');
  await watch.check();
  await writeFile(path, 'theirs\n');

  expect(await next()).toEqual(present('theirs\n'));
  expect(seen).toHaveLength(1);
});

test('the target of a symbolic link is watched, and a changed link too', async () => {
  await mkdir(join(folder, 'a'));
  await mkdir(join(folder, 'b'));
  await writeFile(join(folder, 'a', 'real'), 'one\n');
  await writeFile(join(folder, 'b', 'other'), 'elsewhere\n');
  const link = join(folder, 'config');
  await symlink(join(folder, 'a', 'real'), link);
  const { next } = await start(link);

  await writeFile(join(folder, 'a', 'real'), 'two\n');
  expect(await next()).toEqual(present('two\n'));
  await symlink(join(folder, 'b', 'other'), join(folder, 'next'));
  await rename(join(folder, 'next'), link);
  expect(await next()).toEqual(present('elsewhere\n'));
  await writeFile(join(folder, 'b', 'other'), 'again\n');
  expect(await next()).toEqual(present('again\n'));
});

test('a difference to what the caller knows is reported at once', async () => {
  const path = join(folder, 'config');
  await writeFile(path, 'two\n');

  const { next } = await start(path, { known: present('one\n') });

  expect(await next()).toEqual(present('two\n'));
});

test('polls where the system cannot watch, also below a folder that does not exist yet', async () => {
  const clock = new FakeClock();
  const path = join(folder, 'later', 'config');
  const { watch, next } = await start(path, {
    clock,
    pollMs: 700,
    watchFolder: () => {
      throw new Error('ENOSPC');
    },
  });

  await mkdir(join(folder, 'later'));
  await writeFile(path, 'one\n');
  clock.advance(700);

  expect(await next()).toEqual(present('one\n'));
  await watch.check();
  watch.close();
  expect(clock.active).toBe(0);
});

test('a folder in the place of the file is reported as unreadable', async () => {
  const path = join(folder, 'config');
  const { next } = await start(path);

  await mkdir(path);

  expect(await next()).toEqual({ kind: 'unreadable' });
});

test('a file that its reader could not read is reported once it can be, although nothing about it changes', async () => {
  const path = join(folder, 'config');
  await writeFile(path, 'one\n');
  // So long ago that its times prove that nothing changed.
  const { watch, seen } = await start(path, { clock: new FakeClock(Date.now() + 3_600_000) });
  await watch.check();
  expect(seen).toEqual([]);

  watch.couldNotRead();
  await watch.check();

  expect(seen).toEqual([present('one\n')]);
});
