import { mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_SETTINGS_BYTES, NO_SETTINGS, readSettings, SettingsFile } from '../../../main/files/settings.ts';
import { placeToWrite, writeWholeFile } from '../../../main/files/write-whole-file.ts';
import type { Failed } from '../../../main/lib/failed.ts';
import { createLog } from '../../../main/lib/log.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-settings-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('settings', () => {
  const group = (name: string) => ({ context: 'prod', name, selection: 'all' });

  it('are none where there is no file, and whole after each change', async () => {
    const file = new SettingsFile(join(folder, 'settings.json'));
    expect(await file.read()).toEqual(NO_SETTINGS);

    const names = Array.from({ length: 20 }, (_, index) => `g${index}`);
    await Promise.all(names.map((name) => file.update((old) => ({ ...old, groups: [...old.groups, group(name)] }))));

    expect((await file.read()).groups.map(({ name }) => name)).toEqual(names);
    expect(await readdir(folder)).toEqual(['settings.json']);
    expect((await stat(join(folder, 'settings.json'))).mode & 0o777).toBe(0o600);
  });

  it.each<[string, string, object]>([
    ['', 'it is not JSON', {}],
    ['[]', 'it is not a JSON object', {}],
    ['{}', 'it names no version', {}],
    ['{"version":0,"talosconfigs":["/a"]}', 'it names no version', { talosconfigs: ['/a'] }],
    [
      JSON.stringify({ version: 1, groups: [{ context: 'a' }, group('b'), 5, null] }),
      'groups.0 is not what Minos writes, nor are 2 more',
      { groups: [group('b')] },
    ],
    [JSON.stringify({ ...NO_SETTINGS, extra: 1 }), 'extra is not what Minos writes', {}],
    [JSON.stringify({ ...NO_SETTINGS, toString: 1 }), 'toString is not what Minos writes', {}],
    [
      JSON.stringify({ ...NO_SETTINGS, groups: 7, talosconfigs: ['/a'] }),
      'groups is not a list',
      { talosconfigs: ['/a'] },
    ],
    [
      JSON.stringify({ ...NO_SETTINGS, kubeconfig: { target: 5, sources: [], more: 1 } }),
      'kubeconfig holds what Minos does not write; kubeconfig.target is not what Minos writes',
      { kubeconfig: { sources: [] } },
    ],
    [JSON.stringify({ ...NO_SETTINGS, kubeconfig: null }), 'kubeconfig is not what Minos writes', {}],
  ])('%s is read as far as it is right: %s', (text, problems, settings) => {
    const read = readSettings(text);

    expect(read.problems.join('; ')).toBe(problems);
    expect(read.settings).toEqual({ ...NO_SETTINGS, ...settings });
  });

  it('of more groups than there may be are the first ones', () => {
    const groups = Array.from({ length: 10_001 }, (_, index) => group(`g${index}`));
    const { settings, problems } = readSettings(JSON.stringify({ ...NO_SETTINGS, groups, talosconfigs: ['/a'] }));

    expect([settings.groups.length, settings.talosconfigs, problems]).toEqual([
      10_000,
      ['/a'],
      ['groups has more than 10,000'],
    ]);
  });

  it('of a newer Minos are not read, and not overwritten', async () => {
    const path = join(folder, 'settings.json');
    await writeFile(path, '{"version":99}');

    await expect(new SettingsFile(path).update((old) => old)).rejects.toThrow('a newer Minos wrote');
    expect(await readFile(path, 'utf8')).toBe('{"version":99}');
  });

  it('that could not be read again are not written', async () => {
    const path = join(folder, 'settings.json');
    const file = new SettingsFile(path);
    await file.update((old) => ({ ...old, groups: [group('kept')] }));
    const many = Array.from({ length: 10_001 }, (_, index) => group(`g${index}`));
    const source = { context: 'a', talosAuthorities: [], server: 'x'.repeat(2_049), authorities: [] };
    const large = Array.from({ length: 3_000 }, (_, index) => ({
      ...group(`g${index}`),
      selection: 'x'.repeat(4_000),
    }));

    const codes: unknown[] = [];
    for (const change of [{ groups: many }, { kubeconfig: { sources: [source] } }, { groups: large }]) {
      const failed = file.update((old) => ({ ...old, ...change }));
      codes.push(await failed.catch((error: unknown) => (error as Failed).failure.code));
    }

    expect(codes).toEqual(['too-large', 'too-large', 'too-large']);
    expect((await file.read()).groups).toEqual([group('kept')]);
  });

  it('in which something is broken are kept before they are overwritten, five times at most', async () => {
    const path = join(folder, 'settings.json');
    const clock = new FakeClock();
    const lines: string[] = [];
    const log = createLog({ now: clock.now, sink: (line) => lines.push(line) });
    for (let n = 0; n < 7; n++) {
      clock.advance(1_000);
      await writeFile(path, `broken ${n}`);
      await new SettingsFile(path, { clock, log }).update((old) => ({ ...old, groups: [group(`g${n}`)] }));
    }

    const names = (await readdir(folder)).sort();
    expect(names).toEqual([
      'settings.json',
      ...Array.from({ length: 5 }, () => expect.stringMatching(/^settings\.json\.broken-/) as string),
    ]);
    const kept = await Promise.all(names.slice(1).map((name) => readFile(join(folder, name), 'utf8')));
    expect(kept).toEqual(['broken 2', 'broken 3', 'broken 4', 'broken 5', 'broken 6']);
    expect((await new SettingsFile(path).read()).groups).toEqual([group('g6')]);
    expect(lines.join('\n')).toMatch(/cannot be read and is left out.*not JSON[\s\S]*they are kept/);
  });

  it('larger than any that Minos writes are kept unread', async () => {
    const path = join(folder, 'settings.json');
    await writeFile(path, '');
    await truncate(path, MAX_SETTINGS_BYTES + 1);
    await new SettingsFile(path).update((old) => ({ ...old, talosconfigs: ['/a'] }));

    expect((await new SettingsFile(path).read()).talosconfigs).toEqual(['/a']);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('that are a symbolic link are neither followed nor replaced', async () => {
    await writeFile(join(folder, 'real'), '{}');
    await symlink(join(folder, 'real'), join(folder, 'settings.json'));
    const file = new SettingsFile(join(folder, 'settings.json'));

    await expect(file.read()).rejects.toThrow('settings.json is a symbolic link');
    await expect(file.update((old) => old)).rejects.toThrow('settings.json is a symbolic link');
    expect(await readFile(join(folder, 'real'), 'utf8')).toBe('{}');
  });

  it('leave nothing half written that a crash left', async () => {
    const path = join(folder, 'settings.json');
    const names = ['.settings.json.minos-4000000-0123456789ab.tmp', '.settings.json.0123456789ab.tmp'];
    const others = [
      '.settings.json.tmp',
      `.settings.json.minos-${process.ppid}-0123456789ab.tmp`,
      '.settings.json.swp',
    ];
    for (const name of [...names, ...others]) await writeFile(join(folder, name), '');

    await new SettingsFile(path).tidy();

    expect((await readdir(folder)).sort()).toEqual([...others].sort());
  });

  it.each([
    ['{"version":1,"groups":[]}', []],
    ['{"version":2,"groups":[],"talosconfigs":["/a"]}', ['/a']],
    ['{"version":3,"groups":[],"talosconfigs":["/a"],"expiryTold":[]}', ['/a']],
    ['{"version":4,"groups":[],"talosconfigs":["/a"],"expiryTold":[],"production":[]}', ['/a']],
    [
      '{"version":5,"groups":[],"talosconfigs":["/a"],"expiryTold":[],"production":[],"mutes":[],"isNotifying":false}',
      ['/a'],
    ],
    [JSON.stringify({ ...NO_SETTINGS, version: 7, choices: undefined, talosconfigs: ['/a'] }), ['/a']],
  ])('of an older Minos are read: %s', (text, talosconfigs) => {
    expect(readSettings(text)).toEqual({ settings: { ...NO_SETTINGS, talosconfigs }, problems: [] });
  });

  it('of older versions go through every step in between', () => {
    const migrations = {
      1: (old: object) => ({ ...old, steps: ['/1'] }),
      2: ({ steps, ...old }: { steps?: unknown }) => ({ ...NO_SETTINGS, ...old, talosconfigs: steps }),
    };

    expect(readSettings('{"version":1}', { 1: migrations[1] }, 3).problems).toEqual([
      'it has version 2, which no Minos wrote',
    ]);
    expect(readSettings('{"version":1}', migrations, 3)).toEqual({
      settings: { ...NO_SETTINGS, talosconfigs: ['/1'] },
      problems: [],
    });
  });
});

describe('writing a file of our own', () => {
  it('keeps a symbolic link one', async () => {
    await writeFile(join(folder, 'real'), 'old');
    await symlink(join(folder, 'real'), join(folder, 'link'));

    await writeWholeFile(await placeToWrite(join(folder, 'link')), ['new', ' text']);

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

    await expect(writeWholeFile(await placeToWrite(path), pieces())).rejects.toThrow('no more');

    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });
});
