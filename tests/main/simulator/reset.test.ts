import { expect, it, vi } from 'vitest';
import type { MethodRequest } from '../../../main/talos/method-types.ts';
import { useHarness } from './harness.ts';

const { start, connect } = useHarness();
const RESET = '/machine.MachineService/Reset';
type ResetRequest = MethodRequest<typeof RESET>;

const label = (name: string) => [{ label: name, wipe: true }];

it('refuses a reset in the words of machined, and nothing is wiped', async () => {
  const simulator = await start({ controlPlanes: 1, workers: 1 });
  const { machine } = simulator.node('worker-01');
  machine.setMoreDisks([{ name: 'sr0', bytes: 1e9, model: 'DVD', serial: '', isReadOnly: true }]);
  const client = connect(simulator.talosconfig);
  const before = machine.disks;
  const refused: readonly (readonly [ResetRequest, string])[] = [
    [
      { mode: 'SYSTEM_DISK', user_disks_to_wipe: ['/dev/sr0'] },
      "reset failed: invalid input, wipe mode SYSTEM_DISK doesn't support UserDisksToWipe parameter",
    ],
    [
      { mode: 'USER_DISKS', system_partitions_to_wipe: label('STATE') },
      "reset failed: invalid input, wipe mode USER_DISKS doesn't support SystemPartitionsToWipe parameter",
    ],
    [{ user_disks_to_wipe: ['/dev/sdx'] }, "reset user disk failed: device /dev/sdx wasn't found"],
    [{ user_disks_to_wipe: ['/dev/sr0'] }, 'reset user disk failed: device /dev/sr0 is readonly'],
    [{ user_disks_to_wipe: ['/dev/nvme0n1'] }, 'reset user disk failed: device /dev/nvme0n1 is the system disk'],
    [
      { system_partitions_to_wipe: label('/var/log') },
      'failed to reset: volume "/var/log" resides on volume "EPHEMERAL", and therefore "/var/log" cannot be wiped without wiping "EPHEMERAL"',
    ],
  ];
  for (const [request, text] of refused) {
    await expect(client.unary(RESET, request, { node: 'worker-01' })).rejects.toMatchObject({ code: 2, text });
  }
  await expect(
    client.unary(RESET, { system_partitions_to_wipe: label('u-x') }, { node: 'worker-01' }),
  ).rejects.toMatchObject({
    text: expect.stringMatching(/^failed to get volume status with label "u-x": resource/) as string,
  });
  expect(machine.disks).toBe(before);
  expect(simulator.node('worker-01').stage).toBe('running');
});

it('goes on as before when a control plane cannot leave etcd, and waits in maintenance mode once it was wiped', async () => {
  const simulator = await start({ controlPlanes: 3, workers: 1 });
  // Its endpoint is the only one that answers.
  const client = connect(simulator.talosconfig, simulator.endpoint('cp-3').target);
  const [cp, worker] = [simulator.node('cp-3'), simulator.node('worker-01')];
  for (const node of [cp, worker]) node.setNextBoot({ downMs: 20, bootMs: 20 });
  for (const name of ['cp-1', 'cp-2']) simulator.setNodeFault(name, { kind: 'down' });
  const before = cp.machine.disks;

  await client.unary(RESET, { graceful: true, reboot: true }, { node: 'cp-3' });
  await vi.waitFor(() => expect(cp.stage).toBe('running'));
  expect([cp.machine.disks, cp.fault]).toEqual([before, null]);
  expect(cp.events.list().some(({ value }) => value.toString().includes('etcdserver: no leader'))).toBe(true);

  simulator.setNodeFault('cp-1', null);
  await client.unary(RESET, { graceful: true, reboot: true }, { node: 'worker-01' });
  await vi.waitFor(() => expect(worker.fault).toEqual({ kind: 'maintenance' }));
  expect(worker.machine.disks[0]?.partitions).toEqual([]);
});
