import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_SETTINGS, SettingsFile } from '../../../../main/files/settings.ts';
import { NodeGroups } from '../../../../main/operations/selectors/node-groups.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-settings-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe('saved groups', () => {
  it('are there again after a restart, for their context only, by name', async () => {
    const groups = new NodeGroups(new SettingsFile(path));
    await Promise.all([
      groups.save('prod', { name: 'storage-10', selection: 'worker-1*' }),
      groups.save('prod', { name: 'storage-2', selection: 'worker-2*' }),
      groups.save('lab', { name: 'storage-2', selection: 'all' }),
    ]);
    await groups.save('prod', { name: 'storage-2', selection: 'worker-3*' });

    const again = new NodeGroups(new SettingsFile(path));

    expect(await again.of('prod')).toEqual([
      { name: 'storage-2', selection: 'worker-3*' },
      { name: 'storage-10', selection: 'worker-1*' },
    ]);
    expect(await again.of('lab')).toEqual([{ name: 'storage-2', selection: 'all' }]);
    expect(await again.of('__proto__')).toEqual([]);
  });

  it('are published when they change', async () => {
    const groups = new NodeGroups(new SettingsFile(path));
    const state = groups.state('prod');
    await groups.load();

    await groups.save('prod', { name: 'a', selection: 'all' });
    expect(state.current.groups).toEqual([{ name: 'a', selection: 'all' }]);
    await groups.remove('prod', 'a');
    await groups.remove('prod', 'a');
    expect(state.current.groups).toEqual([]);
  });

  it('are shown with what is wrong when only a part of the settings can be read', async () => {
    const kept = { context: 'prod', name: 'a', selection: 'all' };
    await writeFile(path, JSON.stringify({ ...NO_SETTINGS, groups: [kept, { name: 5 }] }));
    const groups = new NodeGroups(new SettingsFile(path));

    expect(await groups.of('prod')).toEqual([{ name: 'a', selection: 'all' }]);
    expect(groups.state('prod').current.failure?.message).toContain('groups.1 is not what Minos writes');
    await groups.save('prod', { name: 'b', selection: 'all' });
    expect(groups.state('prod').current.failure).toBeUndefined();
  });

  it('are read again after a while when they could not be', async () => {
    await symlink('/nowhere', path);
    const clock = new FakeClock();
    const groups = new NodeGroups(new SettingsFile(path), clock);
    await groups.load();
    expect(groups.state('prod').current.failure?.code).toBe('file-access');

    await rm(path);
    clock.advance(1_000);
    await groups.load();

    expect(groups.state('prod').current.failure).toBeUndefined();
    expect(clock.active).toBe(0);
  });

  it('say why they cannot be read, and leave the file as it is', async () => {
    await writeFile(path, '{"version":99,"groups":"later"}');
    const groups = new NodeGroups(new SettingsFile(path));

    expect(await groups.of('prod')).toEqual([]);
    expect(groups.state('prod').current.failure).toMatchObject({ code: 'file-invalid' });
    await expect(groups.save('prod', { name: 'a', selection: 'all' })).rejects.toMatchObject({
      failure: { code: 'file-invalid', message: "Minos's settings cannot be read: a newer Minos wrote them." },
    });
    expect(await readFile(path, 'utf8')).toBe('{"version":99,"groups":"later"}');
  });
});
