import { describe, expect, it } from 'vitest';
import type { MethodRequest } from '../../../main/talos/method-types.ts';
import { obeyLine } from '../../../main/simulator/control.ts';
import { etcdMemberId } from '../../../main/simulator/cluster/etcd-membership.ts';
import { useHarness } from './harness.ts';
import type { TalosClient } from './talos-client.ts';

const { start, connect } = useHarness();

type WatchRequest = MethodRequest<'/cosi.resource.State/Watch'>;

const WATCH = '/cosi.resource.State/Watch';
const GET = '/cosi.resource.State/Get';
const MEMBERS = '/machine.MachineService/EtcdMemberList';
const STATUS = '/machine.MachineService/EtcdStatus';
const REMOVE = '/machine.MachineService/EtcdRemoveMemberByID';
const LEAVE = '/machine.MachineService/EtcdLeaveCluster';
const CONFIG = { namespace: 'config', type: 'MachineConfigs.config.talos.dev' };
const DISKS = { namespace: 'runtime', type: 'Disks.block.talos.dev', api_version: 1 };
const ETCD_MEMBER = { namespace: 'etcd', type: 'EtcdMembers.etcd.talos.dev', api_version: 1 };
const SPARE = { name: 'sda', bytes: 2e12, model: 'WDC', serial: 'W1' };

async function simulate(controlPlanes = 3) {
  const simulator = await start({ controlPlanes, workers: 1 });
  return { simulator, client: connect(simulator.talosconfig) };
}

/** The next events of a watch, as kind, id and version. */
async function* eventsOf(client: TalosClient, request: WatchRequest, headers: Readonly<Record<string, string>>) {
  const stream = client.stream(WATCH, request, headers);
  await stream.next();
  try {
    for (;;) {
      for (const event of (await stream.next())?.event ?? []) {
        const { id, version } = event.resource?.metadata ?? {};
        yield { kind: event.event_type, id, version, spec: event.resource?.spec?.yaml_spec ?? '' };
      }
    }
  } finally {
    stream.cancel();
  }
}

describe('the machine config of a node', () => {
  it('is what it was given, to the byte, under the next version, and a watch hears of it', async () => {
    const { simulator, client } = await simulate();
    const before = await client.unary(GET, { ...CONFIG, id: 'v1alpha1' }, { node: 'worker-01' });
    const events = eventsOf(client, { ...CONFIG, id: 'v1alpha1', api_version: 1 }, { node: 'worker-01' });
    const first = (await events.next()).value;

    simulator.node('worker-01').machine.setConfig('version: v1alpha1 # mine\n---\nkind: Other\n');

    const second = (await events.next()).value;
    const version = Number(before.resource?.metadata?.version);
    expect(first).toMatchObject({ kind: 'CREATED', version: String(version) });
    expect(second).toMatchObject({ kind: 'UPDATED', version: String(version + 1) });
    expect(second?.spec).toContain('version: v1alpha1 # mine');
    expect(second?.spec).toContain('kind: Other');
    await events.return(undefined);
  });

  it('outlasts a look, leaves other nodes alone, and can be taken back', async () => {
    const { simulator, client } = await simulate();
    const specOf = async (node: string): Promise<string | undefined> =>
      (await client.unary(GET, { ...CONFIG, id: 'v1alpha1' }, { node })).resource?.spec?.yaml_spec;
    const [before, other] = [await specOf('worker-01'), await specOf('cp-1')];

    simulator.node('worker-01').machine.setConfig('version: v1alpha1\n');
    expect(await specOf('worker-01')).not.toBe(before);
    expect(await specOf('cp-1')).toBe(other);

    simulator.node('worker-01').machine.setConfig(null);
    expect(await specOf('worker-01')).toBe(before);
  });
});

describe('the disks of a node', () => {
  it('come and go, for those who ask and those who watch; the one Talos runs from stays', async () => {
    const { simulator, client } = await simulate();
    const list = async (): Promise<readonly unknown[]> =>
      (await client.unary('/storage.StorageService/Disks', {}, { node: 'worker-01' })).messages?.[0]?.disks ?? [];
    const events = eventsOf(client, DISKS, { node: 'worker-01' });
    const pending = events.next();
    await client.unary('/storage.StorageService/Disks', {}, { node: 'worker-01' });

    simulator.node('worker-01').machine.setMoreDisks([SPARE]);
    expect((await pending).value).toMatchObject({ kind: 'CREATED', id: 'sda', version: '1' });
    expect(await list()).toMatchObject([
      { device_name: '/dev/nvme0n1', system_disk: true },
      { device_name: '/dev/sda', system_disk: false },
    ]);

    simulator.node('worker-01').machine.setMoreDisks([]);
    expect((await events.next()).value).toMatchObject({ kind: 'DESTROYED', id: 'sda' });
    expect(await list()).toHaveLength(1);
    await events.return(undefined);
  });

  it('have names of their own', async () => {
    const { simulator } = await simulate(1);

    expect(() => simulator.node('worker-01').machine.setMoreDisks([SPARE, SPARE])).toThrow('Two disks have one name.');
  });
});

describe('membership of etcd', () => {
  it('loses a member by its id, for every control plane, and the member itself is gone', async () => {
    const { simulator, client } = await simulate();
    const member = simulator.etcd.memberOn(simulator.node('cp-3'))!;
    const events = eventsOf(client, { ...ETCD_MEMBER, id: 'local' }, { node: 'cp-3' });
    expect((await events.next()).value).toMatchObject({ kind: 'CREATED', id: 'local' });

    const remove = { member_id: etcdMemberId(member) };
    await client.unary(REMOVE, remove, { node: 'cp-1' });

    expect((await events.next()).value).toMatchObject({ kind: 'DESTROYED', id: 'local' });
    for (const node of ['cp-1', 'cp-2']) {
      const { messages } = await client.unary(MEMBERS, {}, { node });
      expect(messages?.[0]?.members?.map(({ hostname }) => hostname)).toEqual(['cp-1', 'cp-2']);
    }
    const gone = 'error building etcd client: context deadline exceeded';
    expect(await client.error(STATUS, {}, { node: 'cp-3' })).toEqual({
      code: 2,
      text: `failed to create etcd client: ${gone}`,
    });
    expect(await client.error(MEMBERS, {}, { node: 'cp-3' })).toEqual({ code: 2, text: gone });
    expect(await client.error(REMOVE, remove, { node: 'cp-1' })).toEqual({
      code: 5,
      text: `failed to remove member ${etcdMemberId(member)}: etcdserver: member not found`,
    });
    await events.return(undefined);
  });

  it('is left by the node that is asked, whose etcd stops; asked again nothing happens', async () => {
    const { simulator, client } = await simulate();

    await client.unary(LEAVE, {}, { node: 'cp-2' });
    await client.unary(LEAVE, {}, { node: 'cp-2' });

    expect(simulator.etcd.members.map(({ node }) => node.name)).toEqual(['cp-1', 'cp-3']);
    expect(
      simulator
        .node('cp-2')
        .services.list()
        .find(({ id }) => id === 'etcd')?.state,
    ).not.toBe('Running');
  });

  it('changes only while a majority agrees, and else in the words of each method', async () => {
    const { simulator, client } = await simulate();
    const id = etcdMemberId(simulator.etcd.memberOn(simulator.node('cp-1'))!);
    for (const node of ['cp-2', 'cp-3']) simulator.setNodeFault(node, { kind: 'frozen' });
    const failed = `failed to remove member ${id}: etcdserver: no leader`;

    expect([
      await client.error(REMOVE, { member_id: id }, { node: 'cp-1' }),
      await client.error(LEAVE, {}, { node: 'cp-1' }),
    ]).toEqual([
      { code: 2, text: `failed to remove member: ${failed}` },
      { code: 2, text: `failed to leave cluster: ${failed}` },
    ]);
    expect(simulator.etcd.members).toHaveLength(3);
  });

  it('is joined as a learner with a new id, which does not count for the majority until it votes', async () => {
    const { simulator, client } = await simulate(2);
    const node = simulator.node('cp-2');
    const old = simulator.etcd.memberOn(node)!;
    simulator.etcd.remove(old.hex);

    const joined = simulator.etcd.join(node);
    const status = async () => (await client.unary(STATUS, {}, { node: 'cp-1' })).messages?.[0]?.member_status;

    expect(joined.hex).not.toBe(old.hex);
    expect((await client.unary(STATUS, {}, { node: 'cp-2' })).messages?.[0]?.member_status).toMatchObject({
      member_id: etcdMemberId(joined),
      is_learner: true,
    });
    simulator.setNodeFault('cp-2', { kind: 'frozen' });
    expect((await status())?.leader).not.toBe('0');
    simulator.etcd.promote(joined.hex);
    expect((await status())?.leader).toBe('0');
  });

  it('is for control planes, once each', async () => {
    const { simulator } = await simulate(1);

    expect(() => simulator.etcd.join(simulator.node('worker-01'))).toThrow('worker-01 is a worker.');
    expect(() => simulator.etcd.join(simulator.node('cp-1'))).toThrow('cp-1 is a member already.');
  });
});

it('a simulator in its own process changes its state by commands', async () => {
  const { simulator } = await simulate();
  const obey = async (command: object): Promise<unknown> =>
    JSON.parse(await obeyLine(JSON.stringify(command), [simulator])) as unknown;

  expect(await obey({ machineConfig: { node: 'cp-1', text: 'a: 1\n' } })).toEqual({ ok: null });
  expect(await obey({ moreDisks: { node: 'cp-1', disks: [SPARE] } })).toEqual({ ok: null });
  expect(await obey({ etcd: { node: 'cp-1', change: 'remove' } })).toEqual({ ok: null });
  expect(await obey({ etcd: { node: 'cp-1', change: 'remove' } })).toEqual({ error: 'cp-1 is no member of etcd.' });
  expect(await obey({ etcd: { node: 'cp-1', change: 'join' } })).toEqual({ ok: null });
  expect(await obey({ etcd: { node: 'cp-1', change: 'promote' } })).toEqual({ ok: null });

  const { machine } = simulator.node('cp-1');
  expect([machine.configs.active, machine.disks[1]]).toEqual(['a: 1\n', SPARE]);
  expect(simulator.etcd.members.map(({ node, isLearner }) => [node.name, isLearner])).toEqual([
    ['cp-2', false],
    ['cp-3', false],
    ['cp-1', false],
  ]);
});
