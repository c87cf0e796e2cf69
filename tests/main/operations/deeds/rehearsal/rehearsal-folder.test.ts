import { lutimes, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeOldRehearsals } from '../../../../../main/operations/deeds/rehearsal/rehearsal-folder.ts';

const DAY_MS = 24 * 3_600_000;
let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'minos-tidy-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function make(name: string): Promise<string> {
  const path = join(parent, name);
  await mkdir(path);
  await writeFile(join(path, 'deeds.ndjson'), '{}');
  return path;
}

it('what rehearsals of a Minos that died left is removed once it is a day old, by its exact name', async () => {
  const elsewhere = await make('elsewhere');
  const left = await make('minos-rehearsal-aB3dE9');
  await symlink(elsewhere, join(left, 'link'));
  for (const name of ['minos-rehearsal-', 'minos-rehearsal-aB3dE9x', 'my-minos-rehearsal-aB3dE9', 'minos-demo-aB3dE9'])
    await make(name);

  await removeOldRehearsals(parent, Date.now());
  expect(await readdir(parent)).toContain('minos-rehearsal-aB3dE9');
  await removeOldRehearsals(parent, Date.now() + DAY_MS + 60_000);

  expect((await readdir(parent)).sort()).toEqual([
    'elsewhere',
    'minos-demo-aB3dE9',
    'minos-rehearsal-',
    'minos-rehearsal-aB3dE9x',
    'my-minos-rehearsal-aB3dE9',
  ]);
  expect(await readdir(elsewhere)).toEqual(['deeds.ndjson']);
});

it('neither a link nor a file that is called so is touched, nor is one that somebody set back', async () => {
  const elsewhere = await make('elsewhere');
  await symlink(elsewhere, join(parent, 'minos-rehearsal-LINK00'));
  await lutimes(join(parent, 'minos-rehearsal-LINK00'), 0, 0);
  await writeFile(join(parent, 'minos-rehearsal-FILE00'), '');
  const setBack = await make('minos-rehearsal-BACK00');
  await utimes(setBack, 0, 0);

  // What was made or changed within a day by the file system's own time stays.
  await removeOldRehearsals(parent, Date.now());
  expect(await readdir(parent)).toHaveLength(4);
  await removeOldRehearsals(parent, Date.now() + DAY_MS + 60_000);

  expect((await readdir(parent)).sort()).toEqual(['elsewhere', 'minos-rehearsal-FILE00', 'minos-rehearsal-LINK00']);
  expect(await readdir(elsewhere)).toEqual(['deeds.ndjson']);
});

it('where there is no such folder, nothing is removed', async () => {
  await removeOldRehearsals(join(parent, 'none'), Date.now());
});
