import { describe, expect, it } from 'vitest';
import { HOSTILE_KINDS, type HostileKind } from '../../../../main/simulator/faults/faults.ts';
import { useHarness } from '../harness.ts';

const { start, connect } = useHarness();
const MEBIBYTE = 1024 * 1024;
const SERVICES = '/machine.MachineService/ServiceList';
const PROCESSES = '/machine.MachineService/Processes';

async function hostile(kind: HostileKind) {
  const simulator = await start();
  simulator.setNodeFault('worker-01', { kind: 'hostile', with: kind });
  const client = connect(simulator.talosconfig, undefined, { 'grpc.max_receive_message_length': 32 * MEBIBYTE });
  return {
    services: async () => (await client.unary(SERVICES, {}, { node: 'worker-01' })).messages[0]!.services,
    processes: async () => (await client.unary(PROCESSES, {}, { node: 'worker-01' })).messages[0]!.processes,
    memory: async () =>
      (await client.unary('/machine.MachineService/Memory', {}, { node: 'worker-01' })).messages[0]!.meminfo!,
    load: async () => (await client.unary('/machine.MachineService/LoadAvg', {}, { node: 'worker-01' })).messages[0]!,
    disks: async () =>
      (await client.unary('/storage.StorageService/Disks', {}, { node: 'worker-01' })).messages[0]!.disks,
  };
}

describe('a hostile node', () => {
  it('puts markup into every text', async () => {
    const [service] = await (await hostile('html')).services();

    expect(service!.id).toContain('<script>');
    expect(service!.events!.events[0]!.msg).toContain('onerror');
  });

  it('puts terminal codes and marks that turn the direction into every text', async () => {
    const [service] = await (await hostile('control-codes')).services();

    for (const mark of ['\u001b[31;1m', '\u0000', '\u202e', '\ufeff']) expect(service!.state).toContain(mark);
  });

  it('sends megabytes where a word is expected, below what a client accepts', async () => {
    const services = await (await hostile('long-strings')).services();

    expect(services[0]!.id.length).toBe(MEBIBYTE);
    expect(services.at(-1)!.id.length).toBeLessThan(100);
  });

  it('sends bytes that are no text', async () => {
    const [service] = await (await hostile('invalid-utf8')).services();

    expect(service!.id).toContain('\ufffd');
  });

  it('sends numbers too large for a number', async () => {
    const node = await hostile('huge-numbers');

    expect((await node.memory()).memtotal).toBe('9223372036854775807');
    expect((await node.load()).load1).toBe(Number.MAX_VALUE);
  });

  it('sends numbers below zero', async () => {
    const node = await hostile('negative-numbers');

    expect((await node.processes())[0]!.pid).toBe(-1);
    expect((await node.load()).load1).toBe(-1.5);
  });

  it('sends enum numbers that nobody knows', async () => {
    const [disk] = await (await hostile('unknown-enums')).disks();

    expect(disk!.type).toBe(9_999);
  });

  it('leaves every field out', async () => {
    const services = await (await hostile('missing-fields')).services();

    expect(services.length).toBeGreaterThan(5);
    expect(services[0]).toMatchObject({ id: '', state: '' });
  });

  it('lists as much as fits into a message', async () => {
    const processes = await (await hostile('too-many-items')).processes();

    expect(processes.length).toBeGreaterThan(100_000);
  });

  it.each(HOSTILE_KINDS)('still speaks the protocol: %s', async (kind) => {
    const node = await hostile(kind);

    expect((await node.services()).length).toBeGreaterThan(0);
  });
});
