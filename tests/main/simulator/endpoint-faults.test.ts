import { connect as connectTcp, type Socket } from 'node:net';
import { once } from 'node:events';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import type { EndpointFault } from '../../../main/simulator/faults/faults.ts';
import type { Simulator } from '../../../main/simulator/simulator.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { useHarness } from './harness.ts';
import { proto, type CallError } from './talos-client.ts';

const MEBIBYTE = 1024 * 1024;
const VERSION = '/machine.MachineService/Version';
const { start, connect } = useHarness();

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function rejection(promise: Promise<unknown>): Promise<CallError> {
  try {
    await promise;
  } catch (error) {
    return error as CallError;
  }
  throw new Error('the call succeeded');
}

async function dial(simulator: Simulator): Promise<Socket> {
  const { address, port } = simulator.endpoints[0]!;
  const socket = connectTcp({ host: address, port });
  await once(socket, 'connect');
  return socket;
}

describe('an endpoint', () => {
  it('that refuses: open connections are reset, new ones refused, and it comes back on the same port', async () => {
    const simulator = await start();
    const { target } = simulator.endpoints[0]!;
    const client = connect(simulator.talosconfig);
    await client.unary(VERSION, {});

    await simulator.setEndpointFault(target, { kind: 'refuse' });

    expect(simulator.openConnections()).toBe(0);
    await expect(dial(simulator)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await simulator.clearFaults();
    expect((await connect(simulator.talosconfig).unary(VERSION, {})).messages).toHaveLength(1);
    expect(simulator.endpoints[0]!.target).toBe(target);
  });

  it('that dies breaks the calls it had not answered', async () => {
    const simulator = await start({ clock: new FakeClock() });
    const client = connect(simulator.talosconfig);
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 1_000 });
    const call = rejection(client.unary(VERSION, {}, { node: 'worker-01' }));
    while (simulator.calls.length === 0) await turn();

    await simulator.setEndpointFault('cp-1', { kind: 'refuse' });

    expect((await call).code).toBe(14);
  });

  it('that is a black hole accepts and never speaks', async () => {
    const simulator = await start();
    await simulator.setEndpointFault('cp-1', { kind: 'black-hole' });
    const client = connect(simulator.talosconfig);

    const call = await rejection(client.unary(VERSION, {}, {}, { deadlineMs: 300 }));

    expect(call.code).toBe(4);
    expect(simulator.calls).toEqual([]);
    expect(simulator.openConnections()).toBe(1);
  });

  it('that becomes a black hole later falls silent on open connections, and carries on when it ends', async () => {
    const simulator = await start();
    const client = connect(simulator.talosconfig);
    await client.unary(VERSION, {});

    await simulator.setEndpointFault('cp-1', { kind: 'black-hole' });
    const call = client.unary(VERSION, {}, { node: 'worker-01' });
    const early = await rejection(client.unary(VERSION, {}, {}, { deadlineMs: 200 }));

    expect(early.code).toBe(4);
    expect(simulator.calls).toHaveLength(1);
    await simulator.clearFaults();
    expect((await call).messages).toHaveLength(1);
  });

  it('that falls silent keeps back what it had answered', async () => {
    const clock = new FakeClock();
    const simulator = await start({ clock });
    const client = connect(simulator.talosconfig);
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 1_000 });
    let answered = false;
    const call = client.unary(VERSION, {}, { node: 'worker-01' }).then(() => (answered = true));
    while (clock.active === 0) await turn();

    await simulator.setEndpointFault('cp-1', { kind: 'black-hole' });
    clock.advance(1_000);
    while (simulator.calls[0]?.code !== 0) await turn();
    for (let turns = 0; turns < 200; turns++) await turn();

    expect(answered).toBe(false);
    await simulator.clearFaults();
    await call;
  });

  it('that is slow answers each call late', async () => {
    const clock = new FakeClock();
    const simulator = await start({ clock });
    const client = connect(simulator.talosconfig);
    await simulator.setEndpointFault('cp-1', { kind: 'slow', latencyMs: 700 });

    const call = client.unary(VERSION, {});
    while (clock.active === 0) await turn();
    clock.advance(699);
    expect(simulator.calls[0]?.code).toBeNull();
    clock.advance(1);

    expect((await call).messages).toHaveLength(1);
  });

  it('behind a line of 50 ms needs that long for a round trip', async () => {
    const simulator = await start();
    const client = connect(simulator.talosconfig);
    await client.unary(VERSION, {});

    await simulator.setEndpointFault('cp-1', { kind: 'line', roundTripMs: 50 });
    const startedAt = performance.now();
    await client.unary(VERSION, {});
    const elapsedMs = performance.now() - startedAt;

    expect(elapsedMs).toBeGreaterThan(45);
    expect(elapsedMs).toBeLessThan(500);
  });

  it('that resets once breaks open connections and takes new ones', async () => {
    const simulator = await start();
    const client = connect(simulator.talosconfig);
    await client.unary(VERSION, {});

    await simulator.setEndpointFault('cp-1', { kind: 'reset' });

    while (simulator.openConnections() > 0) await turn();
    expect((await connect(simulator.talosconfig).unary(VERSION, {})).messages).toHaveLength(1);
  });

  it('that resets after some bytes breaks a stream in the middle', async () => {
    const simulator = await start({ workers: 500 });
    const client = connect(simulator.talosconfig);
    await client.unary(VERSION, {});
    await simulator.setEndpointFault('cp-1', { kind: 'reset', afterBytes: 40_000 });

    const stream = client.stream('/cosi.resource.State/List', {
      namespace: 'cluster',
      type: 'Members.cluster.talos.dev',
    });
    let messages = 0;
    const error = await rejection(
      (async () => {
        while ((await stream.next()) !== null) messages += 1;
      })(),
    );

    expect(error.code).toBe(14);
    expect(messages).toBeGreaterThan(20);
    expect(messages).toBeLessThan(500);
  });

  it('that says GOAWAY lets running calls end and closes', async () => {
    const clock = new FakeClock();
    const simulator = await start({ clock });
    const client = connect(simulator.talosconfig);
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 1_000 });
    const call = client.unary(VERSION, {}, { node: 'worker-01' });
    while (clock.active === 0) await turn();

    await simulator.setEndpointFault('cp-1', { kind: 'goaway' });
    clock.advance(1_000);

    expect((await call).messages).toHaveLength(1);
    while (simulator.openConnections() > 0) await turn();
    expect((await client.unary(VERSION, {})).messages).toHaveLength(1);
  });

  const certificates: readonly (readonly [EndpointFault & { kind: 'certificate' }, RegExp])[] = [
    [{ kind: 'certificate', shows: 'expired' }, /certificate has expired/],
    [{ kind: 'certificate', shows: 'not-yet-valid' }, /certificate is not yet valid/],
    [{ kind: 'certificate', shows: 'foreign-authority' }, /certificate signature failure|unable to verify|self-signed/],
    [{ kind: 'certificate', shows: 'wrong-address' }, /does not match certificate's altnames/],
  ];

  it.each(certificates)('that shows a bad certificate is not trusted: $shows', async (fault, expected) => {
    const simulator = await start();
    await simulator.setEndpointFault('cp-1', fault);

    const error = await connect(simulator.talosconfig).error(VERSION, {});

    expect(error.code).toBe(14);
    expect(error.text).toMatch(expected);
  });

  it('that renews its certificate shows the new one to new connections', async () => {
    const simulator = await start();
    const client = connect(simulator.talosconfig);
    await client.unary(VERSION, {});

    await simulator.setEndpointFault('cp-1', { kind: 'certificate', shows: 'renewed' });

    expect((await client.unary(VERSION, {})).messages).toHaveLength(1);
    expect((await connect(simulator.talosconfig).unary(VERSION, {})).messages).toHaveLength(1);
  });

  it('in maintenance mode is not trusted by the cluster’s clients', async () => {
    const simulator = await start();
    const client = connect(simulator.talosconfig);
    await client.unary(VERSION, {});

    await simulator.setEndpointFault('cp-1', { kind: 'maintenance' });

    expect((await connect(simulator.talosconfig).error(VERSION, {})).code).toBe(14);
    await simulator.clearFaults();
    expect((await connect(simulator.talosconfig).unary(VERSION, {})).messages).toHaveLength(1);
  });

  it('in maintenance mode answers anyone, itself, as for a reader', async () => {
    const simulator = await start();
    await simulator.setEndpointFault('cp-1', { kind: 'maintenance' });
    const client = new Client(
      simulator.endpoints[0]!.target,
      credentials.createSsl(null, null, null, { rejectUnauthorized: false }),
    );
    const ask = (path: '/machine.MachineService/Hostname' | '/machine.MachineService/Reboot') => {
      const method = proto.method(path);
      const metadata = new Metadata();
      metadata.set('node', 'worker-01');
      return new Promise((resolve) => {
        client.makeUnaryRequest(
          path,
          method.requestSerialize,
          method.responseDeserialize,
          {},
          metadata,
          (error, reply) => resolve(error?.details ?? reply),
        );
      });
    };

    expect(await ask('/machine.MachineService/Hostname')).toMatchObject({ messages: [{ hostname: 'cp-1' }] });
    expect(await ask('/machine.MachineService/Reboot')).toBe('not authorized');
    client.close();
  });

  it('carries bulk data over a long line as fast as the window of the client allows', async () => {
    const simulator = await start({ snapshotBytes: 9 * MEBIBYTE, snapshotChunkBytes: 64 * 1024 });
    const fetch = async (windowBytes: number): Promise<number> => {
      const client = connect(simulator.talosconfig, undefined, { 'grpc-node.flow_control_window': windowBytes });
      await client.unary(VERSION, {});
      await simulator.setEndpointFault('cp-1', { kind: 'line', roundTripMs: 20 });
      const startedAt = performance.now();
      const stream = client.stream('/machine.MachineService/EtcdSnapshot', {});
      for (let bytes = 0, wanted = windowBytes < MEBIBYTE ? MEBIBYTE : 8 * MEBIBYTE; bytes < wanted;) {
        bytes += (await stream.next())!.bytes.length;
      }
      stream.cancel();
      await simulator.clearFaults();
      return performance.now() - startedAt;
    };

    const smallWindowMs = await fetch(64 * 1024);
    const largeWindowMs = await fetch(16 * MEBIBYTE);

    // One MiB in windows of 64 KiB takes sixteen round trips; eight MiB in one window take one and the copying.
    expect(smallWindowMs).toBeGreaterThan(300);
    expect(largeWindowMs / 8).toBeLessThan(smallWindowMs / 2);
  });

  it('closes while a call runs and while a connection is held in a black hole', async () => {
    const simulator = await start({ clock: new FakeClock() });
    const client = connect(simulator.talosconfig);
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 60_000 });
    const call = rejection(client.unary(VERSION, {}, { node: 'worker-01' }));
    while (simulator.calls.length === 0) await turn();
    await simulator.setEndpointFault('cp-1', { kind: 'black-hole', onlyNew: true });
    const held = await dial(simulator);
    held.on('error', () => undefined);

    await simulator.close();

    expect((await call).code).toBe(14);
    expect(simulator.openConnections()).toBe(0);
    held.destroy();
  });
});
