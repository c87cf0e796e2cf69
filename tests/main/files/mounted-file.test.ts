import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sha256Hex } from '../../../main/files/fingerprint.ts';
import { History } from '../../../main/files/history.ts';
import { isMountedByItself, mountPointsIn } from '../../../main/files/mounted-file.ts';
import { FileReplacer, type FileReplacerOptions } from '../../../main/files/replace.ts';
import { HalfWritten, writeInPlace } from '../../../main/files/write-in-place.ts';
import { placeToWrite, writeWholeFile } from '../../../main/files/write-whole-file.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { Failed } from '../../../main/lib/failed.ts';

let folder = '';
let replacer: FileReplacer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mounted file-'));
});
afterEach(async () => {
  await replacer?.close();
  await rm(folder, { recursive: true, force: true });
});

const path = (): string => join(folder, 'config');
const read = (): Promise<string> => readFile(path(), 'utf8');

/** As the system answers when the target is a mount point. */
const busy = (): Promise<void> => Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY' }));

function open(options: Partial<FileReplacerOptions>): { readonly history: History; readonly replacer: FileReplacer } {
  replacer = new FileReplacer({ clock: systemClock, watchMs: 1, lookEveryMs: 1, ...options });
  return { replacer, history: new History({ folder: join(folder, 'history'), clock: systemClock, replacer }) };
}

const codeOf = (done: Promise<unknown>): Promise<string | undefined> =>
  done.then(
    () => undefined,
    (error: unknown) => (error instanceof Failed ? `${error.failure.code} ${error.failure.where?.field ?? ''}` : 'x'),
  );

describe('a file that nothing can be renamed over', () => {
  test('is not written before the user was asked, and nothing is left beside it', async () => {
    await writeFile(path(), 'one\n');
    const { history } = open({ rename: busy });
    const change = { path: path(), what: 'x', before: Buffer.from('one\n'), after: Buffer.from('two\n') };

    expect(await codeOf(history.change(change))).toBe('file-access mounted');
    expect(await codeOf(history.change(change))).toBe('file-access mounted');
    expect([await read(), (await readdir(folder)).sort(), await history.list(path())]).toEqual([
      'one\n',
      ['config', 'history'],
      [],
    ]);
  });

  test('is written in place when the user says so, asked once; its old version is kept first and put back by undo', async () => {
    const first = 'a much longer version\n';
    await writeFile(path(), first);
    const asked: string[] = [];
    const askInPlace = async (file: string): Promise<void> => {
      asked.push(`${file} ${await read()}`);
    };
    const { history } = open({ rename: busy, askInPlace });
    const { ino } = await stat(path());
    const to = async (text: string): Promise<unknown> =>
      history.change({ path: path(), what: 'x', before: Buffer.from(await read()), after: Buffer.from(text) });

    expect(await codeOf(to('two\n'))).toBe('file-access mounted');
    await to('two\n');
    expect([asked, await read()]).toEqual([[`${path()} ${first}`], 'two\n']);
    await to('three, which is longer\n');
    await history.undo(path(), (await history.list(path()))[0]!.id);
    await history.undo(path(), (await history.list(path()))[2]!.id);
    expect([await read(), asked.length, (await stat(path())).ino]).toEqual([first, 1, ino]);
    expect((await readdir(folder)).sort()).toEqual(['config', 'history']);
  });

  test('stays as it is when the user refuses, or when it is another version now', async () => {
    await writeFile(path(), 'one\n');
    const refused = new Failed({ code: 'cancelled', message: 'No.' });
    const { history } = open({ rename: busy, askInPlace: () => Promise.reject(refused) });
    const change = { path: path(), what: 'x', before: Buffer.from('one\n'), after: Buffer.from('two\n') };
    await codeOf(history.change(change));

    expect(await codeOf(history.change(change))).toBe('cancelled ');
    expect(await writeInPlace(path(), Buffer.from('two\n'), sha256Hex('other'))).toBe(false);
    expect([await read(), (await readdir(folder)).sort(), await history.list(path())]).toEqual([
      'one\n',
      ['config', 'history'],
      [],
    ]);
  });
});

test('a file that was written only in part gets its old version back by undo', async () => {
  await writeFile(path(), 'one\n');
  const { history, replacer } = open({});
  const half = vi.spyOn(replacer, 'replace').mockImplementationOnce(async () => {
    await writeFile(path(), 'twe\n');
    throw new HalfWritten({ code: 'file-access', message: 'In part.' });
  });
  const change = { path: path(), what: 'x', before: Buffer.from('one\n'), after: Buffer.from('two\n') };
  expect(await codeOf(history.change(change))).toBe('file-access ');
  const [entry] = await history.list(path());
  await history.undo(path(), entry!.id);

  expect([await read(), half.mock.calls.length]).toEqual(['one\n', 2]);
});

test('a change whose folder cannot be flushed afterwards has happened, and keeps its undo', async () => {
  const inner = join(folder, 'inner');
  await mkdir(inner);
  const file = join(inner, 'config');
  await writeFile(file, 'one\n');
  const moves = async (from: string, to: string): Promise<void> => {
    await rename(from, to);
    await rename(inner, join(folder, 'moved'));
  };
  const { history } = open({ rename: moves });
  await history.change({ path: file, what: 'x', before: Buffer.from('one\n'), after: Buffer.from('two\n') });

  expect((await history.list(file)).map(({ before }) => before)).toEqual([sha256Hex('one\n')]);
});

test('mount points are known by their names, spaces included', () => {
  const line = String.raw`36 35 98:0 /x /home/a\040b/config rw,noatime master:1 - ext4 /dev/root rw`;

  expect([...mountPointsIn(`${line}\n`)]).toEqual(['/home/a b/config']);
});

/** Root may mount; elsewhere the same is tested above with the system's answer. */
function bindMount(from: string, to: string): boolean {
  try {
    execFileSync('mount', ['--bind', from, to], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('a real bind mount is recognised before anything is written, written after the question, and refused to exports', async () => {
  await writeFile(join(folder, 'outside'), 'one\n');
  await writeFile(path(), '');
  const isReal = bindMount(join(folder, 'outside'), path());
  try {
    const asked: string[] = [];
    const askInPlace = (file: string): Promise<void> => {
      asked.push(file);
      return Promise.resolve();
    };
    const { history } = open({ askInPlace });
    expect(await isMountedByItself(path())).toBe(isReal);
    const before = Buffer.from(await read());
    await history.change({ path: path(), what: 'x', before, after: Buffer.from('two\n') });

    expect([await read(), asked]).toEqual(['two\n', isReal ? [path()] : []]);
    expect(await readFile(join(folder, 'outside'), 'utf8')).toBe(isReal ? 'two\n' : 'one\n');
    const exported = await codeOf(writeWholeFile(await placeToWrite(path()), ['three\n']));
    expect(exported).toBe(isReal ? 'file-access ' : undefined);
    expect((await readdir(folder)).sort()).toEqual(['config', 'history', 'outside']);
  } finally {
    // At once, also while somebody on this machine looks at every new file.
    if (isReal) execFileSync('umount', ['--lazy', path()]);
  }
});
