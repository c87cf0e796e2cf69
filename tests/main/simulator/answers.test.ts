import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { useHarness } from './harness.ts';
import { proto } from './talos-client.ts';
import { until } from './waiting.ts';

const { start, connect } = useHarness();
const WORKER = { node: 'worker-01' };

async function simulate(seed = 1, clock = new FakeClock()) {
  const simulator = await start({ seed, clock });
  return { simulator, clock, client: connect(simulator.talosconfig) };
}

/** Unary methods that need no request but a namespace at most. Typed as one of them: only the length and equality of replies count here. */
const SIMPLE = [
  ...['Version', 'Hostname', 'ServiceList', 'Memory', 'LoadAvg', 'SystemStat', 'CPUInfo', 'CPUFreqStats', 'Mounts'],
  ...['NetworkDeviceStats', 'DiskStats', 'Processes', 'Containers', 'Stats', 'LogsContainers'],
].map((name) => `/machine.MachineService/${name}` as '/machine.MachineService/Version');

/** What those that list containers want to know; the others read nothing of it. */
const REQUEST = { namespace: 'system' };

describe('the answers of a node', () => {
  it('are the same for the same seed and time, and others for another seed', async () => {
    const first = await simulate(5);
    const second = await simulate(5);
    const third = await simulate(6);
    const all = (client: typeof first.client) => Promise.all(SIMPLE.map((path) => client.unary(path, REQUEST, WORKER)));

    expect(await all(second.client)).toEqual(await all(first.client));
    expect(await all(third.client)).not.toEqual(await all(first.client));
  });

  it('are all filled in', async () => {
    const { client } = await simulate();

    for (const path of SIMPLE) {
      const reply = await client.unary(path, REQUEST, WORKER);
      expect(reply.messages, path).toHaveLength(1);
      expect(JSON.stringify(reply).length, path).toBeGreaterThan(50);
    }
  });

  it('move with time, and counters never shrink', async () => {
    const { client, clock } = await simulate();
    const read = async () => {
      const [system, net, disk] = await Promise.all([
        client.unary('/machine.MachineService/SystemStat', {}, WORKER),
        client.unary('/machine.MachineService/NetworkDeviceStats', {}, WORKER),
        client.unary('/machine.MachineService/DiskStats', {}, WORKER),
      ]);
      return [
        system.messages[0]!.cpu_total!.user,
        system.messages[0]!.context_switches,
        net.messages[0]!.total!.rx_bytes,
        disk.messages[0]!.total!.write_completed,
      ].map(Number);
    };

    let before = await read();
    for (let step = 0; step < 20; step++) {
      clock.advance(3_000);
      const after = await read();
      for (const [index, value] of after.entries()) expect(value).toBeGreaterThanOrEqual(before[index]!);
      before = after;
    }
    const load = await client.unary('/machine.MachineService/LoadAvg', {}, WORKER);
    clock.advance(60_000);
    expect(await client.unary('/machine.MachineService/LoadAvg', {}, WORKER)).not.toEqual(load);
  });

  it('agree with each other about memory', async () => {
    const { client } = await simulate();

    const info = (await client.unary('/machine.MachineService/Memory', {}, WORKER)).messages[0]!.meminfo!;
    const used = Number(info.memtotal) - Number(info.memfree) - Number(info.cached) - Number(info.buffers);

    expect(used).toBeGreaterThan(0);
    expect(Number(info.memavailable)).toBeLessThan(Number(info.memtotal));
  });

  it('tell another time when the clock of the node is wrong', async () => {
    const clock = new FakeClock();
    const simulator = await start({ clock, overrides: { 'worker-01': { clockSkewMs: 90_000 } } });
    const client = connect(simulator.talosconfig);

    const { localtime, remotetime } = (await client.unary('/time.TimeService/Time', {}, WORKER)).messages[0]!;

    expect(Number(localtime!.seconds) - Number(remotetime!.seconds)).toBe(90);
  });

  it('name the services of a role, healthy, with their events', async () => {
    const { client } = await simulate();
    const services = async (node: string) =>
      (await client.unary('/machine.MachineService/ServiceList', {}, { node })).messages[0]!.services;

    expect((await services('cp-1')).map(({ id }) => id)).toContain('etcd');
    expect((await services('worker-01')).map(({ id }) => id)).not.toContain('etcd');
    const kubelet = (await services('worker-01')).find(({ id }) => id === 'kubelet')!;
    expect(kubelet).toMatchObject({ state: 'Running', health: { healthy: true, unknown: false } });
    expect(kubelet.events!.events.at(-1)!.msg).toBe('Health check successful');
  });

  it('show a restart step by step', async () => {
    const { client, clock } = await simulate();
    const kubelet = async () => {
      const reply = await client.unary('/machine.MachineService/ServiceList', {}, WORKER);
      const { state, health } = reply.messages[0]!.services.find(({ id }) => id === 'kubelet')!;
      return `${state} ${health!.unknown ? '?' : health!.healthy ? 'OK' : 'Fail'}`;
    };

    const reply = await client.unary('/machine.MachineService/ServiceRestart', { id: 'kubelet' }, WORKER);
    const states = [await kubelet()];
    for (const stepMs of [800, 400, 1_300, 2_500]) {
      clock.advance(stepMs);
      states.push(await kubelet());
    }

    expect(reply.messages[0]!.resp).toBe('Service "kubelet" restarted');
    expect(states).toEqual(['Stopping ?', 'Preparing ?', 'Starting ?', 'Running Fail', 'Running OK']);
  });

  it('refuse to stop what the API may not stop, and what is not there', async () => {
    const { client } = await simulate();

    expect(await client.error('/machine.MachineService/ServiceStop', { id: 'machined' }, WORKER)).toEqual({
      code: 2,
      text: 'service "machined" doesn\'t support stop operation via API',
    });
    expect(await client.error('/machine.MachineService/ServiceStart', { id: 'nope' }, WORKER)).toEqual({
      code: 2,
      text: 'service "nope" not defined',
    });
  });

  it('list containers of Talos and of Kubernetes, each with its pod', async () => {
    const { client } = await simulate();

    const system = await client.unary('/machine.MachineService/Containers', { namespace: 'system' }, { node: 'cp-1' });
    const pods = await client.unary(
      '/machine.MachineService/Containers',
      { namespace: 'k8s.io', driver: 'CRI' },
      WORKER,
    );

    expect(system.messages[0]!.containers.map(({ id }) => id)).toContain('etcd');
    const containers = pods.messages[0]!.containers;
    const sandboxes = new Set(containers.filter(({ id, pod_id }) => id === pod_id).map(({ id }) => id));
    expect(sandboxes.size).toBeGreaterThan(2);
    expect(containers.every(({ pod_id }) => sandboxes.has(pod_id))).toBe(true);
  });

  it('show etcd on control planes alone, with one leader all agree on', async () => {
    const { client } = await simulate();
    const leader = async (node: string) =>
      (await client.unary('/machine.MachineService/EtcdStatus', {}, { node })).messages[0]!.member_status!.leader;

    const members = await client.unary('/machine.MachineService/EtcdMemberList', {}, { node: 'cp-2' });

    expect(members.messages[0]!.members.map(({ hostname }) => hostname)).toEqual(['cp-1', 'cp-2', 'cp-3']);
    expect(await leader('cp-1')).toBe(await leader('cp-3'));
    expect(members.messages[0]!.members.map(({ id }) => id)).toContain(await leader('cp-2'));
    expect((await client.error('/machine.MachineService/EtcdStatus', {}, WORKER)).code).toBe(12);
  });

  it('show listening and connected sockets with their programs', async () => {
    const { client } = await simulate();

    const reply = await client.unary(
      '/machine.MachineService/Netstat',
      { filter: 'LISTENING', feature: { pid: true }, l4proto: { tcp: true } },
      WORKER,
    );

    expect(
      reply.messages[0]!.connectrecord.map(({ localport, state, process }) => [localport, state, process!.name]),
    ).toEqual([
      [50_000, 'LISTEN', 'apid'],
      [10_250, 'LISTEN', 'kubelet'],
    ]);
  });

  it('list and read files, and refuse a folder', async () => {
    const { simulator, client } = await simulate();
    const read = async (path: string) =>
      Buffer.concat(
        (await client.all('/machine.MachineService/Read', { path }, WORKER)).map(({ bytes }) => bytes),
      ).toString();

    const listed = await client.all('/machine.MachineService/List', { root: '/etc' }, WORKER);

    expect(listed.map((file) => file.relative_name)).toEqual([
      ...['.', 'cni', 'hostname', 'hosts', 'kubernetes', 'os-release', 'resolv.conf'],
    ]);
    expect(await read('/proc/sys/kernel/random/boot_id')).toBe(`${simulator.node('worker-01').bootId}\n`);
    await expect(read('/etc')).rejects.toEqual({ code: 2, text: 'path must be a regular file' });
    await expect(read('/nope')).rejects.toEqual({ code: 5, text: 'stat /nope: no such file or directory' });
  });
});

describe('what a node does not know', () => {
  it('is unimplemented in the words of Talos', async () => {
    const { client } = await simulate();

    expect(await client.error('/machine.ImageService/Verify', {}, WORKER)).toEqual({
      code: 12,
      text: 'unknown method Verify for service machine.ImageService',
    });
    expect(await client.error('/machine.MDService/Destroy', {}, WORKER)).toEqual({
      code: 12,
      text: 'unknown service machine.MDService',
    });
  });

  it('never hangs: every method of proto/ ends or answers', async () => {
    const { client } = await simulate();
    const oneRequest = proto.services.flatMap((service) => service.methods).filter((method) => !method.requestStream);

    for (const { path, responseStream } of oneRequest) {
      const call = responseStream
        ? client.stream(path as '/machine.MachineService/Dmesg', {}, WORKER).next()
        : client.unary(path as '/machine.MachineService/Version', {}, WORKER);
      await call.catch((error: unknown) => expect(error, path).toHaveProperty('code'));
    }
  });
});

describe('a reboot', () => {
  it('answers, goes silent, and comes back with a new boot id', async () => {
    const { simulator, client, clock } = await simulate();
    const node = simulator.node('worker-01');
    const before = node.bootId;

    const reply = await client.unary('/machine.MachineService/Reboot', {}, WORKER);
    clock.advance(2_000);
    const down = await client.error('/machine.MachineService/Version', {}, WORKER);
    clock.advance(25_000);
    await client.unary('/machine.MachineService/Version', {}, WORKER);

    expect(reply.messages[0]!.actor_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(down.text).toContain('connect: connection refused');
    expect(node.bootId).not.toBe(before);
  });

  it('of an endpoint closes its port until it is back', async () => {
    const { simulator, client, clock } = await simulate();

    await client.unary('/machine.MachineService/Reboot', {}, { node: 'cp-1' });
    clock.advance(2_000);
    await until(() => simulator.openConnections() === 0);
    expect((await client.error('/machine.MachineService/Version', {})).code).toBe(14);
    clock.advance(25_000);

    const again = connect(simulator.talosconfig);
    expect((await again.unary('/machine.MachineService/Version', {})).messages).toHaveLength(1);
  });
});
