import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { useHarness } from '../harness.ts';
import { until } from '../waiting.ts';

const { start, connect } = useHarness();
const VERSION = '/machine.MachineService/Version';
const WATCH = '/cosi.resource.State/Watch';
const LOGS = '/machine.MachineService/Logs';
const WORKER = { node: 'worker-01' };
const HALF_AN_HOUR_MS = 30 * 60_000;

async function simulate() {
  const clock = new FakeClock();
  const simulator = await start({ clock, controlPlanes: 2, workers: 1 });
  return { clock, simulator, client: connect(simulator.talosconfig) };
}

describe('a frozen node', () => {
  it('keeps the first caller waiting for its handshake, and the next ones not', async () => {
    const { clock, simulator, client } = await simulate();
    simulator.setNodeFault('worker-01', { kind: 'frozen' });
    const timeout = {
      code: 14,
      text: 'connection error: desc = "transport: authentication handshake failed: context deadline exceeded"',
    };

    const first = client.error(VERSION, {}, WORKER);
    await until(() => clock.active > 0);
    clock.advance(20_000);

    expect(await first).toEqual(timeout);
    expect(await client.error(VERSION, {}, WORKER)).toEqual(timeout);
    expect((await client.unary(VERSION, {}, { node: 'cp-2' })).messages).toHaveLength(1);
  });
});

describe('a node whose containerd is down', () => {
  it('is UNAVAILABLE for containers alone: it and the endpoint are well', async () => {
    const { simulator, client } = await simulate();
    simulator.setNodeFault('worker-01', { kind: 'daemon-down' });
    const down = (socket: string) => ({
      code: 14,
      text: `connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: connection refused"`,
    });

    const pods = { namespace: 'k8s.io', driver: 'CRI' } as const;
    const containers = '/machine.MachineService/Containers';
    expect(await client.error(containers, pods, WORKER)).toEqual(down('/run/containerd/containerd.sock'));
    expect((await client.unary(containers, { namespace: 'system' }, WORKER)).messages).toHaveLength(1);
    expect((await client.unary(VERSION, {}, WORKER)).messages).toHaveLength(1);
    simulator.setNodeFault('worker-01', { kind: 'daemon-down', daemon: 'system' });
    expect(await client.error(containers, { namespace: 'system' }, WORKER)).toEqual(
      down('/system/run/containerd/containerd.sock'),
    );
  });
});

describe('an apid that restarts', () => {
  it('is refused for a moment and back within five seconds; what ran through other endpoints ends', async () => {
    const { clock, simulator, client } = await simulate();
    const stream = client.stream(LOGS, { namespace: 'system', id: 'apid', follow: true, tail_lines: 1 }, WORKER);
    await stream.next();

    simulator.setNodeFault('worker-01', { kind: 'apid-restart' });

    await expect(stream.next()).rejects.toEqual({ code: 14, text: 'error reading from server: EOF' });
    expect((await client.error(VERSION, {}, WORKER)).text).toContain('connect: connection refused');
    clock.advance(5_000);
    expect((await client.unary(VERSION, {}, WORKER)).messages).toHaveLength(1);
    expect(simulator.node('worker-01').stage).toBe('running');
  });

  it('keeps the state: a watch goes on from its bookmark with what happened meanwhile', async () => {
    const { clock, simulator, client } = await simulate();
    const request = { namespace: 'runtime', type: 'Versions.runtime.talos.dev', api_version: 1 };
    const stream = client.stream(WATCH, { ...request, options: { bootstrap_contents: true } }, WORKER);
    await stream.next();
    await stream.next();
    const bookmark = (await stream.next())!.event[0]!.bookmark!;

    simulator.setNodeFault('worker-01', { kind: 'apid-restart', backMs: 1_000 });
    await expect(stream.next()).rejects.toMatchObject({ code: 14 });
    simulator.node('worker-01').setVersion('v1.13.10');
    clock.advance(1_000);

    const resumed = client.stream(WATCH, { ...request, options: { start_from_bookmark: bookmark } }, WORKER);
    await resumed.next();
    expect((await resumed.next())!.event[0]).toMatchObject({ event_type: 'UPDATED' });
    resumed.cancel();
    await until(() => simulator.calls.at(-1)?.code === 1);
  });

  it('closes the port of its endpoint and the connections to it, until it is back', async () => {
    const { clock, simulator, client } = await simulate();
    await client.unary(VERSION, {});

    await simulator.setEndpointFault('cp-1', { kind: 'apid-restart', backMs: 5_000 });
    await until(() => simulator.openConnections() === 0);

    expect((await connect(simulator.talosconfig).error(VERSION, {})).code).toBe(14);
    clock.advance(5_000);
    expect((await connect(simulator.talosconfig).unary(VERSION, {})).messages).toHaveLength(1);
  });
});

describe('an apid that renews its certificate', () => {
  const follow = { namespace: 'system', id: 'apid', follow: true, tail_lines: 1 };

  it('keeps the connections of its clients, and half an hour later ends what ran over its own to other nodes', async () => {
    const { clock, simulator, client } = await simulate();
    const before = client.stream(LOGS, follow, WORKER);
    const local = client.stream(LOGS, follow);
    await before.next();
    await local.next();

    await simulator.setEndpointFault('cp-1', { kind: 'certificate-rotation' });
    const after = client.stream(LOGS, follow, WORKER);
    await after.next();
    expect(simulator.openConnections()).toBe(1);
    clock.advance(HALF_AN_HOUR_MS);

    const ended = (async () => {
      while ((await before.next()) !== null);
    })();
    await expect(ended).rejects.toEqual({ code: 1, text: 'grpc: the client connection is closing' });
    expect(await after.next()).not.toBeNull();
    expect(await local.next()).not.toBeNull();
    expect((await client.unary(VERSION, {}, WORKER)).messages).toHaveLength(1);
    after.cancel();
    local.cancel();
    await until(() => simulator.calls.filter(({ code }) => code === null).length === 0);
  });

  it('shows the new certificate to new clients', async () => {
    const { simulator } = await simulate();

    await simulator.setEndpointFault('cp-1', { kind: 'certificate-rotation', graceMs: 0 });

    expect((await connect(simulator.talosconfig).unary(VERSION, {})).messages).toHaveLength(1);
    expect(simulator.endpoint('cp-1').fault).toBeNull();
  });
});
