import { expect, it } from 'vitest';
import { startSimulator } from '../../../main/simulator/simulator.ts';
import { openWorkspace, testProto } from '../../fakes/open-workspace.ts';

it('a simulator remembers no more calls than it is told, the newest of them', async () => {
  const simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 0, rememberedCalls: 2 });
  const { workspace, close } = await openWorkspace(simulator.talosconfig);
  const options = { deadlineMs: 5_000, signal: new AbortController().signal };
  for (let call = 0; call < 5; call += 1)
    await workspace.clusters.of('sim').unary('/machine.MachineService/LoadAvg', {}, options);
  await workspace.clusters.of('sim').unary('/machine.MachineService/Memory', {}, options);

  expect(simulator.calls.length).toBeLessThanOrEqual(2);
  expect(simulator.calls.at(-1)?.method).toBe('/machine.MachineService/Memory');
  await close();
  await simulator.close();
});
