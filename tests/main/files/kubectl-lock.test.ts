import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeKubectlLock, removeOwnKubectlLock, seeLock, takeKubectlLock } from '../../../main/files/kubectl-lock.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

let folder = '';
const path = (): string => join(folder, 'config');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('makes a file that names this process beside the path as given, and removes it', async () => {
  await writeFile(join(folder, 'real'), '');
  await symlink(join(folder, 'real'), path());
  const lock = await takeKubectlLock(path(), { clock: systemClock });

  expect((await stat(`${path()}.lock`)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(`${path()}.lock`, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
  await lock.release();
  expect(await readdir(folder)).toEqual(['config', 'real']);
});

test('waits for a lock that goes away', async () => {
  const clock = new FakeClock();
  const first = await takeKubectlLock(path(), { clock });
  const second = takeKubectlLock(path(), { clock });
  while (clock.active === 0) await new Promise((resolve) => setImmediate(resolve));
  await first.release();
  clock.advance(50);

  await (await second).release();
  expect(await readdir(folder)).toEqual([]);
});

test('says after 2 s how old a lock is, and removes it only as the one that was shown', async () => {
  await writeFile(`${path()}.lock`, '', { mode: 0 });
  const threeMinutesAgo = new Date(Date.now() - 180_000);
  await utimes(`${path()}.lock`, threeMinutesAgo, threeMinutesAgo);
  const clock = new FakeClock(Date.now());
  const taking = takeKubectlLock(path(), { clock });
  const failed = expect(taking).rejects.toMatchObject({
    failure: { code: 'conflict', message: expect.stringContaining('for 3 min') as string, where: { field: 'lock' } },
  });
  for (let i = 0; i < 60; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    clock.advance(50);
  }
  await failed;

  const seen = (await seeLock(path(), clock))!;
  await expect(removeKubectlLock(path(), { ...seen, mark: 'another' }, clock)).rejects.toMatchObject({
    failure: { code: 'conflict', message: expect.stringMatching(/another lock than .* 3 min old/) as string },
  });
  expect(await readdir(folder)).toEqual(['config.lock']);
  expect(await removeKubectlLock(path(), seen, clock)).toBe('removed');
  expect(await readdir(folder)).toEqual([]);
  expect(await removeKubectlLock(path(), seen, clock)).toBe('gone');
});

const writeOwn = (text: object): Promise<void> =>
  writeFile(`${path()}.lock`, JSON.stringify({ host: hostname(), atMs: Date.now(), token: 't', ...text }));

test('one of a Minos that died is taken over by the next write, and removed at the next start', async () => {
  await writeOwn({ pid: 4_000_000 });
  await (await takeKubectlLock(path(), { clock: systemClock, waitMs: 0 })).release();
  expect(await readdir(folder)).toEqual([]);

  await writeOwn({ pid: 4_000_000 });
  expect(await removeOwnKubectlLock(path(), systemClock)).toBe(true);
  expect(await readdir(folder)).toEqual([]);
});

test('one of a Minos that lives, and one of kubectl, are left alone at the next start', async () => {
  await writeOwn({ pid: process.ppid });
  expect(await removeOwnKubectlLock(path(), systemClock)).toBe(false);
  const seen = (await seeLock(path(), systemClock))!;
  await expect(removeKubectlLock(path(), seen, systemClock)).rejects.toThrow(`another Minos (process ${process.ppid})`);

  await rm(`${path()}.lock`);
  await writeFile(`${path()}.lock`, '', { mode: 0 });
  expect(await removeOwnKubectlLock(path(), systemClock)).toBe(false);
  expect(await readdir(folder)).toEqual(['config.lock']);
});

test.each<[string, () => Promise<unknown>]>([
  ['symbolic link', () => symlink(join(folder, 'nowhere'), `${path()}.lock`)],
  ['folder', () => mkdir(`${path()}.lock`)],
])('a %s in its place is said at once and left alone', async (kind, make) => {
  await make();

  await expect(takeKubectlLock(path(), { clock: systemClock })).rejects.toThrow(`${path()}.lock is a ${kind}`);
  await expect(seeLock(path(), systemClock)).rejects.toThrow(`is a ${kind}`);
  expect(await readdir(folder)).toEqual(['config.lock']);
});
