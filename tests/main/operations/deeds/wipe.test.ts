import { afterEach, describe, expect, it } from 'vitest';
import type { ConfirmQuestion } from '../../../../preload/contract/index.ts';
import type { MachineDisk } from '../../../../main/simulator/node/machine-disk.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { requestsSent } from '../../../fakes/requests-sent.ts';
import { confirming, triedDeeds } from '../../../fakes/tried-deeds.ts';

const WIPE = '/storage.StorageService/BlockDeviceWipe';
const signal = new AbortController().signal;
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];
let typed: string;
let meanwhile: () => Promise<void> | void;

const disk = (name: string, more: Partial<MachineDisk> = {}): MachineDisk => ({
  ...{ name, bytes: 2e12, model: 'WDC', serial: `S-${name}` },
  ...more,
});
const DISKS = [
  disk('sdb', {
    partitions: [
      { number: 1, bytes: 1e12, content: 'xfs', label: 'pg-data' },
      { number: 2, bytes: 5e11, content: 'ext4', mountedOn: '/var/mnt/x' },
    ],
  }),
  disk('sdc', { content: 'xfs', label: 'scratch' }),
  disk('sdd', { content: 'lvm2-pv' }),
  disk('sde', { content: 'linux_raid_member' }),
  disk('sr0', { isCdrom: true, isReadOnly: true }),
];

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(version = 'v1.14.0'): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 1, version, name: 'prod' });
  simulator.node('worker-01').machine.setMoreDisks(DISKS);
  simulator.node('worker-01').machine.setGroups(
    [
      {
        name: 'vg0',
        devices: ['/dev/sdd'],
        volumes: [
          { name: 'pg', bytes: 1e11 },
          { name: 'wal', bytes: 1e10, isOpen: true },
        ],
      },
    ],
    [{ device: '/dev/md0', level: 'raid1', members: ['/dev/sde'] }],
  );
  asked = [];
  typed = 'prod';
  meanwhile = () => undefined;
  // The context is not called as the cluster calls itself: that is what has to be typed.
  const talosconfig = await simulator.talosconfigFor({ contextName: 'fra' });
  const confirm = confirming(asked, { typed: () => typed, meanwhile: () => meanwhile() });
  opened = await openWorkspace(talosconfig, undefined, confirm);
  await opened.workspace.nodes('fra').refresh();
}

const plan = (deed: string, params: Readonly<Record<string, string | boolean>>, node = 'worker-01') =>
  opened.workspace.deeds.plan({ context: 'fra', nodes: [node], deed, params: { ...params } }, signal);
const wipe = (devices: string, more: Readonly<Record<string, string | boolean>> = {}) =>
  plan('wipe-disk', { devices, ...more });
const { apply, newest } = triedDeeds(() => opened);
const refusals = async (devices: string, more = {}): Promise<unknown> =>
  (await wipe(devices, more)).machines.map(({ refused }) => refused);

describe('a disk', () => {
  it('is wiped when the name of the cluster was typed, and the plan showed what is gone', async () => {
    await start();
    const preview = await wipe('/dev/sdc,sdb1', { method: 'ZEROES', drop: false });

    expect(preview).toMatchObject({
      deed: 'Wipe “sdc”, “sdb1” of worker-01',
      talosctl: expect.stringMatching(/ wipe disk sdc sdb1 --method ZEROES$/) as string,
      head: { risk: 'destroys' },
      loses: [
        { name: '/dev/sdc', depth: 0, size: 2e12, what: 'WDC, serial S-sdc, 2.0 TB: xfs “scratch”' },
        { name: '/dev/sdb1', depth: 0, size: 1e12, what: 'xfs “pg-data”' },
      ],
    });
    typed = 'Prod';
    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(requestsSent(simulator, WIPE)).toEqual([]);

    typed = 'prod';
    await apply(preview);

    const wiped = { method: 'ZEROES', skip_volume_check: false, skip_secondary_check: false, drop_partition: false };
    expect(requestsSent(simulator, WIPE)).toEqual([
      {
        node: '10.5.0.3',
        devices: [
          { ...wiped, device: 'sdc' },
          { ...wiped, device: 'sdb1' },
        ],
      },
    ]);
    expect(asked[0]).toMatchObject({ isDestructive: true, typed: 'prod' });
    expect(asked[0]?.facts.join(' ')).toContain('/dev/sdb1 (xfs “pg-data”)');
    expect(newest()?.steps).toMatchObject([
      { stage: 'done', text: expect.stringContaining('Nothing is found on it') as string },
    ]);
    expect(await wipe('sdc')).toMatchObject({ loses: [{ what: 'WDC, serial S-sdc, 2.0 TB' }] });
  });

  it('that something uses, that is not there, or that Talos runs from has a reason and no plan', async () => {
    await start();
    expect(await refusals('nvme0n1')).toEqual(['“nvme0n1” is the disk that Talos runs from: only a reset wipes it.']);
    expect(await refusals('nvme0n1p1')).toEqual([
      '“nvme0n1p1” is “EFI”, which the machine starts from: only a reset wipes it.',
    ]);
    expect(await refusals('nvme0n1p6')).toEqual(['“nvme0n1p6” is in use: it is volume “EPHEMERAL” of Talos.']);
    expect(await refusals('sdd')).toEqual(['“sdd” is part of volume group “vg0”: take that apart first.']);
    expect(await refusals('sde')).toEqual(['“sde” is part of array “/dev/md0”: take that apart first.']);
    expect(await refusals('sdb')).toEqual(['“sdb2” is in use: it is mounted on “/var/mnt/x”.']);
    expect(await refusals('sr0,sdx')).toEqual(['“sr0” can only be read. It has no device “sdx”.']);
    expect(await refusals('sdc', { drop: true })).toEqual([
      '“sdc” is a whole disk, and stands in no table of partitions.',
    ]);
    await expect(wipe('../sdc')).rejects.toMatchObject({ failure: { code: 'invalid', where: { field: 'devices' } } });
    const nodes = ['cp-1', 'worker-01'];
    const both = { context: 'fra', nodes, deed: 'wipe-disk', params: { devices: 'sdc' } };
    expect((await opened.workspace.deeds.plan(both, signal)).refused).toContain('one machine at a time');
  });

  it('that is another one by then is left alone', async () => {
    await start();
    const preview = await wipe('sdc');
    meanwhile = () => simulator.node('worker-01').machine.setMoreDisks([disk('sdc', { serial: 'OTHER' })]);

    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(requestsSent(simulator, WIPE)).toEqual([]);
  });

  it.each<readonly [string, Partial<MachineDisk>]>([
    ['on another bus, where no disk has a serial number', { serial: '', busPath: '/pci/2' }],
    [
      'with a partition of another size',
      { partitions: [{ number: 1, bytes: 2e11, content: 'xfs', label: 'pg-data' }] },
    ],
  ])('%s is another one', async (_what, other) => {
    await start();
    const before = disk('sdf', {
      ...{ serial: '', busPath: '/pci/1' },
      partitions: [{ number: 1, bytes: 1e11, content: 'xfs', label: 'pg-data' }],
    });
    const { machine } = simulator.node('worker-01');
    machine.setMoreDisks([before]);
    const preview = await wipe('sdf1');
    meanwhile = () => machine.setMoreDisks([{ ...before, ...other }]);

    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(requestsSent(simulator, WIPE)).toEqual([]);
  });

  it('of a machine that is another one by then is left alone, however alike its disks are', async () => {
    await start();
    const node = simulator.node('worker-01');
    const preview = await wipe('sdc');
    const back = Promise.withResolvers<void>();
    const stop = node.subscribe(() => node.stage === 'running' && back.resolve());
    meanwhile = () => {
      node.setNextBoot({ as: 'another-identity', downMs: 1, bootMs: 1 });
      node.reboot('somebody');
      return back.promise;
    };

    await expect(apply(preview)).rejects.toMatchObject({
      failure: {
        code: 'conflict',
        message: expect.stringContaining('It has another identity in the cluster') as string,
      },
    });
    stop();
    expect(requestsSent(simulator, WIPE)).toEqual([]);
  });

  it('loses the partition as well when that was asked', async () => {
    await start();
    await apply(await wipe('sdb1', { drop: true }));

    expect(simulator.node('worker-01').machine.disks[1]?.partitions?.map(({ number }) => number)).toEqual([2]);
    expect(newest()?.steps[0]?.text).toMatch(/^sdb1 is not there any more, /);
  });
});

describe('LVM and arrays', () => {
  it('are taken apart from the top, each with the request of its own', async () => {
    await start();
    expect((await plan('wipe-lv', { name: 'vg0/wal' })).machines).toMatchObject([
      { refused: '“vg0/wal” is in use: something has it open.' },
    ]);
    expect((await plan('wipe-vg', { name: 'vg0' })).machines).toMatchObject([
      { refused: '“vg0/wal” is in use: something has it open.' },
    ]);
    expect((await plan('wipe-pv', { name: '/dev/sdd' })).machines).toMatchObject([
      { refused: '“sdd” is part of volume group “vg0”: take that apart first.' },
    ]);
    const { machine } = simulator.node('worker-01');

    await apply(await plan('wipe-lv', { name: 'vg0/pg' }));
    machine.setGroups(
      [{ name: 'vg0', devices: ['/dev/sdd'], volumes: [{ name: 'wal', bytes: 1e10 }] }],
      machine.arrays,
    );
    const group = await plan('wipe-vg', { name: 'vg0' });
    expect(group.loses).toMatchObject([{ name: 'vg0' }, { name: 'vg0/wal', depth: 1 }]);
    await apply(group);
    await apply(await plan('wipe-pv', { name: '/dev/sdd' }));
    await apply(await plan('wipe-md', { name: '/dev/md0' }));

    const node = '10.5.0.3';
    expect([
      requestsSent(simulator, '/machine.LVMService/LogicalVolumeRemove'),
      requestsSent(simulator, '/machine.LVMService/VolumeGroupRemove'),
      requestsSent(simulator, '/machine.LVMService/PhysicalVolumeRemove'),
      requestsSent(simulator, '/machine.MDService/Destroy'),
    ]).toEqual([
      [{ node, volume_group: 'vg0', logical_volume: 'pg' }],
      [{ node, volume_group: 'vg0' }],
      [{ node, device: '/dev/sdd' }],
      [{ node, device: '/dev/md0' }],
    ]);
    expect((await plan('wipe-md', { name: '/dev/md0' })).machines).toMatchObject([
      { refused: 'It has no array “/dev/md0”.' },
    ]);
  });

  it('of another disk by then is left alone', async () => {
    await start();
    const { machine } = simulator.node('worker-01');
    machine.setGroups([], machine.arrays);
    const preview = await plan('wipe-pv', { name: '/dev/sdd' });
    meanwhile = () => machine.setMoreDisks([disk('sdd', { content: 'lvm2-pv', serial: 'OTHER' })]);

    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(requestsSent(simulator, '/machine.LVMService/PhysicalVolumeRemove')).toEqual([]);
  });

  it('cannot be taken apart before 1.14, and the plan says so', async () => {
    await start('v1.13.9');
    expect((await plan('wipe-vg', { name: 'vg0' })).machines).toMatchObject([
      { refused: 'Talos can do this since 1.14; it runs v1.13.9.' },
    ]);
  });
});
