import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { volumeRow } from '../../../../../main/operations/commands/storage/disk-free.ts';
import { overTheWire } from '../../../../fakes/over-the-wire.ts';
import { eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

let bench: Bench;
const node = 'cp-1';

beforeAll(async () => {
  bench = await openBench({
    ...{ controlPlanes: 1, workers: 1, version: 'v1.15.0' },
    overrides: { 'worker-01': { version: 'v1.14.2' } },
  });
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

describe('a volume and how full it is', () => {
  const room = overTheWire('/machine.StorageService/Statfs', {
    ...{ size: 1000, used: 300, available: 600, inodes: 40, inodes_used: 10, inodes_free: 30 },
  });
  const mount = { volume: 'EPHEMERAL', filesystem: 'xfs', target: '/var' };

  it('is of what is used or free, and not of what is kept for root', () => {
    expect(volumeRow({ ...mount, room, error: '' }, {})).toEqual([
      ...['EPHEMERAL', 'xfs', 1000, 300, 600, 300 / 900, '/var', ''],
    ]);
    expect(volumeRow({ ...mount, room, error: '' }, { inodes: true })).toEqual([
      ...['EPHEMERAL', 'xfs', 40, 10, 30, 0.25, '/var', ''],
    ]);
  });

  it('has no share of nothing, and says why it is not known', () => {
    const empty = overTheWire('/machine.StorageService/Statfs', {});

    expect(volumeRow({ ...mount, room: empty, error: '' }, {})[5]).toBeNull();
    expect(volumeRow({ ...mount, room: undefined, error: 'no' }, {})).toEqual([
      ...['EPHEMERAL', 'xfs', null, null, null, null, '/var', 'no'],
    ]);
  });
});

describe('diskfree', () => {
  it('shows the volumes of a node, or one of them', async () => {
    const all = await bench.run({ command: 'diskfree', nodes: [node] });
    const one = await bench.run({ command: 'diskfree', nodes: [node], params: { volume: 'STATE', inodes: true } });

    expect(rowsOf(all, node).map(([volume, , , , , , target]) => [volume, target])).toEqual([
      ['EPHEMERAL', '/var'],
      ['STATE', '/system/state'],
    ]);
    expect(rowsOf(all, node).every(([, , size, used, free]) => Number(used) + Number(free) === size)).toBe(true);
    expect(rowsOf(one, node)).toHaveLength(1);
    expect(eventsOf(one, 'started')[0]?.talosctl).toBe('talosctl --context sim -n cp-1 diskfree STATE -i');
    expect(eventsOf(one, 'started')[0]?.columns.map(({ title }) => title)).toEqual([
      ...['VOLUME', 'FILESYSTEM', 'INODES', 'IUSED', 'IFREE', '%IUSED', 'MOUNT POINT', 'ERROR'],
    ]);
  });

  it('is not on the version of an older node, which is said', async () => {
    const events = await bench.run({ command: 'diskfree' });

    expect(eventsOf(events, 'failed').map(({ node: who, failure }) => [who, failure.code])).toEqual([
      ['worker-01', 'not-supported'],
    ]);
    expect(eventsOf(events, 'failed')[0]?.failure.message).toMatch(/is not on this node's version/);
  });

  it.each([
    [
      '/var/log',
      'precondition',
      'Volume “/var/log” of cp-1 is a directory of another volume and has no file system of its own.',
    ],
    ['META', 'precondition', 'Volume “META” of cp-1 is not mounted.'],
    ['NONE', 'not-found', undefined],
  ])('refuses volume %s as %s', async (volume, code, message) => {
    const events = await bench.run({ command: 'diskfree', nodes: [node], params: { volume } });
    const failure = eventsOf(events, 'failed')[0]?.failure;

    expect(failure?.code).toBe(code);
    if (message !== undefined) expect(failure?.message).toBe(message);
  });

  it('ends with the deadline of the run, however many volumes each take their time', async () => {
    bench.simulator.setNodeFault(node, { kind: 'slow', latencyMs: 400 });
    const events = await bench.run({ command: 'diskfree', nodes: [node], deadlineMs: 1000 });
    bench.simulator.setNodeFault(node, null);

    expect(eventsOf(events, 'failed').map(({ failure }) => failure.code)).toEqual(['timeout']);
  });

  it('shows the other volumes when one cannot be looked at', async () => {
    bench.simulator.setNodeFault(node, {
      ...{ kind: 'specs', type: 'MountStatuses.block.talos.dev', times: 1 },
      yaml: 'source: /dev/sdx1\ntarget: /gone\nfilesystem: xfs\nspec:\n  volumeID: u-data\n',
    });
    const events = await bench.run({ command: 'diskfree', nodes: [node] });
    bench.simulator.setNodeFault(node, null);

    expect(rowsOf(events, node)[0]?.slice(0, 3)).toEqual(['u-data', 'xfs', null]);
    expect(eventsOf(events, 'answered')[0]?.notes?.[0]).toMatch(/^error calling statfs on “\/gone”: /);
  });
});
