// One piece: every case begins with the same file and its history.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conflictPath } from '../../../main/files/beside-names.ts';
import { History, type HistoryOptions } from '../../../main/files/history.ts';
import { pruneVersions } from '../../../main/files/own/prune-versions.ts';
import { FileReplacer } from '../../../main/files/replace.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

let folder = '';
let replacer: FileReplacer;
let clock: FakeClock;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-history-'));
  replacer = new FileReplacer({ clock: systemClock, watchMs: 1, lookEveryMs: 1 });
  clock = new FakeClock();
});
afterEach(async () => {
  await replacer.close();
  await rm(folder, { recursive: true, force: true });
});

const KEY = 'LS0tLS1CRUdJTiBFRDI1NTE5IFBSSVZBVEUgS0VZLS0tLS0K';
const version = (n: number): string =>
  `# v${n}\ncontext: a\ncontexts:\n    a:\n        endpoints: [e${n}]\n        key: ${KEY}${n}\n`;
const path = (): string => join(folder, 'config');
const history = (options: Partial<HistoryOptions> = {}): History =>
  new History({ folder: join(folder, 'history'), clock, replacer, ...options });
const read = (): Promise<string> => readFile(path(), 'utf8');

async function change(kept: History, to: string | number, what = `to ${to}`): Promise<void> {
  const before = await readFile(path()).catch(() => undefined);
  await kept.change({ path: path(), what, before, after: Buffer.from(typeof to === 'number' ? version(to) : to) });
}

test('undo puts back the bytes, also after a restart, and can be undone', async () => {
  await writeFile(path(), version(1));
  await change(history(), 2);

  const later = history();
  const [entry] = await later.list(path());
  await later.undo(path(), entry!.id);
  expect(await read()).toBe(version(1));
  const [undone] = await later.list(path());
  await later.undo(path(), undone!.id);

  const [redone] = await later.list(path());
  expect([await read(), entry!.what, undone!.what]).toEqual([version(2), 'to 2', 'Undid: to 2']);
  expect(redone!.what).toBe('Did again: to 2');
  await later.undo(path(), redone!.id);
  expect((await later.list(path()))[0]!.what).toBe('Undid: to 2');
});

test('what another program wrote at the same moment is a version: put back by undo, forgotten with the others', async () => {
  await writeFile(path(), version(1));
  const kept = history({
    seal: { seal: (bytes) => Promise.resolve(flip(bytes)), open: (bytes) => Promise.resolve(flip(bytes)) },
  });
  await change(kept, 2);
  await kept.keepOther(path(), Buffer.from('theirs\n'));

  const [entry] = await kept.list(path());
  expect([entry!.what, entry!.isSealed]).toEqual(['Replaced what another program wrote at the same moment', true]);
  await kept.undo(path(), entry!.id);
  expect(await read()).toBe('theirs\n');

  await writeFile(conflictPath(path(), 0), 'theirs');
  await kept.forget(path());
  expect([await kept.list(path()), (await readdir(folder)).sort()]).toEqual([[], ['config', 'history']]);
});

const flip = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xff);

test('a symbolic link and its target share one history', async () => {
  await writeFile(path(), version(1));
  await symlink(path(), join(folder, 'link'));
  await change(history(), 2);

  expect((await history().list(join(folder, 'link'))).map((e) => e.what)).toEqual(['to 2']);
});

test('undo of the change that made the file removes it, and can be undone', async () => {
  await change(history(), 1);
  const [entry] = await history().list(path());

  await history().undo(path(), entry!.id);

  await expect(read()).rejects.toThrow(/ENOENT/);
  const [undone] = await history().list(path());
  await history().undo(path(), undone!.id);
  expect([await read(), undone!.what]).toEqual([version(1), 'Undid: to 1']);
});

test('a change that was made again by others meanwhile is not undone over a file that is there', async () => {
  await change(history(), 1);
  await history().undo(path(), (await history().list(path()))[0]!.id);
  await writeFile(path(), version(7));

  const [undone] = await history().list(path());

  await expect(history().undo(path(), undone!.id)).rejects.toMatchObject({ failure: { code: 'conflict' } });
  expect(await read()).toBe(version(7));
});

test('undo of a file that changed since is a conflict and changes nothing', async () => {
  await writeFile(path(), version(1));
  await change(history(), 2);
  await writeFile(path(), 'theirs: 1\n');
  const [entry] = await history().list(path());

  await expect(history().undo(path(), entry!.id)).rejects.toMatchObject({ failure: { code: 'conflict' } });
  expect([await read(), (await history().list(path())).length]).toEqual(['theirs: 1\n', 1]);
});

test('a change that did not happen is not in the history', async () => {
  await writeFile(path(), version(1));

  const failed = history().change({
    path: path(),
    what: 'x',
    before: Buffer.from('something else'),
    after: Buffer.from('y'),
  });

  await expect(failed).rejects.toMatchObject({ failure: { code: 'conflict' } });
  expect([await read(), await history().list(path())]).toEqual([version(1), []]);
});

/** Another text with the same key. */
const edited = (n: number): string => version(0).replace('[e0]', `[10.0.0.${n}]`);

test('a version whose key is nowhere else is not pushed out by newer changes', async () => {
  const [first, second] = [`${KEY}first`, `${KEY}second`].map((key) => version(0).replace(`${KEY}0`, key));
  const keyless = version(0).replace(/ {8}key: .*\n/, '');
  await writeFile(path(), first!);
  await change(history(), second!, 'replaced the first key');
  await change(history(), keyless, 'removed the second key');
  for (let n = 1; n <= 20; n++) {
    clock.advance(1);
    await change(history({ maxVersions: 5 }), keyless.replace('[e0]', `[10.0.1.${n}]`), `edit ${n}`);
  }

  const kept = await history().list(path());

  expect(kept.map(({ what }) => what)).toEqual([
    ...[20, 19, 18, 17, 16].map((n) => `edit ${n}`),
    'removed the second key',
    'replaced the first key',
  ]);
  expect((await history().before(path(), kept.at(-1)!.id)).toString()).toBe(first);
  expect((await history().before(path(), kept.at(-2)!.id)).toString()).toBe(second);
});

test('what was lost while another program wrote in between is kept as well', async () => {
  await writeFile(path(), edited(0));
  await change(history(), edited(1), 'the last one that holds the key');
  await writeFile(path(), '# theirs\n');
  for (let n = 1; n <= 10; n++) await change(history({ maxVersions: 3 }), `# mine ${n}\n`);

  const whats = (await history().list(path())).map(({ what }) => what);

  expect(whats).toHaveLength(4);
  expect(whats.at(-1)).toBe('the last one that holds the key');
});

test('removing and undoing again and again keeps one copy', async () => {
  const keyless = version(0).replace(/ {8}key: .*\n/, '');
  await writeFile(path(), version(0));
  for (let n = 0; n < 20; n++) await change(history({ maxVersions: 4 }), n % 2 === 0 ? keyless : version(0));

  expect(await history().list(path())).toHaveLength(4);
});

test('a change that would be one too many to keep is refused, and nothing is lost', async () => {
  await writeFile(path(), version(0));
  const limited = (): History => history({ maxOnlyCopies: 3 });
  for (let n = 1; n <= 3; n++) await change(limited(), n);

  await expect(change(limited(), 4)).rejects.toMatchObject({ failure: { code: 'precondition' } });
  expect([await read(), (await limited().list(path())).length]).toEqual([version(3), 3]);
  await change(limited(), version(3).replace('[e3]', '[e9]'), 'loses nothing');
  expect(await limited().list(path())).toHaveLength(4);
});

test('a change that is recorded while the user is asked is not forgotten with the others', async () => {
  await writeFile(path(), version(0));
  await change(history(), 1);
  const [shown] = await history().list(path());
  await change(history(), 2);

  await history().forget(path(), shown!.id);

  expect((await history().list(path())).map(({ what }) => what)).toEqual(['to 2']);
});

test('keeps the last fifty versions, for thirty days, until they are forgotten', async () => {
  await writeFile(path(), edited(0));
  for (let n = 1; n <= 55; n++) {
    clock.advance(1);
    await change(history(), edited(n), `to ${n}`);
  }
  expect((await history().list(path())).map((e) => e.what)).toEqual(
    Array.from({ length: 50 }, (_, i) => `to ${55 - i}`),
  );
  const [kept] = await readdir(join(folder, 'history'));
  expect(await readdir(join(folder, 'history', kept!))).toHaveLength(100);

  clock.advance(31 * 24 * 60 * 60 * 1_000);
  expect(await history().list(path())).toEqual([]);
  await history().expire();
  expect(await readdir(join(folder, 'history'))).toEqual([]);

  await change(history(), 56);
  await history().forget(path());
  await replacer.close();
  expect([await history().list(path()), (await readdir(folder)).sort()]).toEqual([[], ['config', 'history']]);
});

test.skipIf(process.platform === 'win32')('everything is readable by the owner only', async () => {
  await writeFile(path(), version(1));
  await change(history(), 2);

  const [inner] = await readdir(join(folder, 'history'));
  const files = await readdir(join(folder, 'history', inner!));
  const modes = await Promise.all(
    ['', inner!, ...files.map((f) => join(inner!, f))].map(
      async (name) => (await stat(join(folder, 'history', name))).mode & 0o777,
    ),
  );
  expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
});

describe('with a keychain', () => {
  const seal = {
    seal: async (bytes: Uint8Array) => Buffer.from(bytes).map((b) => b ^ 0x55),
    open: async (bytes: Uint8Array) => Buffer.from(bytes).map((b) => b ^ 0x55),
  };

  test('old bytes are encrypted and still undone', async () => {
    await writeFile(path(), version(1));
    await change(history({ seal }), 2);
    const [inner] = await readdir(join(folder, 'history'));
    for (const file of await readdir(join(folder, 'history', inner!))) {
      expect(await readFile(join(folder, 'history', inner!, file), 'latin1')).not.toContain(KEY);
    }
    const [entry] = await history({ seal }).list(path());

    await expect(history().undo(path(), entry!.id)).rejects.toMatchObject({ failure: { code: 'file-access' } });
    await history({ seal }).undo(path(), entry!.id);

    expect(await read()).toBe(version(1));
  });

  test('damaged bytes are not put back', async () => {
    await writeFile(path(), version(1));
    await change(history({ seal }), 2);
    const [inner] = await readdir(join(folder, 'history'));
    const bytes = (await readdir(join(folder, 'history', inner!))).find((f) => f.endsWith('.bytes'))!;
    await writeFile(join(folder, 'history', inner!, bytes), 'x');
    const [entry] = await history({ seal }).list(path());

    await expect(history({ seal }).undo(path(), entry!.id)).rejects.toMatchObject({
      failure: { code: 'file-invalid' },
    });
    expect(await read()).toBe(version(2));
  });
});

test('a damaged or vanished entry does not hide the others', async () => {
  await writeFile(path(), version(0));
  for (let n = 1; n <= 3; n++) {
    clock.advance(1);
    await change(history(), n);
  }
  const [inner] = await readdir(join(folder, 'history'));
  const files = (await readdir(join(folder, 'history', inner!))).filter((f) => f.endsWith('.json')).sort();
  await writeFile(join(folder, 'history', inner!, files[0]!), '{"id": 5');
  await unlink(join(folder, 'history', inner!, files[1]!));

  expect((await history().list(path())).map((e) => e.what)).toEqual(['to 3']);
});

test('damaged entries with moments to come do not push out the change that is made', async () => {
  await writeFile(path(), version(0));
  await change(history(), 1);
  const [inner] = await readdir(join(folder, 'history'));
  for (let n = 0; n < 60; n++) {
    await writeFile(join(folder, 'history', inner!, `999999999999999-000000${String(n).padStart(2, '0')}.json`), '{}');
  }
  clock.advance(1);

  await change(history(), 2);

  expect((await history().list(path())).map((e) => e.what)).toEqual(['to 2', 'to 1']);
});

test('what a crash left while a version was recorded or forgotten is gone after the next start', async () => {
  await writeFile(path(), version(0));
  await change(history(), 1);
  const [inner] = await readdir(join(folder, 'history'));
  const at = (name: string): string => join(folder, 'history', inner!, name);
  const earlier = String(Math.floor(Date.now() - process.uptime() * 1_000) - 20).padStart(15, '0');
  const now = String(Date.now()).padStart(15, '0');
  const [mine, other] = [process.pid, process.ppid].map((pid) => pid.toString(16).padStart(6, '0'));
  const garbage = [`${earlier}-${mine}01.bytes`, `${earlier}-${mine}02.half`, `${now}-3d090003.bytes`];
  // Recent, but of before this process started only when that was less than a minute ago.
  const recent = String(Date.now() - 10_000).padStart(15, '0');
  const inUse = [`${now}-${mine}04.bytes`, `${recent}-${other}05.bytes`];
  for (const name of [...garbage, ...inUse]) await writeFile(at(name), KEY);
  await writeFile(at('notes.txt'), 'mine');
  const forgotten = join(folder, 'history', `${inner!}.forgotten-0123456789ab`);
  await mkdir(forgotten);
  await writeFile(join(forgotten, `${now}-00000004.bytes`), KEY);

  const entry = `${(await history().list(path()))[0]!.id}.json`;
  await writeFile(join(forgotten, entry), await readFile(at(entry)));
  await writeFile(`${path()}.minos-backup`, version(0));

  await history({ clock: systemClock, maxAgeMs: Infinity }).expire();

  // The rest of forgetting.
  expect(await readdir(folder)).not.toContain('config.minos-backup');

  expect(await readdir(join(folder, 'history'))).toEqual([inner]);
  const names = await readdir(at(''));
  expect(names.filter((name) => garbage.includes(name))).toEqual([]);
  // Living processes may be recording; other files are not ours.
  expect(names).toEqual(expect.arrayContaining([...inUse, 'notes.txt']));
  expect(await history().paths()).toEqual([path()]);
});

test("what is left of an earlier process of the same number is nobody's, however long the start takes", async () => {
  const [nowMs, startedAtMs] = [1_800_000_000_000, 1_799_999_990_000];
  const mine = process.pid.toString(16).padStart(6, '0');
  const [before, since] = [startedAtMs - 1, startedAtMs].map(
    (atMs) => `${String(atMs).padStart(15, '0')}-${mine}01.half`,
  );
  for (const name of [before!, since!]) await writeFile(join(folder, name), KEY);

  await pruneVersions(folder, { maxVersions: 10, oldestMs: 0, nowMs, startedAtMs });

  expect(await readdir(folder)).toEqual([since]);
});

test('a long sentence and a long difference are cut, and can still be undone', async () => {
  await writeFile(path(), version(1));
  const diff = Array.from({ length: 5_000 }, (_, n) => ({
    kind: 'added' as const,
    new: n + 1,
    text: 'x'.repeat(5_000),
  }));
  await change(history({ diff: () => diff }), 2, 'x'.repeat(10_000));

  const [entry] = await history().list(path());
  expect([entry!.what.length, JSON.stringify(entry!.diff).length < 100_000]).toEqual([2_000, true]);
  await history().undo(path(), entry!.id);
  expect(await read()).toBe(version(1));
});

describe('the backup that an earlier Minos left beside a file', () => {
  const backup = (): string => `${path()}.minos-backup`;
  const hasBackup = async (): Promise<boolean> => (await readdir(folder)).includes('config.minos-backup');

  test('goes at the start when the versions hold it', async () => {
    await writeFile(path(), version(1));
    await change(history(), 2);
    await writeFile(backup(), version(1), { mode: 0o644 });

    await history().takeOverBackup(path());

    expect([await hasBackup(), (await history().list(path())).length]).toEqual([false, 1]);
  });

  test('becomes the oldest version, so that the last change stays the one that is undone', async () => {
    await writeFile(path(), version(1));
    await change(history(), 2);
    await writeFile(backup(), version(0));

    await history().takeOverBackup(path());

    const [last, first] = await history().list(path());
    expect([await hasBackup(), last?.what, first?.what]).toEqual([
      false,
      'to 2',
      'The version before Minos first changed this file',
    ]);
    expect(Buffer.from(await history().before(path(), first!.id)).toString()).toBe(version(0));
    await history().undo(path(), last!.id);
    expect(await read()).toBe(version(1));
  });

  test('is sealed like every version, readable by the owner only, and goes after 30 days', async () => {
    const seal = {
      seal: (bytes: Uint8Array) => Promise.resolve(Buffer.from(bytes).reverse()),
      open: (bytes: Uint8Array) => Promise.resolve(Buffer.from(bytes).reverse()),
    };
    await writeFile(path(), version(1));
    await writeFile(backup(), version(0), { mode: 0o644 });

    await history({ seal }).takeOverBackup(path());

    const [entry] = await history().list(path());
    const kept = join(folder, 'history', (await readdir(join(folder, 'history')))[0]!, `${entry!.id}.bytes`);
    expect([await readFile(kept, 'utf8'), (await stat(kept)).mode & 0o777]).toEqual([
      [...version(0)].reverse().join(''),
      0o600,
    ]);
    clock.advance(31 * 24 * 3_600_000);
    await history().expire();
    expect(await readdir(join(folder, 'history'))).toEqual([]);
  });

  test('moves with the next change, below it', async () => {
    await writeFile(path(), version(1));
    await writeFile(backup(), version(0));

    await change(history(), 2);

    expect([await hasBackup(), (await history().list(path())).map(({ what }) => what)]).toEqual([
      false,
      ['to 2', 'The version before Minos first changed this file'],
    ]);
  });

  test('stays while the version that holds it is damaged or no place is left for it', async () => {
    await writeFile(path(), version(1));
    const few = { maxVersions: 1 };
    await change(history(few), 2);
    const [entry] = await history().list(path());
    await writeFile(backup(), version(1));
    const inner = (await readdir(join(folder, 'history')))[0]!;
    await writeFile(join(folder, 'history', inner, `${entry!.id}.bytes`), 'damaged');

    await history(few).takeOverBackup(path());

    expect(await readFile(backup(), 'utf8')).toBe(version(1));
  });

  test('is left alone when it is a link', async () => {
    await writeFile(path(), version(1));
    await writeFile(join(folder, 'victim'), 'victim');
    await symlink(join(folder, 'victim'), backup());

    await history().takeOverBackup(path());
    await change(history(), 2);

    expect([await hasBackup(), await readFile(join(folder, 'victim'), 'utf8')]).toEqual([true, 'victim']);
  });
});
