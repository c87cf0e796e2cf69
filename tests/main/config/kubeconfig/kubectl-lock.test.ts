import { mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockAgeMs, removeKubectlLock, takeKubectlLock } from '../../../../main/config/kubeconfig/kubectl-lock.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let folder = '';
const path = (): string => join(folder, 'config');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('makes an empty file of mode 000 beside the path as given, and removes it', async () => {
  await writeFile(join(folder, 'real'), '');
  await symlink(join(folder, 'real'), path());
  const lock = await takeKubectlLock(path(), { clock: systemClock });

  const { mode, size } = await stat(`${path()}.lock`);
  expect([mode & 0o777, size]).toEqual([0, 0]);
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

  const ageMs = (await lockAgeMs(path(), clock)) ?? 0;
  await expect(removeKubectlLock(path(), ageMs + 60_000, clock)).rejects.toMatchObject({
    failure: { code: 'conflict' },
  });
  expect(await readdir(folder)).toEqual(['config.lock']);
  await removeKubectlLock(path(), ageMs, clock);
  expect(await readdir(folder)).toEqual([]);
  expect(await lockAgeMs(path(), clock)).toBeUndefined();
});
