import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partPath } from '../../../../main/files/beside-names.ts';
import { Unfinished } from '../../../../main/files/own/unfinished.ts';
import { fileToSave, saveFile } from '../../../../main/operations/downloads/save-file.ts';
import { folderToSave, saveFolder } from '../../../../main/operations/downloads/save-folder.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { inPiecesOf, tarGzOf } from './tar-of.ts';

const HOUR_MS = 3_600_000;
let home: string;
let notes: string;
beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), 'minos-broken-off-'));
  [home, notes] = [join(base, 'home'), join(base, 'notes')];
  await mkdir(home);
  await mkdir(notes);
});
afterEach(async () => {
  await rm(join(home, '..'), { recursive: true });
});

describe('after a crash', () => {
  it('what was being saved is removed at the next start, and nothing else', async () => {
    await writeFile(join(home, 'mine.minos-1-0123456789ab.part'), 'mine');
    const child = new URL('./children/download-for-ever.ts', import.meta.url).pathname;
    const minos = spawn(process.execPath, [child, home, notes], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(minos, 'close');
    await createInterface(minos.stdout)[Symbol.asyncIterator]().next();
    minos.kill('SIGKILL');
    await gone;
    expect((await readdir(home)).sort()).toEqual([
      expect.stringMatching(/^file\.minos-\d+-[0-9a-f]{12}\.part$/),
      expect.stringMatching(/^folder\.minos-\d+-[0-9a-f]{12}\.part$/),
      'mine.minos-1-0123456789ab.part',
    ]);

    const removed = await new Unfinished(notes, new FakeClock(Date.now())).tidy();

    expect(removed).toHaveLength(2);
    expect(await readdir(home)).toEqual(['mine.minos-1-0123456789ab.part']);
    expect(await readdir(notes)).toEqual([]);
  }, 30_000);

  it('what a Minos that lives saves stays for a day, and a forged note leads to nothing', async () => {
    const clock = new FakeClock(1_800_000_000_000);
    const part = partPath(join(home, 'file')).replace(`-${process.pid}-`, `-${process.ppid}-`);
    const note = (path: string) => JSON.stringify({ kind: 'part', path, atMs: 1_800_000_000_000 });
    await writeFile(part, 'half');
    await writeFile(join(home, 'mine'), 'mine');
    await symlink(home, join(home, 'link.minos-4000000-0123456789ab.part'));
    await writeFile(join(notes, `${process.ppid}-0123456789ab.json`), note(part));
    await writeFile(join(notes, '4000000-0123456789ab.json'), note(join(home, 'mine')));
    await writeFile(join(notes, '4000000-0123456789ac.json'), note(join(home, 'link.minos-4000000-0123456789ab.part')));
    // The number of another process than that of the note.
    await writeFile(join(notes, '4000000-0123456789ad.json'), note(part));
    const unfinished = new Unfinished(notes, clock);

    clock.advance(23 * HOUR_MS);
    expect(await unfinished.tidy()).toEqual([]);
    expect(await readdir(home)).toHaveLength(3);
    clock.advance(2 * HOUR_MS);
    expect(await unfinished.tidy()).toEqual([part]);
  });
});

describe('a full disk', () => {
  const disk = mkdtempSync(join(tmpdir(), 'minos-full-'));
  // Only root may mount, and not in every container.
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]).status === 0;
  afterAll(() => {
    if (isMounted) spawnSync('umount', [disk]);
    rmdirSync(disk);
  });
  const much = Buffer.alloc(1_000_000, 'x');
  const save = async (name: string) => saveFile(await fileToSave(join(disk, name)), inPiecesOf(much, 10_000), '');

  it.skipIf(!isMounted)('keeps nothing of a file, and says so', async () => {
    await expect(save('new')).rejects.toMatchObject({
      failure: { code: 'file-access', message: 'No space left to write new; nothing of it was kept.' },
    });
    expect(await readdir(disk)).toEqual([]);
  });

  it.skipIf(!isMounted)('leaves the file that was there as it was, and says so', async () => {
    await writeFile(join(disk, 'old'), 'old');

    await expect(save('old')).rejects.toMatchObject({
      failure: { code: 'file-access', message: 'No space left to write old; what was there is unchanged.' },
    });
    expect(await readdir(disk)).toEqual(['old']);
    expect(await readFile(join(disk, 'old'), 'utf8')).toBe('old');
    await rm(join(disk, 'old'));
  });

  it.skipIf(!isMounted)('keeps nothing of a folder', async () => {
    const archive = tarGzOf([
      { name: 'a', content: 'a' },
      { name: 'b', content: much },
    ]);

    await expect(saveFolder(await folderToSave(join(disk, 'folder')), inPiecesOf(archive, 500))).rejects.toMatchObject({
      failure: { message: 'No space left to write folder; nothing of it was kept.' },
    });
    expect(await readdir(disk)).toEqual([]);
  });
});

describe('a folder that is gone', () => {
  it('is said when something is saved there', async () => {
    const place = await fileToSave(join(home, 'stick', 'file'));

    await expect(saveFile(place, inPiecesOf(Buffer.from('x'), 1), '')).rejects.toMatchObject({
      failure: { message: 'The folder in which file is to be is not there; nothing of it was kept.' },
    });
  });
});
