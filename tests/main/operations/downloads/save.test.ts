import { createHash } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extract } from '../../../../main/operations/downloads/tar/extract.ts';
import { readTar } from '../../../../main/operations/downloads/tar/read-tar.ts';
import { fileToSave, saveFile } from '../../../../main/operations/downloads/save-file.ts';
import { folderToSave, saveFolder } from '../../../../main/operations/downloads/save-folder.ts';
import { checkedSnapshot } from '../../../../main/operations/downloads/snapshot-check.ts';
import { inPiecesOf, pax, tarGzOf, tarOf, type MadeEntry } from './tar-of.ts';

let home: string;
let outside: string;
beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), 'minos-downloads-'));
  [home, outside] = [join(base, 'home'), join(base, 'outside')];
  await mkdir(home);
  await mkdir(outside);
});
afterEach(async () => {
  await rm(join(home, '..'), { recursive: true });
});

const inHome = (name: string): string => join(home, name);
const saved = async (entries: readonly MadeEntry[], bytes = tarGzOf(entries)) =>
  saveFolder(await folderToSave(inHome('copy')), inPiecesOf(bytes, 333));

async function* breaking(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
  throw new Error('the node is gone');
}

describe('a file', () => {
  it('is there whole, readable by its owner alone, and nothing lies beside it', async () => {
    const arrived = await saveFile(await fileToSave(inHome('a')), inPiecesOf(Buffer.from('hello'), 2), 'saved');

    expect(arrived).toMatchObject({ name: 'a', bytes: 5 });
    expect(await readFile(inHome('a'), 'utf8')).toBe('hello');
    expect((await lstat(inHome('a'))).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['a']);
  });

  it('is written beside its place under a name of its own', async () => {
    const names: string[][] = [];
    async function* looking(): AsyncGenerator<Uint8Array, void, undefined> {
      yield Buffer.from('x');
      names.push(await readdir(home));
    }
    await saveFile(await fileToSave(inHome('a')), looking(), 'saved');

    expect(names).toEqual([[expect.stringMatching(/^a\.minos-\d+-[0-9a-f]{12}\.part$/)]]);
  });

  it('that breaks off leaves nothing, and what was there as it was', async () => {
    await writeFile(inHome('old'), 'old');
    for (const name of ['new', 'old']) {
      await expect(saveFile(await fileToSave(inHome(name)), breaking(Buffer.from('x')), '')).rejects.toThrow('gone');
    }

    expect(await readdir(home)).toEqual(['old']);
    expect(await readFile(inHome('old'), 'utf8')).toBe('old');
  });

  it('replaces what the user saw, and nothing that came since', async () => {
    await writeFile(inHome('seen'), 'old');
    const seen = await fileToSave(inHome('seen'));
    const empty = await fileToSave(inHome('came'));
    await writeFile(inHome('came'), 'other');

    await saveFile(seen, inPiecesOf(Buffer.from('new'), 9), '');
    await expect(saveFile(empty, inPiecesOf(Buffer.from('new'), 9), '')).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
    expect([await readFile(inHome('seen'), 'utf8'), await readFile(inHome('came'), 'utf8')]).toEqual(['new', 'other']);
    expect(await readdir(home)).toEqual(['came', 'seen']);
  });
});

describe('a snapshot of etcd', () => {
  const database = Buffer.alloc(4096, 'etcd');
  const good = Buffer.concat([database, createHash('sha256').update(database).digest()]);
  const save = async (bytes: Buffer, size = 1000) =>
    saveFile(await fileToSave(inHome('s')), checkedSnapshot(inPiecesOf(bytes, size)), 'saved');

  it.each([1, 31, 33, 1000, 1_000_000])('that is whole is kept, in pieces of %i bytes', async (size) => {
    await save(good, size);

    expect((await readFile(inHome('s'))).equals(good)).toBe(true);
  });

  it('that goes on and on is left at its bound, and nothing of it is kept', async () => {
    const bytes = checkedSnapshot(inPiecesOf(good, 1000), 2500);

    await expect(saveFile(await fileToSave(inHome('s')), bytes, 'saved')).rejects.toThrow(/larger than any database/);
    expect(await readdir(home)).toEqual([]);
  });

  it.each([
    ['is cut in the middle', good.subarray(0, 2000), 'sha256 checksum not found (size 2000)'],
    ['is cut between pages', good.subarray(0, 2048 + 32), 'sha256 checksum does not match'],
    ['has no hash', database, 'sha256 checksum not found (size 4096)'],
    ['is empty', Buffer.alloc(0), 'sha256 checksum not found (size 0)'],
    ['is a hash alone', good.subarray(0, 32), 'sha256 checksum not found (size 32)'],
    ['has one bit turned', Buffer.concat([Buffer.from('E'), good.subarray(1)]), 'sha256 checksum does not match'],
  ])('that %s is not kept', async (_what, bytes, details) => {
    await expect(save(bytes)).rejects.toMatchObject({ failure: { code: 'invalid', details } });
    expect(await readdir(home)).toEqual([]);
  });
});

describe('a folder', () => {
  it('has what the archive has, with the permissions of its owner', async () => {
    const arrived = await saved([
      { name: 'etc/', type: '5', mode: 0o500 },
      { name: 'etc/hosts', content: 'localhost', mode: 0o4444 },
      { name: 'deep/down/file', content: 'x' },
      { name: 'link', type: '2', link: 'etc/hosts' },
    ]);

    expect(arrived).toMatchObject({ name: 'copy', bytes: 10, said: '2 files, 3 folders, 1 link' });
    expect(await readFile(inHome('copy/etc/hosts'), 'utf8')).toBe('localhost');
    expect(await readlink(inHome('copy/link'))).toBe('etc/hosts');
    const modes = await Promise.all(['copy', 'copy/etc', 'copy/etc/hosts'].map((name) => lstat(inHome(name))));
    expect(modes.map(({ mode }) => mode & 0o7777)).toEqual([0o700, 0o700, 0o644]);
    expect(await readdir(home)).toEqual(['copy']);
  });

  it('lets nothing out of itself, names what it refused, and keeps the rest', async () => {
    const up = '../outside';
    const arrived = await saved([
      { name: '/absolute', content: 'x' },
      { name: `${up}/file`, content: 'x' },
      { name: 'a/../../x', content: 'x' },
      { name: 'evil', type: '2', link: outside },
      { name: 'evil/file', content: 'x' },
      { name: 'up', type: '2', link: `../${up}` },
      { name: 'hard', type: '1', link: '/etc/passwd' },
      { name: 'dev', type: '3' },
      { name: 'pipe', type: '6' },
      { name: 'strange', type: 'Z' },
      { name: 'twice', content: 'first' },
      { name: 'twice', content: 'second' },
      { name: 'twice/below', content: 'x' },
      { name: 'twice', type: '2', link: 'good' },
      { name: 'good', content: 'good' },
    ]);

    expect(await readdir(outside)).toEqual([]);
    expect((await readdir(inHome('copy'))).sort()).toEqual(['good', 'twice']);
    expect(await readFile(inHome('copy/twice'), 'utf8')).toBe('first');
    expect(arrived.refused?.map(({ name, why }) => `${name}: ${why}`)).toEqual([
      '/absolute: its path is absolute',
      '../outside/file: its path leads out of the folder',
      'a/../../x: its path leads out of the folder',
      'evil/file: its path leads through something that is no folder',
      'hard: it is a hard link',
      'dev: it is a device',
      'pipe: it is a pipe',
      'strange: it is neither file, folder nor link',
      'twice: something with its name is there already',
      'twice/below: its path leads through something that is no folder',
      `evil: it is a link to ${outside}, out of the folder`,
      'up: it is a link to ../../outside, out of the folder',
      'twice: something with its name is there already',
    ]);
    expect(arrived.said).toBe('2 files, 0 folders; 13 refused');
  });

  it.each([
    ['is cut in the middle of its compression', tarGzOf([{ name: 'a', content: 'x'.repeat(5000) }]).subarray(0, 60)],
    ['is not compressed', tarOf([{ name: 'a', content: 'x' }])],
    ['ends in the middle of a file', tarGzOf([{ name: 'a', content: 'x', size: 5000 }])],
  ])('is not kept when its archive %s', async (_what, bytes) => {
    await expect(saved([], bytes)).rejects.toMatchObject({
      failure: { code: 'invalid', message: expect.stringMatching(/Nothing was kept\.$/) as string },
    });
    expect(await readdir(home)).toEqual([]);
  });

  it('of which the node breaks off leaves nothing', async () => {
    const target = await folderToSave(inHome('copy'));
    await expect(saveFolder(target, breaking(tarGzOf([{ name: 'a', content: 'x' }]).subarray(0, 40)))).rejects.toThrow(
      'gone',
    );

    expect(await readdir(home)).toEqual([]);
  });

  it('never takes a place that is taken, not even that of an empty folder or a dangling link', async () => {
    await mkdir(inHome('copy'));
    await symlink(join(outside, 'nothing'), inHome('dangling'));

    await expect(folderToSave(inHome('copy'))).rejects.toMatchObject({ failure: { code: 'conflict' } });
    const target = await folderToSave(inHome('dangling'));
    expect(target).toBe(join(outside, 'nothing'));
  });

  it('refuses a path that this computer does not take, and keeps the rest', async () => {
    const deep = `${'d'.repeat(250)}/`.repeat(16);
    const arrived = await saved([
      { name: 'x', type: 'x', content: pax('path', `${deep}${'f'.repeat(70)}`) },
      { name: 'cut', content: 'x' },
      { name: 'good', content: 'good' },
    ]);

    expect(await readFile(inHome('copy/good'), 'utf8')).toBe('good');
    expect(arrived.refused).toEqual([{ name: `${deep.slice(0, 300)}…`, why: 'this computer takes no such path' }]);
  });

  it.each([
    ['entries', Array.from({ length: 20 }, (_each, index) => ({ name: `f${index}`, content: 'xx' }))],
    ['entries', [{ name: `${'folder/'.repeat(30)}file`, content: 'only its path names folders' }]],
    ['bytes', [{ name: 'f', content: 'x'.repeat(2000) }]],
    ['names', Array.from({ length: 9 }, (_each, index) => ({ name: `${index}${'n'.repeat(90)}`, type: '5' }))],
    ['names', Array.from({ length: 5 }, (_each, index) => ({ name: `${index}`, type: '2', link: 'n'.repeat(90) }))],
  ] as const)('has bounds in %s', async (limit, entries) => {
    const limits = { entries: 1000, bytes: 100_000, names: 100_000 };
    const into = async (name: string, of: typeof limits) => {
      await mkdir(inHome(name));
      return extract(readTar(inPiecesOf(tarOf(entries), 999)), inHome(name), of);
    };
    const few = { entries: 10, bytes: 1000, names: 300 }[limit];

    await expect(into('bounded', { ...limits, [limit]: few })).rejects.toMatchObject({
      failure: { code: 'too-large' },
    });
    await expect(into('free', limits)).resolves.toBeDefined();
  });
});
