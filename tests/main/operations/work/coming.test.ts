import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, openBench, rowsOf, type Bench } from './runs-harness.ts';

let bench: Bench;
const node = 'worker-01';
const crowd = { command: 'list', nodes: [node], params: { path: '/var/log/crowd' }, deadlineMs: 30_000 };

beforeAll(async () => {
  bench = await openBench({ controlPlanes: 1, workers: 1 });
});
afterEach(() => {
  bench.simulator.setNodeFault(node, null);
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

describe('a list of thousands of entries', { timeout: 60_000 }, () => {
  it('tells its first rows while the node still sends', async () => {
    bench.simulator.setNodeFault(node, { kind: 'crowded', items: 5000 });
    const events = await bench.run(crowd);
    const [first] = eventsOf(events, 'rows');

    expect(first?.rows.length).toBeLessThan(1000);
    expect(rowsOf(events, node)).toHaveLength(5001);
    expect(eventsOf(events, 'finished')).toMatchObject([{ ok: 1 }]);
  });

  it('keeps what came when it is cancelled, and says that it is not all', async () => {
    bench.simulator.setNodeFault(node, { kind: 'crowded', items: 20_000 });
    const started: string[] = [];
    const kinds: string[] = [];
    let told = 0;
    for await (const event of bench.start(crowd)) {
      kinds.push(event.type);
      if (event.type === 'started') started.push(event.runId);
      if (event.type === 'rows') told += event.rows.length;
      if (event.type === 'rows') bench.workspace.runs.cancelNode(started[0] ?? '', node);
      if (event.type === 'failed') expect(event.failure.code).toBe('cancelled');
    }
    const kept = bench.workspace.runs.exported(started[0] ?? '').nodes[0];

    expect(kinds).not.toContain('answered');
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(20_000);
    expect(kept).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
    expect(kept?.rows).toHaveLength(told);
  });

  it('ends the call at the server when it is cancelled', async () => {
    bench.simulator.setNodeFault(node, { kind: 'crowded', items: 20_000 });
    const stop = new AbortController();
    for await (const event of bench.start(crowd, stop.signal)) if (event.type === 'rows') stop.abort();

    const list = bench.simulator.calls.findLast(({ method }) => method.endsWith('/List'));
    await expect.poll(() => list?.code).not.toBeNull();
  });

  it('of a node that breaks off shows what came, here and when it is looked at again', async () => {
    bench.simulator.setNodeFault(node, { kind: 'reset-mid-stream', afterMessages: 3 });
    const events = await bench.run({ ...crowd, params: { path: '/etc' } });
    const runId = eventsOf(events, 'started')[0]?.runId ?? '';
    const again: unknown[] = [];
    for await (const event of bench.workspace.runs.replay(runId)) again.push(event);

    expect(eventsOf(events, 'failed')).toHaveLength(1);
    expect(rowsOf(events, node)).toHaveLength(3);
    expect(again).toContainEqual({ type: 'rows', node, rows: rowsOf(events, node) });
  });

  it('is read from the beginning, once, when its connection breaks, and no row is there twice', async () => {
    bench.simulator.setNodeFault(node, { kind: 'crowded', items: 8000 });
    const endpoint = bench.simulator.endpoints[0]?.target ?? '';
    let isBroken = false;
    const events = [];
    for await (const event of bench.start(crowd)) {
      events.push(event);
      if (event.type !== 'rows' || isBroken) continue;
      isBroken = true;
      await bench.simulator.setEndpointFault(endpoint, { kind: 'reset' });
    }
    const runId = eventsOf(events, 'started')[0]?.runId ?? '';

    expect(eventsOf(events, 'calling')).toHaveLength(2);
    expect(bench.workspace.runs.exported(runId).nodes[0]?.rows).toHaveLength(8001);
  });
});
