import { afterEach, expect, it } from 'vitest';
import { issueReader } from '../../../../main/operations/talosconfigs/issue-reader.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { testProto } from '../../../fakes/open-workspace.ts';
import { openClusters, type ClustersBench } from '../clusters/clusters-harness.ts';

const MINUTE_MS = 60_000;

let simulator: Simulator;
let bench: ClustersBench;

afterEach(async () => {
  await bench.clusters.close();
  await simulator.close();
});

it('counts the hour from when it was asked for, also by a computer whose clock is ahead', async () => {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 0 });
  bench = openClusters(simulator.talosconfig);
  const { caller, destination, nodes } = bench.clusters.get('sim');
  const now = (): number => Date.now() + 50 * MINUTE_MS;
  const issue = issueReader({ now });
  const asking = { destination, nodes: nodes.current, signal: new AbortController().signal };

  const made = await issue(caller, asking);

  expect((made.endsMs - now()) / MINUTE_MS).toBeCloseTo(60, 0);
  // So it serves the next look, too.
  expect(await issue(caller, asking)).toBe(made);
});
