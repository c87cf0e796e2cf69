import { afterEach, describe, expect, it } from 'vitest';
import { collectEvents } from '../work/runs-harness.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { talosconfigText } from '../../../../main/simulator/cluster/talosconfig-text.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { clustersCsv } from '../../../../main/operations/work/sinks/clusters-csv.ts';

const SOON = { timeout: 15_000, interval: 50 };
const never = new AbortController().signal;
const simulators: Simulator[] = [];
let opened: TestWorkspace;

afterEach(async () => {
  await opened.close();
  for (const simulator of simulators.splice(0)) await simulator.close();
});

/** Clusters whose nodes have the same names and of which each has another version. */
async function clustersOf(...names: readonly string[]) {
  const contexts = [];
  for (const [index, name] of names.entries()) {
    const version = `v1.13.${index + 1}`;
    const simulator = await startSimulator({ proto: testProto(), name, version, controlPlanes: 1, workers: 1 });
    simulators.push(simulator);
    contexts.push(await simulator.contextFor({}));
  }
  opened = await openWorkspace(talosconfigText(contexts));
  const { workspace } = opened;
  const idOf = (name: string): string => {
    const found = workspace.talosconfig.state.current.contexts.find((one) => one.name === name);
    return found?.id ?? '';
  };
  return { workspace, idOf };
}

describe('several clusters that are asked the same', () => {
  it('are each asked for their own nodes and over connections that end with the run, and their answers say of which they are', async () => {
    const { workspace, idOf } = await clustersOf('red', 'blue');
    const runIds: string[] = [];
    for (const name of ['red', 'blue']) {
      const nodes = await workspace.fleet.nodes(idOf(name), never);
      expect(nodes.map(({ hostname }) => hostname)).toEqual(['cp-1', 'worker-01']);
      const input = {
        ...{ context: idOf(name), command: 'version', params: {}, isVisit: true as const, deadlineMs: 10_000 },
        nodes: nodes.map(({ target }) => target),
      };
      const [started] = await collectEvents(workspace.runs.start(input, never));
      if (started?.type === 'started') runIds.push(started.runId);
    }
    await expect.poll(() => simulators.map((one) => one.openConnections()), SOON).toEqual([0, 0]);
    expect(workspace.runs.history.current.map(({ contextName }) => contextName)).toEqual(['blue', 'red']);

    const runs = runIds.map((runId) => workspace.runs.exported(runId));
    const lines = [...clustersCsv(runs, [{ cluster: 'gone', why: '=No endpoint, "answers".' }])].join('').split('\r\n');
    expect(lines[0]).toMatch(/^CLUSTER,NODE,.*,ERROR$/);
    expect(lines[1]).toMatch(/^gone,,.*"'=No endpoint, ""answers""\."$/);
    expect(lines.filter((line) => line.startsWith('red,')).every((line) => line.includes('v1.13.1'))).toBe(true);
    expect(lines.filter((line) => line.startsWith('blue,')).every((line) => line.includes('v1.13.2'))).toBe(true);
    expect(lines.filter((line) => /^(red|blue),/.test(line))).toHaveLength(4);
  });

  it('says of one that does not answer so, within its own time, and leaves nothing open', async () => {
    const { workspace, idOf } = await clustersOf('red', 'blue');
    for (const { target } of simulators[1]!.endpoints) {
      await simulators[1]!.setEndpointFault(target, { kind: 'refuse' });
    }
    const [red, blue] = await Promise.allSettled([
      workspace.fleet.nodes(idOf('red'), never),
      workspace.fleet.nodes(idOf('blue'), never),
    ]);
    expect([red.status, blue.status]).toEqual(['fulfilled', 'rejected']);
    await expect.poll(() => simulators[0]!.openConnections(), SOON).toBe(0);
  });

  it('are asked for tables only: nothing that is followed or saved', async () => {
    const { workspace, idOf } = await clustersOf('red');
    const input = { context: idOf('red'), nodes: ['cp-1'], isVisit: true, deadlineMs: 10_000 } as const;

    expect(() => workspace.runs.start({ ...input, command: 'dmesg', params: {} }, never)).toThrow(/no table/);
    expect(simulators[0]!.calls).toEqual([]);
  });
});
