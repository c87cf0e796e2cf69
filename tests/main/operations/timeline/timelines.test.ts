import { afterEach, expect, it } from 'vitest';
import type { DeedRecord, DeedsState, TimelineEntry } from '../../../../preload/contract/index.ts';
import { Value } from '../../../../main/lib/observable.ts';
import type { Cluster } from '../../../../main/operations/clusters/cluster.ts';
import { Timelines } from '../../../../main/operations/timeline/timelines.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { openBench, type Bench } from '../work/runs-harness.ts';

let bench: Bench | undefined;

afterEach(async () => {
  expect(await bench?.close()).toBe(bench && 0);
  bench = undefined;
});

it('deeds of this session stand in the time line of their own cluster, told while nobody looked', () => {
  const deeds = new Value<DeedsState>({});
  const clusters = new Map(['a', 'b'].map((id) => [id, {} as Cluster]));
  const timelines = new Timelines({
    cluster: (id) => clusters.get(id)!,
    contexts: () => ['a', 'b'].map((id) => ({ id, name: 'prod', file: `/${id}`, caFingerprints: [`ca-${id}`] })),
    deeds,
    clock: new FakeClock(),
  });
  const startedMs = new FakeClock().now();
  const deed = (id: string, file: string, atMs: number): DeedRecord => ({
    ...{ id, atMs, deed: `Reboot ${id}`, context: 'prod', file, talosctl: '', isOver: true },
    steps: [{ node: id, name: id, stage: 'done', atMs: atMs + 5 }],
  });

  deeds.set({
    deeds: [
      // By another name of then: a cluster is known by its authorities.
      { ...deed('cp-3', '/renamed', startedMs + 2), cluster: 'ca-a' },
      { ...deed('cp-9', '/a', startedMs + 2), cluster: 'ca-another' },
      ...[deed('cp-1', '/a', startedMs + 1), deed('cp-2', '/b', startedMs), deed('old', '/a', startedMs - 1)],
    ],
  });

  const titles = (id: string) => timelines.of(id).entries.map(({ title }) => title);
  expect([titles('a'), titles('b')]).toEqual([['Reboot cp-1', 'Reboot cp-3'], ['Reboot cp-2']]);
  timelines.close();
  expect(deeds.listenerCount).toBe(0);
});

it('what is shown of endpoints is told as it happens, and nothing is asked for it', async () => {
  bench = await openBench();
  const { simulator, workspace } = bench;
  const { timelines, clusters } = workspace;
  const stopLooking = timelines.overheard('endpoints', clusters.status('sim')).subscribe(() => undefined);
  await bench.run({ command: 'version', nodes: ['cp-1'] });
  const asked = simulator.calls.length;
  const stop = new AbortController();
  const told: TimelineEntry[] = [];
  const [first] = simulator.endpoints;

  const reading = (async () => {
    for await (const entry of timelines.stream('sim', stop.signal)) {
      told.push(entry);
      if (entry.kind === 'endpoint') stop.abort();
    }
  })();
  await simulator.setEndpointFault(first?.target ?? '', { kind: 'refuse' });
  await clusters.get('sim').test();
  await reading;

  expect(told.at(-1)).toMatchObject({
    kind: 'endpoint',
    severity: 'bad',
    title: expect.stringContaining('does not answer') as string,
  });
  expect(simulator.calls.filter(({ method }) => !method.endsWith('/Version')).length).toBeLessThanOrEqual(asked);
  stopLooking();
});
