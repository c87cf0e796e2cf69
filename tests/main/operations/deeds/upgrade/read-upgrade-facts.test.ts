import { afterAll, beforeAll, expect, it } from 'vitest';
import { readUpgradeFacts } from '../../../../../main/operations/deeds/upgrade/read-upgrade-facts.ts';
import { openBench, type Bench } from '../../work/runs-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ controlPlanes: 1, workers: 1, overrides: { 'worker-01': { version: 'v1.12.4' } } });
});
afterAll(() => bench.close());

const read = (node: string, signal = new AbortController().signal) =>
  readUpgradeFacts(bench.workspace.clusters.of('sim'), { node: bench.simulator.node(node).address, signal });

it('what the upgrade of a machine depends on is read from it, without its machine config', async () => {
  bench.simulator.clearCalls();

  expect(await read('cp-1')).toMatchObject({
    ...{ version: 'v1.13.9', platform: 'metal', isSecureBoot: false, kubernetes: 'v1.35.2', extensions: [] },
    schematic: undefined,
  });
  expect(JSON.stringify(bench.simulator.calls)).not.toContain('MachineConfig');
});

it('the schematic is told by itself or as an extension, which then is none', async () => {
  expect(await read('worker-01')).toMatchObject({
    version: 'v1.12.4',
    extensions: [{ name: 'qemu-guest-agent', version: '10.2.0' }],
    schematic: { id: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  });
});

it('ends when it is cancelled', async () => {
  await expect(read('cp-1', AbortSignal.abort())).rejects.toThrow();
});
