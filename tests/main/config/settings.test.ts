import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_SETTINGS, readSettings, SettingsFile } from '../../../main/config/settings.ts';
import { writeWholeFile } from '../../../main/config/write-whole-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-settings-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('settings', () => {
  it('are none where there is no file, and whole after each change', async () => {
    const file = new SettingsFile(join(folder, 'settings.json'));
    expect(await file.read()).toEqual(NO_SETTINGS);

    const group = (name: string) => ({ context: 'prod', name, selection: 'all' });
    const names = Array.from({ length: 20 }, (_, index) => `g${index}`);
    await Promise.all(names.map((name) => file.update((old) => ({ ...old, groups: [...old.groups, group(name)] }))));

    expect((await file.read()).groups.map(({ name }) => name)).toEqual(names);
    expect(await readdir(folder)).toEqual(['settings.json']);
    expect((await stat(join(folder, 'settings.json'))).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['{}', 'it names no version'],
    ['{"version":0}', 'it names no version'],
    ['{"version":99}', 'a newer Minos wrote it'],
    ['{"version":1,"groups":[{"context":"a"}]}', 'groups.0.name is not what Minos writes'],
    ['{"version":1,"groups":[],"extra":1}', 'extra is not what Minos writes'],
  ])('%s cannot be read: %s', (text, why) => {
    expect(() => readSettings(text)).toThrow(`Minos's settings cannot be read: ${why}.`);
  });

  it.each([
    ['{"version":1,"groups":[]}', []],
    ['{"version":2,"groups":[],"talosconfigs":["/a"]}', ['/a']],
  ])('of an older Minos are read: %s', (text, talosconfigs) => {
    expect(readSettings(text)).toEqual({ ...NO_SETTINGS, talosconfigs });
  });

  it('of older versions go through every step in between', () => {
    const migrations = {
      1: (old: object) => ({ ...old, steps: ['1'] }),
      2: ({ steps, ...old }: { steps?: unknown }) => ({ ...old, groups: (steps as string[]).map((name) => name) }),
    };

    expect(() => readSettings('{"version":1}', { 1: migrations[1] }, 3)).toThrow('it has version 2');
    // Step 2 brings what today's schema does not know, so reading ends there and not before.
    expect(() => readSettings('{"version":1}', migrations, 3)).toThrow('groups.0 is not what Minos writes');
  });
});

describe('writing a file of our own', () => {
  it('keeps a symbolic link one', async () => {
    await writeFile(join(folder, 'real'), 'old');
    await symlink(join(folder, 'real'), join(folder, 'link'));

    await writeWholeFile(join(folder, 'link'), ['new', ' text']);

    expect(await readFile(join(folder, 'real'), 'utf8')).toBe('new text');
    expect((await readdir(folder)).sort()).toEqual(['link', 'real']);
  });

  it('leaves the old one and nothing else when its content fails half-way', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'old');
    function* pieces(): Generator<string> {
      yield 'half';
      throw new Error('no more');
    }

    await expect(writeWholeFile(path, pieces())).rejects.toThrow('no more');

    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });
});
