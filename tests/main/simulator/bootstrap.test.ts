import { describe, expect, it, vi } from 'vitest';
import { useHarness } from './harness.ts';

const harness = useHarness();
const CP_1 = { node: 'cp-1' };
const NEW = { isBootstrapped: false, etcdStepMs: 5, controlPlanes: 3, workers: 1 };

async function simulate(options = {}) {
  const simulator = await harness.start({ ...NEW, ...options });
  return { simulator, client: harness.connect(simulator.talosconfig) };
}

describe('a new cluster', () => {
  it('waits without data until one machine is bootstrapped; the others join and vote', async () => {
    const { simulator, client } = await simulate();
    const state = async (node: string) => {
      const { messages } = await client.unary('/machine.MachineService/ServiceList', {}, { node });
      return messages[0]?.services.find(({ id }) => id === 'etcd')?.state;
    };
    expect(await state('cp-1')).toBe('Preparing');
    expect(await client.error('/machine.MachineService/EtcdMemberList', {}, CP_1)).toMatchObject({ code: 2 });

    await client.unary('/machine.MachineService/Bootstrap', {}, CP_1);

    await vi.waitFor(async () => {
      expect(simulator.etcd.members.map(({ node, isLearner }) => [node.name, isLearner])).toEqual([
        ['cp-1', false],
        ['cp-2', false],
        ['cp-3', false],
      ]);
      expect(await state('cp-3')).toBe('Running');
    });
    expect(await client.error('/machine.MachineService/Bootstrap', {}, { node: 'cp-2' })).toEqual({
      code: 6,
      text: 'etcd data directory is not empty',
    });
  });

  it('refuses in the words of Talos', async () => {
    const { simulator, client } = await simulate();
    const refusal = (request = {}, node = 'cp-1') =>
      client.error('/machine.MachineService/Bootstrap', request, { node });

    expect(await refusal({}, 'worker-01')).toEqual({
      code: 12,
      text: 'bootstrap is only available on control plane nodes',
    });
    expect(await refusal({ recover_etcd: true })).toMatchObject({ code: 2 });
    simulator.node('cp-1').setIlls({ isBootingStill: true });
    expect(await refusal()).toEqual({ code: 9, text: 'bootstrap is not available yet' });
    simulator.node('cp-1').setIlls({});
    simulator.setNodeFault('cp-1', { kind: 'no-time-server' });
    expect(await refusal()).toEqual({ code: 9, text: 'time is not in sync yet' });
    expect(simulator.etcd.members).toEqual([]);
  });
});

describe('a machine whose data of etcd was wiped', () => {
  it('joins anew by itself, but not while a member of before has its address', async () => {
    const { simulator } = await simulate({ isBootstrapped: true });
    const { etcd } = simulator;
    const cp = simulator.node('cp-3');
    const before = etcd.memberOn(cp)!.hex;

    etcd.empty(cp);
    expect(etcd.runningOn(cp)).toBeUndefined();
    etcd.remove(before);

    await vi.waitFor(() => expect(etcd.runningOn(cp)).toMatchObject({ isLearner: false }));
    expect(etcd.memberOn(cp)!.hex).not.toBe(before);
  });
});
