// One piece: the same race between writers, seen from every side.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { conflictPath, lockPath, oldVersionPath, temporaryPath } from '../../../main/files/beside-names.ts';
import { sha256Hex } from '../../../main/files/fingerprint.ts';
import { FileReplacer } from '../../../main/files/replace.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { canRunUnprivileged, unprivileged } from './unprivileged.ts';

/** Long, because everything that can happen to a file while it is replaced stands beside each other, on real files. */

let folder = '';
let replacer: FileReplacer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-replace-'));
  replacer = new FileReplacer({ clock: systemClock, watchMs: 100, lookEveryMs: 5, lockWaitMs: 100 });
});
afterEach(async () => {
  await replacer.close();
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});

const path = (name = 'config'): string => join(folder, name);
const modeOf = async (name = 'config'): Promise<number> => (await stat(path(name))).mode & 0o777;
const read = (name = 'config'): Promise<string> => readFile(path(name), 'utf8');

async function put(text: string, mode = 0o600, name = 'config'): Promise<string> {
  await writeFile(path(name), text);
  await chmod(path(name), mode);
  return sha256Hex(text);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Failed) return error.failure.code;
    throw error;
  }
  return 'done';
}

const replace = (content: string, expected: string, name = 'config'): ReturnType<FileReplacer['replace']> =>
  replacer.replace({ path: path(name), expected, content: Buffer.from(content) });

describe('a replacement', () => {
  test('puts the new bytes in place, keeps the mode and leaves nothing beside the file', async () => {
    const expected = await put('one', 0o640);
    const before = await stat(path());

    const replaced = await replace('two', expected);

    expect([await read(), await modeOf(), (await stat(path())).ino === before.ino]).toEqual(['two', 0o640, false]);
    expect(await replaced.settled).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual(['config']);
  });

  test('makes a new file with mode 0600 in a new folder with mode 0700', async () => {
    const replaced = await replace('one', 'missing', 'a/b/config');

    expect([await read('a/b/config'), await modeOf('a/b/config'), await modeOf('a'), await modeOf('a/b')]).toEqual([
      'one',
      0o600,
      0o700,
      0o700,
    ]);
    expect(await replaced.settled).toEqual([]);
    expect(await readdir(path('a/b'))).toEqual(['config']);
  });

  test('follows symbolic links and leaves them links', async () => {
    await mkdir(path('real'));
    const expected = await put('one', 0o600, 'real/config');
    await symlink('real/config', path('second'));
    await symlink(path('second'), path('config'));

    await replace('two', expected);

    expect([
      await read('real/config'),
      (await lstat(path())).isSymbolicLink(),
      (await lstat(path('second'))).isSymbolicLink(),
    ]).toEqual(['two', true, true]);
  });

  test('makes the target of a link that leads nowhere yet', async () => {
    await symlink(path('later/config'), path('config'));

    await replace('one', 'missing');

    expect([await read('later/config'), (await lstat(path())).isSymbolicLink()]).toEqual(['one', true]);
  });

  test('of the same bytes changes nothing', async () => {
    const expected = await put('one');
    const before = await stat(path());

    await replace('one', expected);

    expect((await stat(path())).ino).toBe(before.ino);
    expect(await readdir(folder)).toEqual(['config']);
  });

  test('tells what is coming before the file changes', async () => {
    const expected = await put('one');
    const told: string[] = [];

    await replacer.replace({
      path: path(),
      expected,
      content: Buffer.from('two'),
      beforeChange: (sha256) => told.push(sha256),
    });

    expect(told).toEqual([sha256Hex('two')]);
  });

  test('two at once are done one after the other: the later one meets a changed file', async () => {
    const expected = await put('one');

    const results = await Promise.all([codeOf(replace('two', expected)), codeOf(replace('three', expected))]);

    expect([...results].sort()).toEqual(['conflict', 'done']);
    expect(await read()).toBe(results[0] === 'done' ? 'two' : 'three');
  });
});

describe('a file that is no longer what was read', () => {
  test.each<[string, () => Promise<unknown>, string | undefined]>([
    ['changed', () => put('theirs'), 'theirs'],
    ['gone', () => unlink(path()), undefined],
  ])('%s is a conflict, and stays', async (_name, change, left) => {
    const expected = await put('one');
    await change();

    expect(await codeOf(replace('two', expected))).toBe('conflict');
    expect(await read().catch(() => undefined)).toBe(left);
  });

  test('one that appeared is a conflict, and stays', async () => {
    await put('theirs');

    expect([await codeOf(replace('two', 'missing')), await read()]).toEqual(['conflict', 'theirs']);
  });
});

describe('other writers', () => {
  test('one that held the old file open has its version taken over, and nothing stays beside the file', async () => {
    const taken: string[] = [];
    const keepOther = (target: string, bytes: Uint8Array): Promise<void> => {
      taken.push(target, Buffer.from(bytes).toString());
      return Promise.resolve();
    };
    const expected = await put('one');
    const theirs = await open(path(), 'r+');
    const replaced = await replacer.replace({ path: path(), expected, content: Buffer.from('ours'), keepOther });
    await theirs.truncate(0);
    await theirs.write('theirs\n');
    await theirs.close();

    expect(await replaced.settled).toEqual([{ kind: 'wrote-old-version' }]);
    expect([taken, await read(), await readdir(folder)]).toEqual([[path(), 'theirs\n'], 'ours', ['config']]);
  });

  test('one that held the old file open keeps its version under another name', async () => {
    const expected = await put('one');
    const theirs = await open(path(), 'r+');
    const replaced = await replace('ours', expected);
    await theirs.truncate(0);
    await theirs.write('theirs\n');
    await theirs.close();

    const [interference] = await replaced.settled;

    expect(interference?.kind).toBe('wrote-old-version');
    expect(await read()).toBe('ours');
    expect(interference?.kind === 'wrote-old-version' && (await readFile(interference.keptAt!, 'utf8'))).toBe(
      'theirs\n',
    );
  });

  test('one that overwrites our version is reported, its bytes stay', async () => {
    const replaced = await replace('ours', await put('one'));
    await writeFile(path(), 'theirs\n');

    expect(await replaced.settled).toEqual([{ kind: 'overwrote-ours', sha256: sha256Hex('theirs\n') }]);
    expect(await read()).toBe('theirs\n');
  });

  test.each<[string, 'old' | 'ours']>([
    ['the old version', 'old'],
    ['ours', 'ours'],
  ])('one that is between truncating and writing %s, when the look-out ends, is waited for', async (_name, which) => {
    let looks = 0;
    const after = (ms: number, run: () => void): (() => void) => {
      looks++;
      return systemClock.after(ms, run);
    };
    const patient = new FileReplacer({ clock: { ...systemClock, after }, watchMs: 1_000_000, lookEveryMs: 1_000_000 });
    const expected = await put('one');
    const before = await open(path(), 'r+');
    const replaced = await patient.replace({ path: path(), expected, content: Buffer.from('ours') });
    const theirs = which === 'old' ? before : await open(path(), 'r+');
    await theirs.truncate(0);
    const closed = patient.close();
    // The look-out looks at it until the writer is done.
    for (const piece of ['th', 'eirs\n']) {
      const seen = looks;
      await vi.waitFor(() => expect(looks).toBeGreaterThan(seen + 3), { interval: 5 });
      await theirs.write(piece);
    }
    await closed;
    for (const handle of new Set([before, theirs])) await handle.close();

    const [interference] = await replaced.settled;
    if (which === 'ours') expect(interference).toEqual({ kind: 'overwrote-ours', sha256: sha256Hex('theirs\n') });
    else
      expect(interference?.kind === 'wrote-old-version' && (await readFile(interference.keptAt!, 'utf8'))).toBe(
        'theirs\n',
      );
  });

  test('our own next version is nobody else’s', async () => {
    const first = await replace('two', await put('one'));
    const second = await replace('three', sha256Hex('two'));

    expect([await first.settled, await second.settled]).toEqual([[], []]);
  });

  test('close ends the look-out and removes the second name', async () => {
    const slow = new FileReplacer({ clock: systemClock, watchMs: 1_000_000 });
    const replaced = await slow.replace({ path: path(), expected: await put('one'), content: Buffer.from('two') });
    expect(await readdir(folder)).toHaveLength(2);

    await slow.close();

    expect(await replaced.settled).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual(['config']);
  });
});

describe('the lock between two Minos processes', () => {
  const writeLock = (text: object): Promise<void> =>
    writeFile(lockPath(path()), JSON.stringify({ host: hostname(), atMs: Date.now(), token: 't', ...text }));

  test('of a living process is respected', async () => {
    const expected = await put('one');
    await writeLock({ pid: process.ppid });

    expect([await codeOf(replace('two', expected)), await read()]).toEqual(['conflict', 'one']);
  });

  test.each<[string, object]>([
    ['a process that died', { pid: 4_000_000 }],
    ['our number from before we started', { pid: process.pid, atMs: Date.now() - 20_000 - process.uptime() * 1_000 }],
    ['half a minute ago', { pid: process.ppid, atMs: Date.now() - 31_000 }],
    ['nobody, since its process died while writing it', { pid: 0, atMs: Date.now() - 2_000 }],
    ['another computer half a minute ago', { pid: 1, host: 'elsewhere', atMs: Date.now() - 31_000 }],
  ])('of %s is taken over', async (_name, text) => {
    const expected = await put('one');
    await writeLock(text);

    expect([await codeOf(replace('two', expected)), await read()]).toEqual(['done', 'two']);
    await replacer.close();
    expect((await readdir(folder)).sort()).toEqual(['config']);
  });

  test('of another computer is respected', async () => {
    const expected = await put('one');
    await writeLock({ pid: 4_000_000, host: 'elsewhere' });

    expect(await codeOf(replace('two', expected))).toBe('conflict');
  });
});

describe('what cannot be written leaves the file unchanged', () => {
  test('more than 32 MB', async () => {
    const expected = await put('one');

    expect(
      await codeOf(replacer.replace({ path: path(), expected, content: Buffer.alloc(32 * 1024 * 1024 + 1) })),
    ).toBe('too-large');
    expect(await read()).toBe('one');
  });

  test('a folder in the place of the file', async () => {
    await mkdir(path());

    expect(await codeOf(replace('two', 'missing'))).toBe('file-access');
  });

  const file = new URL('./children/replace-once.ts', import.meta.url).pathname;
  const inChild = (expected: string, size: number, before = ''): string => {
    const words = [process.execPath, file, path(), expected, String(size)];
    return spawnSync('sh', ['-c', `${before} exec "$0" "$@"`, ...words], { ...unprivileged, encoding: 'utf8' }).stdout;
  };

  test.skipIf(!canRunUnprivileged(file))('a read-only file and a read-only folder', async () => {
    const expected = await put('one', 0o400);
    for (const at of [folder, path()]) await chown(at, unprivileged.uid ?? -1, unprivileged.gid ?? -1);

    const results = [inChild(expected, 3)];
    await chmod(path(), 0o600);
    await chmod(folder, 0o500);
    results.push(inChild(expected, 3));
    await chmod(folder, 0o700);
    results.push(inChild('missing', 3), inChild(expected, 3));

    expect(results.map((text) => text.split(':')[0])).toEqual(['file-access', 'file-access', 'conflict', 'done']);
    expect((await readdir(folder)).sort()).toEqual(['config']);
  });

  test.skipIf(!canRunUnprivileged(file))('a file size limit (EFBIG)', async () => {
    const expected = await put('one');
    for (const at of [folder, path()]) await chown(at, unprivileged.uid ?? -1, unprivileged.gid ?? -1);

    const result = inChild(expected, 1_000_000, 'ulimit -f 64;');

    expect(result).toMatch(/^file-access: .* largest size allowed/);
    expect([await read(), await readdir(folder)]).toEqual(['one', ['config']]);
  });
});

describe('a full disk', () => {
  const disk = mkdtempSync(join(tmpdir(), 'config-full-'));
  // Only root may mount, and not in every container.
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status === 0;
  afterAll(() => {
    if (isMounted) spawnSync('umount', [disk]);
    rmdirSync(disk);
  });

  test.skipIf(!isMounted)('leaves the file unchanged and nothing beside it', async () => {
    const full = join(disk, 'config');
    await writeFile(full, 'one', { mode: 0o600 });

    const code = codeOf(
      replacer.replace({ path: full, expected: sha256Hex('one'), content: Buffer.alloc(200_000, 'x') }),
    );

    expect([await code, await readFile(full, 'utf8'), await readdir(disk)]).toEqual(['file-access', 'one', ['config']]);
  });
});

describe('after a crash', () => {
  const dead = (made: string): string => made.replace(`-${process.pid}-`, '-4000000-');

  test('temporary files, old versions and stale locks are removed, other files are left alone', async () => {
    await put('one');
    await writeFile(dead(temporaryPath(path())), 'half');
    await link(path(), dead(oldVersionPath(path(), sha256Hex('one'))));
    await writeFile(lockPath(path()), '{"pid":4000000,"host":"' + hostname() + '","atMs":1,"token":"t"}');
    const others = ['.config.swp', '.config.minos-notes', 'config.bak', '.other.minos-4000000-0123456789ab.tmp'];
    for (const name of others) await writeFile(path(name), 'mine');

    const found = await replacer.recover(path());

    expect(found.conflicts).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual(['config', ...others].sort());
  });

  test('a version that another program wrote into the replaced file is kept', async () => {
    await put('ours');
    await writeFile(dead(oldVersionPath(path(), sha256Hex('one'))), 'theirs');

    const { conflicts } = await replacer.recover(path());

    expect(conflicts).toHaveLength(1);
    expect(await readFile(conflicts[0]!, 'utf8')).toBe('theirs');
    // `ls config*`, from which people make KUBECONFIG, does not list it.
    expect((await readdir(folder)).filter((name) => name.startsWith('config'))).toEqual(['config']);
    expect((await stat(conflicts[0]!)).mode & 0o777).toBe(0o600);
  });

  test('what an earlier Minos kept beside the file is taken over; it stays where that fails', async () => {
    await put('ours');
    await writeFile(conflictPath(path(), 0), 'theirs');
    const full = await replacer.recover(path(), () => Promise.reject(new Error('full')));
    expect([full.removed, (await readdir(folder)).length]).toEqual([[], 2]);

    const taken: string[] = [];
    await replacer.recover(path(), (_target, bytes) => {
      taken.push(Buffer.from(bytes).toString());
      return Promise.resolve();
    });
    expect([taken, await readdir(folder)]).toEqual([['theirs'], ['config']]);
  });

  test('nothing is made where nothing is', async () => {
    await replacer.recover(path('none/config'));

    expect(await readdir(folder)).toEqual([]);
  });
});

test('removes a file only while it still is the version given', async () => {
  const expected = await put('one');

  expect(await codeOf(replacer.remove(path(), sha256Hex('two')))).toBe('conflict');
  expect(await codeOf(replacer.remove(path(), expected))).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test(
  'killed at random moments during a thousand writes, a file is always the old or the new version',
  { timeout: 120_000 },
  async () => {
    await put('version 0\n'.repeat(2_000));
    const child = new URL('./children/write-for-ever.ts', import.meta.url).pathname;
    let finished = 0;
    let kills = 0;
    const until = Date.now() + 35_000;
    while (finished < 1_000 && Date.now() < until) {
      const writer = spawn(process.execPath, [child, path(), String(finished + 1)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const gone = once(writer, 'close');
      const enough = finished + 20 + Math.floor(Math.random() * 80);
      let output = '';
      let errors = '';
      const reached = new Promise<void>((resolve) => {
        writer.stdout.on('data', (data: Buffer) => {
          output += data.toString();
          if (Number(output.trim().split('\n').at(-1)) >= enough) resolve();
        });
      });
      writer.stderr.on('data', (data: Buffer) => (errors += data.toString()));
      await Promise.race([reached, gone]);
      if (writer.exitCode !== null) throw new Error(`the writer ended by itself: ${errors}`);
      // Not at the moment it reports, but somewhere in the next write.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
      writer.kill('SIGKILL');
      await gone;
      kills++;

      const last = Number(output.trim().split('\n').at(-1));
      const [first, ...rest] = new Set((await read()).split('\n').slice(0, -1));
      expect(
        [rest, [`version ${last}`, `version ${last + 1}`].includes(first ?? '')],
        `after ${last}: ${first}`,
      ).toEqual([[], true]);
      expect([(await stat(path())).size, await modeOf()]).toEqual([(first!.length + 1) * 2_000, 0o600]);
      finished = Number(first!.slice('version '.length));
    }
    await replacer.recover(path());

    expect((await readdir(folder)).sort()).toEqual(['config']);
    expect(finished).toBeGreaterThanOrEqual(500);
    expect(kills).toBeGreaterThanOrEqual(5);
  },
);

test(
  'against a program that truncates and writes in place, no version of either is lost silently',
  { timeout: 60_000 },
  async () => {
    await put('start\n');
    // The look-out lasts until `close`, so that no inode number is used twice.
    const patient = new FileReplacer({ clock: systemClock, watchMs: 1_000_000, lookEveryMs: 50 });
    const child = new URL('./children/truncate-and-write.ts', import.meta.url).pathname;
    const writer = spawn(process.execPath, [child, path(), '150'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    writer.stdout.on('data', (data: Buffer) => (output += data.toString()));
    const gone = once(writer, 'close');
    /** Versions that are not lost: we replaced them knowingly, they were kept, or they are there. */
    const safe = new Set<string>();
    const settled: Promise<readonly { kind: string; keptAt?: string }[]>[] = [];
    while (writer.exitCode === null) {
      const before = await read();
      try {
        const content = Buffer.from(`ours ${settled.length}\n`);
        const replaced = await patient.replace({ path: path(), expected: sha256Hex(before), content });
        safe.add(before);
        settled.push(replaced.settled);
      } catch (error) {
        if (!(error instanceof Failed) || error.failure.code !== 'conflict') throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    }
    await gone;
    await patient.close();
    const reports = (await Promise.all(settled)).flat();
    for (const { keptAt } of reports) if (keptAt !== undefined) safe.add(await readFile(keptAt, 'utf8'));
    safe.add(await read());

    const theirs = output
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[1]);
    const lost = theirs.filter((inode, n) => theirs[n + 1] !== inode && !safe.has(`theirs ${n}\n`));
    expect([lost, theirs.length]).toEqual([[], 150]);
    // They met. How often depends on the machine; that each kind of meeting is reported, other tests make sure of.
    expect(settled.length).toBeGreaterThan(0);
  },
);

test('a rename by another program between reading and replacing is a conflict', async () => {
  const expected = await put('one');
  await writeFile(path('next'), 'theirs');
  await rename(path('next'), path());

  expect([await codeOf(replace('two', expected)), await read()]).toEqual(['conflict', 'theirs']);
});

test('a lock that somebody took over in between is seen before the step that cannot be undone', async () => {
  const sha256 = await put('before');
  const request = {
    path: path(),
    content: Buffer.from('after'),
    // Read once the lock is held: what a Minos does that thinks this one hangs.
    get expected() {
      unlinkSync(lockPath(path()));
      writeFileSync(lockPath(path()), 'another', { mode: 0o600 });
      return sha256;
    },
  };

  expect(await codeOf(replacer.replace(request))).toBe('conflict');

  expect(await read()).toBe('before');
  expect(await readFile(lockPath(path()), 'utf8')).toBe('another');
});
