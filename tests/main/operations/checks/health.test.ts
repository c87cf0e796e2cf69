import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CheckEvent, CheckStep } from '../../../../preload/contract/index.ts';
import { collectEvents, openBench, type Bench } from '../work/runs-harness.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});
afterEach(() => bench.simulator.clearFaults());
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

type Wish = Parameters<Bench['workspace']['healthCheck']>[1];
const wish = (over: Partial<Wish> = {}): Wish => ({
  ...{ node: 'cp-1', isByServer: true, asksKubernetes: false, timeout: '20m', controlPlanes: [], workers: [] },
  ...over,
});

const run = (over: Partial<Wish> = {}, signal = new AbortController().signal): Promise<CheckEvent[]> =>
  collectEvents(bench.workspace.healthCheck('sim', wish(over), signal));

const last = (events: readonly CheckEvent[]): ReadonlyMap<string, CheckStep> =>
  new Map(
    events.flatMap((event) => {
      if (event.type === 'started') return event.steps.map((step) => [step.name, step] as const);
      return event.type === 'step' ? [[event.step.name, event.step] as const] : [];
    }),
  );
const states = (events: readonly CheckEvent[]): readonly string[] =>
  [...last(events).values()].map(({ state }) => state);

describe('a health check by a control plane', () => {
  it('tells the nodes and every check as it passes', async () => {
    const events = await run();

    expect(events[0]).toMatchObject({ type: 'started', talosctl: 'talosctl --context sim -n cp-1 health' });
    expect(events[1]).toEqual({ type: 'nodes', nodes: ['10.5.0.2', '10.5.0.3', '10.5.0.4', '10.5.0.5', '10.5.0.6'] });
    expect(states(events)).toEqual(Array(16).fill('ok'));
    expect(events.at(-1)).toMatchObject({ type: 'finished', state: 'healthy' });
  });

  it('says which check blocks when the time is over, and which had no turn', async () => {
    bench.simulator.setNodeFault('worker-01', { kind: 'down' });
    const events = await run({ timeout: '2s' });
    const steps = last(events);

    expect(steps.get('apid to be ready')).toMatchObject({
      state: 'failed',
      text: expect.stringMatching(/^error getting version from node "10\.5\.0\.5"/) as string,
      sinceMs: expect.any(Number) as number,
    });
    expect(steps.get('no diagnostics')).toMatchObject({ state: 'not-run' });
    expect(events.at(-1)).toMatchObject({
      state: 'unhealthy',
      failure: { code: 'timeout', message: 'The time was over while waiting for apid to be ready.' },
    });
  });

  it('hands on the nodes that were named, and is refused for what is no address', async () => {
    const events = await run({ controlPlanes: ['10.5.0.2'], workers: ['10.5.0.6'] });

    expect(events[0]).toMatchObject({
      talosctl: 'talosctl --context sim -n cp-1 health --control-plane-nodes 10.5.0.2 --worker-nodes 10.5.0.6',
    });
    expect(events[1]).toMatchObject({ nodes: ['10.5.0.2', '10.5.0.6'] });
    await expect(run({ workers: ['worker-01'] })).rejects.toMatchObject({
      failure: { code: 'invalid', message: 'Worker nodes: "worker-01" is no IP address.', where: { field: 'workers' } },
    });
    await expect(run({ timeout: 'soon' })).rejects.toMatchObject({ failure: { where: { field: 'timeout' } } });
  });

  it('says that a worker cannot do it', async () => {
    const events = await run({ node: 'worker-01' });

    expect(events.at(-1)).toMatchObject({ state: 'unhealthy', failure: { code: 'not-supported' } });
  });

  it('ends when its reader leaves, and cancels the call', async () => {
    bench.simulator.setNodeFault('worker-01', { kind: 'down' });
    const stop = new AbortController();
    const seen: CheckEvent[] = [];
    const read = (async () => {
      for await (const event of bench.workspace.healthCheck('sim', wish(), stop.signal)) {
        seen.push(event);
        if (event.type === 'step' && event.step.text?.startsWith('error getting version')) stop.abort();
      }
    })();

    await expect(read).rejects.toBeDefined();
    expect(seen.at(-1)).toMatchObject({ type: 'step' });
  });
});

describe('a health check from here', () => {
  const byMinos = (over: Partial<Wish> = {}): Promise<CheckEvent[]> => run({ isByServer: false, ...over });

  it('asks every node itself and says what it leaves out, and why', async () => {
    const events = await byMinos();
    const steps = last(events);

    expect(events[0]).toMatchObject({ talosctl: 'talosctl --context sim -n cp-1 health --server=false' });
    expect(events[1]).toMatchObject({ controlPlanes: ['10.5.0.2', '10.5.0.3', '10.5.0.4'] });
    expect(states(events)).toEqual([
      ...Array<string>(9).fill('ok'),
      'not-run',
      'ok',
      ...Array<string>(5).fill('not-run'),
    ]);
    expect(steps.get('coredns to report ready')?.text).toBe(
      'Needs the API of Kubernetes, which this health check was not told to ask.',
    );
    expect(events.at(-1)).toMatchObject({ type: 'finished', state: 'healthy' });
  });

  it.each([
    [
      'etcd to be healthy',
      () => bench.simulator.node('cp-2').services.takeDown('etcd'),
      /^10\.5\.0\.3: service "etcd" not in expected state "Running": current state \[(Stopping|Finished)\]/,
    ],
  ] as const)('%s waits for what is missing', async (name, break_, text) => {
    break_();
    const events = await byMinos({ timeout: '2s' });

    expect(last(events).get(name)).toMatchObject({ state: 'failed', text: expect.stringMatching(text) as string });
    expect(events.at(-1)).toMatchObject({ state: 'unhealthy', failure: { code: 'timeout' } });
  });

  it('is told by a reader too, who may not read what holds secrets', async () => {
    const reader = await openBench({ roles: ['os:reader'] });
    try {
      const events = await collectEvents(
        reader.workspace.healthCheck('sim', wish({ isByServer: false }), new AbortController().signal),
      );

      expect(events.at(-1)).toMatchObject({ state: 'healthy' });
    } finally {
      await reader.close();
    }
  });
});
