import { describe, expect, it } from 'vitest';
import { joinStorage } from '../../../../main/operations/storage/join-storage.ts';
import { lostByReset, lostOnDisk } from '../../../../main/operations/storage/what-goes.ts';

const resource = (id: string, ...fields: readonly string[]) => ({ id, fields });

/** A machine with Talos on sda, a user disk with data, one in a volume group, one that can only be read, and an array. */
const storage = joinStorage({
  disks: [
    resource('sdb', '/dev/sdb', '2000000000000', 'WD', 'S2', 'sata', 'false', 'false', ''),
    resource('sda', '/dev/sda', '500000000000', 'SAMSUNG', 'S1', 'sata', 'false', 'false', ''),
    resource('sdc', '/dev/sdc', '1000', '', '', '', '', '', ''),
    resource('sr0', '/dev/sr0', '1000', 'DVD', '', 'sata', 'true', 'true', ''),
    resource('dm-9', '/dev/dm-9', '1000', '', '', '', 'false', 'false', 'sdd'),
    resource('sdd', '/dev/sdd', '0', '', '', '', 'false', 'false', ''),
    resource('md0', '/dev/md0', '', '', '', '', '', '', 'sde sdf'),
  ],
  systemDisks: [resource('system-disk', 'sda')],
  discovered: [
    resource('sda', '/dev/sda', '500000000000', 'gpt', '', '', '', '', 'disk'),
    resource('sda10', '/dev/sda10', '10', 'xfs', '', 'u-pg', '/dev/sda', 'sda', 'partition'),
    resource('sda6', '/dev/sda6', '400000000000', 'xfs', 'EPHEMERAL', 'EPHEMERAL', '', 'sda', 'partition'),
    resource('sdb', '/dev/sdb', '2000000000000', 'xfs', 'data', '', '', '', 'disk'),
    resource('sdc', '/dev/sdc', '1000', 'lvm2-pv', '', '', '', '', 'disk'),
    resource('dm-0', '/dev/vg0/pg', '500', 'ext4', 'pg', '', '', '', 'disk'),
    resource('sdz1', '/dev/sdz1', '500', 'ext4', '', '', '/dev/sdz', '', 'partition'),
  ],
  volumes: [
    resource('EPHEMERAL', '/dev/sda6', 'ready'),
    resource('u-pg', '/dev/sda10', 'ready'),
    resource('gone', '/dev/sdb', 'missing'),
  ],
  mounts: [resource('EPHEMERAL', '/dev/sda6', '/var'), resource('x', '/dev/sda6', '/opt')],
  groups: [resource('vg0', 'vg0')],
  logical: [resource('vg0-pg', 'vg0', 'pg', '/dev/vg0/pg', '500', 'open')],
  physical: [resource('sdc', 'vg0', '/dev/sdc')],
  arrays: [resource('md0', '/dev/md0', 'raid1', '/dev/sde /dev/sdf')],
});
const names = (loses: readonly { readonly name: string }[]): readonly string[] => loses.map(({ name }) => name);
const reset = (mode: 'all' | 'system-disk' | 'user-disks', labels: string[] = [], userDisks: string[] = []) =>
  lostByReset(storage, { mode, labels, userDisks });

describe('what lies on which disk', () => {
  it('is joined from what the machine says of disks, finds, volumes, mounts, groups and arrays', () => {
    expect(storage.disks.map(({ name, isSystem, isReadOnly, usedBy }) => [name, isSystem, isReadOnly, usedBy])).toEqual(
      [
        ['dm-9', false, false, undefined],
        ['sda', true, false, undefined],
        ['sdb', false, false, undefined],
        ['sdc', false, false, { kind: 'group', name: 'vg0' }],
        ['sdd', false, false, { kind: 'disk', name: 'dm-9' }],
        ['sr0', false, true, undefined],
      ],
    );
    const [, system] = storage.disks;
    expect(system?.partitions).toMatchObject([
      { name: 'sda6', volume: 'EPHEMERAL', mounts: ['/var', '/opt'] },
      { name: 'sda10', volume: 'u-pg', mounts: [] },
    ]);
    expect(storage.groups).toMatchObject([
      { name: 'vg0', devices: ['/dev/sdc'], volumes: [{ name: 'pg', isOpen: true, content: 'ext4' }] },
    ]);
    expect(storage.arrays).toMatchObject([{ path: '/dev/md0', members: ['/dev/sde', '/dev/sdf'] }]);
  });

  it('of an array are its partitions, and a physical volume without a group is used by nothing', () => {
    const none = { disks: [], systemDisks: [], discovered: [], volumes: [], mounts: [], groups: [], logical: [] };
    const { disks, arrays } = joinStorage({
      ...none,
      disks: [resource('sdb', '/dev/sdb')],
      physical: [resource('sdb', '', '/dev/sdb')],
      arrays: [resource('md0', '/dev/md0', 'raid1', '/dev/sdc')],
      discovered: [resource('md0p1', '/dev/md0p1', '10', 'xfs', 'data', '', '/dev/md0', 'md0', 'partition')],
      mounts: [resource('x', '/dev/md0p1', '/var/mnt/x')],
    });

    expect(disks[0]?.usedBy).toBeUndefined();
    expect(arrays[0]?.partitions).toMatchObject([{ name: 'md0p1', mounts: ['/var/mnt/x'] }]);
  });

  it('of a disk goes with the disk, and the volumes of its group too', () => {
    const [, , , third] = storage.disks;
    expect(lostOnDisk(storage, third!)).toEqual([
      { name: '/dev/sdc', depth: 0, size: 1000, what: '1.0 kB: a physical volume of LVM, part of volume group “vg0”' },
      { name: 'vg0/pg', depth: 1, size: 500, what: 'logical volume: ext4 “pg”' },
    ]);
  });
});

describe('a reset', () => {
  it('takes the whole system disk and no other one, when nothing else is said', () => {
    expect(reset('all')).toEqual({
      loses: [
        { name: '/dev/sda', depth: 0, size: 500e9, what: 'SAMSUNG, serial S1, 500 GB: a table of partitions' },
        {
          ...{ name: '/dev/sda6', depth: 1, size: 400e9 },
          what: 'xfs “EPHEMERAL”, volume “EPHEMERAL” of Talos, mounted on “/var”, “/opt”',
        },
        { name: '/dev/sda10', depth: 1, size: 10, what: 'xfs “u-pg”, volume “u-pg” of Talos' },
      ],
      refused: [],
    });
    expect(names(reset('system-disk').loses)).toEqual(['/dev/sda', '/dev/sda6', '/dev/sda10']);
  });

  it('takes only the volumes with the labels, and user disks that are named', () => {
    expect(names(reset('all', ['EPHEMERAL'], ['/dev/sdb']).loses)).toEqual(['/dev/sda6', '/dev/sdb']);
    expect(names(reset('user-disks', [], ['/dev/sdb']).loses)).toEqual(['/dev/sdb']);
    expect(names(reset('user-disks').loses)).toEqual([]);
  });

  it('says why it cannot be done', () => {
    expect(reset('system-disk', [], ['/dev/sdb']).refused).toEqual([
      'The mode system-disk wipes no user disks: choose all or user-disks.',
    ]);
    expect(reset('user-disks', ['STATE']).refused).toEqual([
      'The mode user-disks wipes no system partitions: choose all or system-disk.',
    ]);
    expect(reset('all', ['STATE'], ['/dev/sdx', '/dev/sda', '/dev/sr0']).refused).toEqual([
      'It has no volume “STATE”.',
      'It has no disk “/dev/sdx”.',
      '“/dev/sda” is the disk that Talos runs from, and no user disk.',
      '“/dev/sr0” can only be read.',
    ]);
  });
});
