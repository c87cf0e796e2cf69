import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { useHarness } from '../harness.ts';
import { proto, type TalosClient } from '../talos-client.ts';

const { start, connect } = useHarness();
const LOGS = '/machine.MachineService/Logs';
const CONTAINERS = '/machine.MachineService/Containers';
const WORKER = { node: 'worker-01' };

async function simulate() {
  const clock = new FakeClock();
  const simulator = await start({ clock, controlPlanes: 1, workers: 1, snapshotBytes: 10_000 });
  return { clock, simulator, client: connect(simulator.talosconfig) };
}

type Logs = Partial<{ namespace: string; id: string; driver: 'CRI' | 'CONTAINERD' }>;

const logFailure = (client: TalosClient, request: Logs): Promise<unknown> =>
  client.all(LOGS, { namespace: 'system', tail_lines: 1, ...request }, WORKER).catch((error: unknown) => error);

describe('the logs of a real node', () => {
  it('of something that never logged fail without a code of their own', async () => {
    const { client } = await simulate();

    expect(await logFailure(client, { id: 'nope' })).toEqual({ code: 2, text: 'log "nope" was not registered' });
    expect(await logFailure(client, { namespace: 'k8s.io', id: 'a/b:c', driver: 'CRI' })).toEqual({
      code: 2,
      text: 'container "a/b:c" not found',
    });
    expect(await logFailure(client, { namespace: 'other', id: 'apid' })).toEqual({
      code: 2,
      text: 'container "apid" not found',
    });
  });

  it('want a namespace, and the right one for the driver of Kubernetes; the kubelet’s are the same everywhere', async () => {
    const { client } = await simulate();

    expect(await logFailure(client, { namespace: '', id: 'apid' })).toEqual({
      code: 3,
      text: "namespace can't be empty",
    });
    expect(await logFailure(client, { namespace: 'other', driver: 'CRI', id: 'apid' })).toEqual({
      code: 2,
      text: 'CRI inspector is supported only for K8s namespace',
    });
    expect(await logFailure(client, { namespace: 'anything', id: 'kubelet' })).toHaveLength(1);
  });

  it('exist for parts of machined that are no service', async () => {
    const { client } = await simulate();

    const { messages } = await client.unary('/machine.MachineService/LogsContainers', {}, WORKER);

    expect(messages[0]!.ids).toContain('controller-runtime');
    expect(await logFailure(client, { id: 'controller-runtime' })).toHaveLength(1);
  });

  it('of a pod’s container come as the runtime keeps them in its file', async () => {
    const { client } = await simulate();
    const pods = await client.unary(CONTAINERS, { namespace: 'k8s.io', driver: 'CRI' }, WORKER);
    const { id } = pods.messages[0]!.containers.find((container) => container.id.includes(':'))!;

    const [line] = await client.all(LOGS, { namespace: 'k8s.io', driver: 'CRI', id, tail_lines: 1 }, WORKER);

    expect(line!.bytes.toString()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z stdout F \S/);
  });
});

describe('the containers of a real node', () => {
  it('are none in a namespace nobody uses', async () => {
    const { client } = await simulate();

    const listed = await client.unary(CONTAINERS, { namespace: 'moby' }, WORKER);
    const stats = await client.unary('/machine.MachineService/Stats', { namespace: 'moby' }, WORKER);

    expect([listed.messages[0]!.containers, stats.messages[0]!.stats]).toEqual([[], []]);
  });

  it('are refused without a namespace', async () => {
    const { client } = await simulate();

    expect(await client.error(CONTAINERS, {}, WORKER)).toEqual({ code: 3, text: "namespace can't be empty" });
  });
});

describe('the services of a real node', () => {
  const refused = (id: string, action: string) => ({
    code: 2,
    text: `service "${id}" doesn't support ${action} operation via API`,
  });

  it.each(['etcd', 'apid', 'cri', 'trustd'])('%s cannot be restarted', async (id) => {
    const { client } = await simulate();

    expect(await client.error('/machine.MachineService/ServiceRestart', { id })).toEqual(refused(id, 'restart'));
  });

  it('kubelet can be restarted and not stopped; an extension’s service can be both', async () => {
    const { client, clock } = await simulate();
    const id = 'ext-qemu-guest-agent';

    expect(await client.error('/machine.MachineService/ServiceStop', { id: 'kubelet' }, WORKER)).toEqual(
      refused('kubelet', 'stop'),
    );
    await client.unary('/machine.MachineService/ServiceRestart', { id: 'kubelet' }, WORKER);
    await client.unary('/machine.MachineService/ServiceStop', { id }, WORKER);
    clock.advance(10_000);
    await client.unary('/machine.MachineService/ServiceRestart', { id }, WORKER);
  });

  it('that run already are started without a word, whatever the API may do with them', async () => {
    const { client } = await simulate();

    const { messages } = await client.unary('/machine.MachineService/ServiceStart', { id: 'machined' }, WORKER);

    expect(messages[0]!.resp).toBe('Service "machined" started');
  });
});

describe('etcd of a real cluster', () => {
  it.each([
    ['EtcdMemberList', 'member list'],
    ['EtcdStatus', 'etcd status'],
    ['EtcdAlarmList', 'etcd alarm list'],
    ['EtcdAlarmDisarm', 'etcd alarm disarm'],
    ['EtcdDefragment', 'etcd defragment'],
    ['EtcdForfeitLeadership', 'etcd forfeit leadership'],
    ['EtcdLeaveCluster', 'etcd leave'],
    ['EtcdRemoveMemberByID', 'etcd remove member'],
    ['EtcdDowngradeCancel', 'etcd downgrade cancel'],
  ])('%s on a worker names the API that is only for control planes', async (name, api) => {
    const { client } = await simulate();
    const path = proto.method(`/machine.MachineService/${name as 'EtcdStatus'}`)
      .path as '/machine.MachineService/EtcdStatus';

    expect(await client.error(path, {}, WORKER)).toEqual({
      code: 12,
      text: `${api} is only available on control plane nodes`,
    });
  });

  it('EtcdSnapshot on a worker says so too', async () => {
    const { client } = await simulate();

    await expect(client.all('/machine.MachineService/EtcdSnapshot', {}, WORKER)).rejects.toEqual({
      code: 12,
      text: 'etcd snapshot is only available on control plane nodes',
    });
  });

  it('sends a snapshot in whole pages with their SHA-256 behind them', async () => {
    const { client } = await simulate();

    const messages = await client.all('/machine.MachineService/EtcdSnapshot', {});
    const bytes = Buffer.concat(messages.map((message) => message.bytes));

    expect(bytes.length % 512).toBe(32);
    expect(bytes.subarray(-32).equals(createHash('sha256').update(bytes.subarray(0, -32)).digest())).toBe(true);
  });
});

describe('the processes of a real node', () => {
  it('have their first word in the arguments, as they were called, and a name of at most 15 letters', async () => {
    const { client } = await simulate();

    const { messages } = await client.unary('/machine.MachineService/Processes', {});
    const processes = messages[0]!.processes;

    expect(processes.find(({ pid }) => pid === 1)).toMatchObject({ command: 'init', args: '/sbin/init' });
    expect(processes.every(({ args, command }) => args !== '' && command.length <= 15)).toBe(true);
    expect(processes.find(({ executable }) => executable.endsWith('/kube-controller-manager'))).toMatchObject({
      command: 'kube-controller',
      args: expect.stringMatching(/^kube-controller-manager /) as unknown,
    });
  });

  it('are programs: the kernel’s own threads are not among them', async () => {
    const { client } = await simulate();

    const { messages } = await client.unary('/machine.MachineService/Processes', {});

    expect(messages[0]!.processes.every(({ executable }) => executable !== '')).toBe(true);
  });
});

describe('the time of a real node', () => {
  it('cannot be told without a time server', async () => {
    const { client, simulator } = await simulate();
    simulator.setNodeFault('worker-01', { kind: 'no-time-server' });

    const error = await client.error('/time.TimeService/Time', {}, WORKER);

    expect(error.code).toBe(2);
    expect(error.text).toMatch(
      /^error querying NTP server "time\.cloudflare\.com": read udp 10\.5\.0\.3:\d+->162\.159\.200\.123:123: i\/o timeout$/,
    );
    expect((await client.unary('/machine.MachineService/Version', {}, WORKER)).messages).toHaveLength(1);
  });

  it('is compared with no server without its name', async () => {
    const { client } = await simulate();

    expect(await client.error('/time.TimeService/TimeCheck', {}, WORKER)).toEqual({
      code: 3,
      text: 'ntp server is required',
    });
  });
});
