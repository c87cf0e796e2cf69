import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killWriters } from '../../scripts/fuzz/kills.ts';
import { StartedMain } from './support/start-main.ts';

test(
  'killed at any moment, every file is a whole version and nothing of the dead process is left at the next start',
  { timeout: 600_000 },
  async () => {
    const { kills, leftSomething, findings } = await killWriters();

    expect(findings).toEqual([]);
    // The kills did meet work.
    expect(leftSomething).toBeGreaterThan(kills / 10);
  },
);

test('the app itself tidies up at its start, also beside files it knows from the history alone', async () => {
  const dead = '4000000-0123456789ab';
  const lock = JSON.stringify({ pid: 4_000_000, host: hostname(), atMs: Date.now(), token: 't' });
  await using first = await StartedMain.start({
    talosconfigText: 'context: a\ncontexts:\n    a:\n        endpoints: []\n',
  });
  expect((await first.call('contexts.setNodes', { context: 'a', nodes: ['192.0.2.1'] })).ok).toBe(true);
  await first.kill();
  const [versions] = readdirSync(join(first.home, 'user-data', 'history'));
  const note = { kind: 'temporary', path: join(first.home, `.run.csv.minos-${dead}.tmp`), atMs: Date.now() };
  const forged = { ...note, path: join(first.home, 'config') };
  const left = {
    [`.config.minos-${dead}.tmp`]: 'key',
    [`.config.minos.lock`]: lock,
    [`.run.csv.minos-${dead}.tmp`]: 'key',
    [`user-data/.settings.json.minos-${dead}.tmp`]: '{}',
    [`user-data/unfinished/${dead}.json`]: JSON.stringify(note),
    [`user-data/unfinished/4000000-0123456789ac.json`]: JSON.stringify(forged),
    '.kube/config.lock': lock,
    [`.kube/.config.minos-${dead}.tmp`]: 'key',
    [`user-data/history/${versions!}/000000000000001-01234567.bytes`]: 'key',
  };

  await using main = await StartedMain.start({
    home: first.home,
    // Another one is in use now: that the first one was changed is known from the history.
    talosconfig: join(first.home, 'other'),
    files: left,
  });
  const names = (folder: string): readonly string[] => readdirSync(join(main.home, folder)).sort();

  expect(names('')).toEqual(['.kube', 'config', 'user-data']);
  expect(names('.kube')).toEqual([]);
  expect(names('user-data')).toEqual(['history', 'unfinished']);
  expect(names('user-data/unfinished')).toEqual([]);
  expect(names(`user-data/history/${versions!}`)).toHaveLength(2);
  expect(readFileSync(join(main.home, 'config'), 'utf8')).toContain('192.0.2.1');
  expect(main.unhandled).toEqual([]);
});

test('a lock of kubectl stays at the start, and its removal says what it did', async () => {
  await using main = await StartedMain.start({ files: { '.kube/config': '' }, confirms: true });
  const state = main.watch('kubeconfig.state');
  const value = await state.until(
    (one) => one.type === 'value' && (one.value as { files: unknown[] }).files.length > 0,
  );
  const { id: file } = (value as unknown as { value: { files: { id: string }[] } }).value.files[0]!;
  const lock = join(main.home, '.kube', 'config.lock');
  const remove = () => main.call('kubeconfig.removeLock', { file });

  // Nobody was shown one that young; as slow as this machine may be, it stays young.
  writeFileSync(lock, '');
  const later = Date.now() / 1_000 + 60;
  utimesSync(lock, later, later);
  expect(await remove()).toMatchObject({ ok: false, failure: { code: 'conflict' } });
  expect(await remove()).toEqual({ ok: true, value: 'removed' });
  expect(await remove()).toEqual({ ok: true, value: 'gone' });
  writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), atMs: Date.now(), token: 't' }));
  await expect.poll(async () => JSON.stringify(await remove())).toContain('belongs to another Minos');
  expect(readdirSync(join(main.home, '.kube'))).toEqual(['config', 'config.lock']);
});
