import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/lib/clock.ts';
import { version } from '../../../../main/operations/commands/node/version.ts';
import { run } from '../../../../main/operations/work/run.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../main/simulator/simulator.ts';
import type { RunEvent } from '../../../../preload/contract/index.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

let simulator: Simulator;
let opened: TestWorkspace;

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), ...options });
  opened = await openWorkspace(simulator.talosconfig);
}

afterEach(async () => {
  await opened.close();
  expect(simulator.openConnections()).toBe(0);
  await simulator.close();
});

function startRun(over: { nodes?: readonly string[]; deadlineMs?: number; signal?: AbortSignal } = {}) {
  return run({
    runId: 'r1',
    number: 1,
    connection: opened.workspace.clusters.of('sim'),
    command: version,
    params: {},
    nodes: over.nodes ?? simulator.nodes.map(({ name }) => name),
    deadlineMs: over.deadlineMs ?? 10_000,
    signal: over.signal ?? new AbortController().signal,
    clock: systemClock,
  });
}

async function all(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const list: RunEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const of = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);

describe('a run', () => {
  it('calls every node once with the single node header and ends with the counts', async () => {
    await start();

    const events = await all(startRun({ nodes: ['cp-1', 'worker-01', 'worker-01'] }));

    expect(events[0]).toMatchObject({
      type: 'started',
      nodes: ['cp-1', 'worker-01'],
      talosctl: 'talosctl --context sim -n cp-1,worker-01 version',
    });
    expect(
      of(events, 'answered')
        .map(({ node, rows }) => [node, rows[0]?.[0]])
        .sort(),
    ).toEqual([
      ['cp-1', 'v1.13.9'],
      ['worker-01', 'v1.13.9'],
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'finished', ok: 2, failed: 0, cancelled: 0 });
    // Probes of the pool ask the endpoint itself and name no node.
    const asked = simulator.calls.flatMap(({ node }) => node ?? []);
    expect(asked.sort()).toEqual(['cp-1', 'worker-01']);
  });

  it('names the node that is down and still shows the others', async () => {
    await start();
    simulator.setNodeFault('worker-02', { kind: 'down' });

    const events = await all(startRun());

    const [failed] = of(events, 'failed');
    expect(failed).toMatchObject({ node: 'worker-02', failure: { code: 'unreachable', where: { node: 'worker-02' } } });
    expect(failed?.failure.message).toContain('worker-02');
    expect(events.at(-1)).toMatchObject({ ok: 4, failed: 1 });
  });

  it('loses no read when one of three endpoints is killed while it runs', async () => {
    await start({ workers: 57 });
    const first = simulator.endpoints[0]?.target ?? '';
    const events: RunEvent[] = [];
    let isKilled = false;

    for await (const event of startRun()) {
      events.push(event);
      if (event.type === 'answered' && !isKilled) {
        isKilled = true;
        await simulator.setEndpointFault(first, { kind: 'refuse' });
      }
    }

    expect(events.at(-1)).toMatchObject({ type: 'finished', ok: 60, failed: 0, cancelled: 0 });
  });

  it('cancels what runs at the server and never sends what waits', async () => {
    await start({ workers: 97 });
    for (const { name } of simulator.nodes) simulator.setNodeFault(name, { kind: 'slow', latencyMs: 60_000 });
    const controller = new AbortController();
    const events: RunEvent[] = [];

    for await (const event of startRun({ signal: controller.signal })) {
      events.push(event);
      if (of(events, 'calling').length === 10) controller.abort();
    }

    expect(events.at(-1)).toMatchObject({ type: 'finished', ok: 0, failed: 0, cancelled: 100 });
    expect(simulator.calls.flatMap(({ node }) => node ?? []).length).toBeLessThanOrEqual(64);
  });

  it('gives a silent node the deadline and says so', async () => {
    await start();
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 60_000 });

    const events = await all(startRun({ nodes: ['worker-01', 'cp-1'], deadlineMs: 400 }));

    expect(of(events, 'failed')).toMatchObject([{ node: 'worker-01', failure: { code: 'timeout' } }]);
    expect(of(events, 'answered')).toHaveLength(1);
  });
});
