import { describe, expect, it } from 'vitest';
import type { NodeFault } from '../../../main/simulator/faults/faults.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { useHarness } from './harness.ts';

const VERSION = '/machine.MachineService/Version';
const { start, connect } = useHarness();

/** Lets everything that is on its way over loopback arrive. */
const untilCalls = async (count: () => number, wanted: number): Promise<void> => {
  while (count() < wanted) await new Promise((resolve) => setImmediate(resolve));
};

describe('what a client sees of a node', () => {
  const refused = (cause: string) =>
    `connection error: desc = "transport: Error while dialing: dial tcp 10.5.0.5:50000: ${cause}"`;
  const cases: readonly (readonly [string, NodeFault, { code: number; text: string }])[] = [
    ['that is down', { kind: 'down' }, { code: 14, text: refused('connect: connection refused') }],
    [
      'that the endpoint cannot resolve',
      { kind: 'not-in-dns' },
      {
        code: 14,
        text: 'connection error: desc = "transport: Error while dialing: dial tcp: lookup worker-01 on 127.0.0.53:53: no such host"',
      },
    ],
    [
      'that was reset',
      { kind: 'maintenance' },
      {
        code: 14,
        text: 'connection error: desc = "transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority"',
      },
    ],
    [
      'that answers with an error',
      { kind: 'error', code: 9, text: 'method is not supported in container mode' },
      { code: 9, text: 'method is not supported in container mode' },
    ],
  ];

  it.each(cases)('%s', async (_title, fault, expected) => {
    const simulator = await start({ controlPlanes: 3, workers: 1 });
    const client = connect(simulator.talosconfig);

    simulator.setNodeFault('worker-01', fault);

    expect(await client.error(VERSION, {}, { node: 'worker-01' })).toEqual(expected);
    expect((await client.unary(VERSION, {}, { node: 'cp-2' })).messages).toHaveLength(1);
  });

  it('whose name nobody knows', async () => {
    const client = connect((await start()).talosconfig);

    expect(await client.error(VERSION, {}, { node: 'nobody' })).toEqual({
      code: 14,
      text: 'name resolver error: produced zero addresses',
    });
    expect(await client.error(VERSION, {}, { node: '10.9.9.9' })).toEqual({
      code: 14,
      text: 'connection error: desc = "transport: Error while dialing: dial tcp 10.9.9.9:50000: connect: no route to host"',
    });
  });

  it('that is a black hole: 20 seconds for the first call, then at once', async () => {
    const clock = new FakeClock();
    const simulator = await start({ clock });
    const client = connect(simulator.talosconfig);
    simulator.setNodeFault('worker-01', { kind: 'black-hole' });
    const timeout = {
      code: 14,
      text: 'connection error: desc = "transport: Error while dialing: dial tcp 10.5.0.5:50000: i/o timeout"',
    };

    const first = client.error(VERSION, {}, { node: 'worker-01' });
    await untilCalls(() => clock.active, 1);
    clock.advance(19_999);
    expect(simulator.calls[0]?.code).toBeNull();
    clock.advance(1);

    expect(await first).toEqual(timeout);
    expect(await client.error(VERSION, {}, { node: 'worker-01' })).toEqual(timeout);
  });

  it('that is slow, without delaying another', async () => {
    const clock = new FakeClock();
    const simulator = await start({ clock });
    const client = connect(simulator.talosconfig);
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 5_000 });

    const slow = client.unary(VERSION, {}, { node: 'worker-01' });
    await untilCalls(() => clock.active, 1);
    await client.unary(VERSION, {}, { node: 'worker-02' });
    clock.advance(5_000);

    expect((await slow).messages).toHaveLength(1);
    expect(simulator.calls.map((call) => call.servedBy)).toEqual(['worker-01', 'worker-02']);
  });

  it('only for the methods the fault names', async () => {
    const simulator = await start();
    const client = connect(simulator.talosconfig);
    simulator.setNodeFault('cp-2', { kind: 'error', code: 13, text: 'boom', methods: ['Hostname'] });

    expect(await client.error('/machine.MachineService/Hostname', {}, { node: 'cp-2' })).toEqual({
      code: 13,
      text: 'boom',
    });
    expect((await client.unary(VERSION, {}, { node: 'cp-2' })).messages).toHaveLength(1);
  });

  it('that is down: it answers nobody, through its own endpoint neither, until it is back', async () => {
    const simulator = await start();
    const own = connect(simulator.talosconfig, simulator.endpoint('cp-2').target);
    const other = connect(simulator.talosconfig);
    expect((await own.unary(VERSION, {})).messages).toHaveLength(1);

    simulator.setNodeFault('cp-2', { kind: 'down' });
    // The last moments of an open connection are its end.
    await expect.poll(() => own.error(VERSION, {}).then(({ code }) => code)).toBe(14);
    expect((await other.unary(VERSION, {}, { node: 'cp-1' })).messages).toHaveLength(1);
    await simulator.clearFaults();

    const again = connect(simulator.talosconfig, simulator.endpoint('cp-2').target);
    await expect
      .poll(() =>
        again.unary(VERSION, {}).then(
          () => 'answers',
          () => 'refused',
        ),
      )
      .toBe('answers');
  });

  it('again after the faults are cleared', async () => {
    const simulator = await start();
    const client = connect(simulator.talosconfig);
    simulator.setNodeFault('worker-01', { kind: 'down' });
    await client.error(VERSION, {}, { node: 'worker-01' });

    await simulator.clearFaults();

    expect((await client.unary(VERSION, {}, { node: 'worker-01' })).messages).toHaveLength(1);
  });

  it('that the client gave up on: the call is noted as cancelled', async () => {
    const simulator = await start({ clock: new FakeClock() });
    const client = connect(simulator.talosconfig);
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 60_000 });
    const cancel = new AbortController();

    const call = client.unary(VERSION, {}, { node: 'worker-01' }, { signal: cancel.signal });
    await untilCalls(() => simulator.calls.length, 1);
    cancel.abort();

    await expect(call).rejects.toMatchObject({ code: 1 });
    while (simulator.calls[0]?.code === null) await new Promise((resolve) => setImmediate(resolve));
    expect(simulator.calls[0]?.code).toBe(1);
  });
});
