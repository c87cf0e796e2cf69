import { afterEach, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../../preload/contract/index.ts';
import { openBench, type Bench } from '../work/runs-harness.ts';

let bench: Bench;

afterEach(async () => {
  expect(await bench.close()).toBe(0);
});

it('what is shown of endpoints is told as it happens, and nothing is asked for it', async () => {
  bench = await openBench();
  const { timelines, clusters } = bench.workspace;
  const stopLooking = timelines.overheard('endpoints', clusters.status('sim')).subscribe(() => undefined);
  await bench.run({ command: 'version', nodes: ['cp-1'] });
  const asked = bench.simulator.calls.length;
  const stop = new AbortController();
  const told: TimelineEntry[] = [];
  const [first] = bench.simulator.endpoints;

  const reading = (async () => {
    for await (const entry of timelines.stream('sim', stop.signal)) {
      told.push(entry);
      if (entry.kind === 'endpoint') stop.abort();
    }
  })();
  await bench.simulator.setEndpointFault(first?.target ?? '', { kind: 'refuse' });
  await clusters.get('sim').test();
  await reading;

  expect(told.at(-1)).toMatchObject({
    kind: 'endpoint',
    severity: 'bad',
    title: expect.stringContaining('does not answer') as string,
  });
  expect(bench.simulator.calls.filter(({ method }) => !method.endsWith('/Version')).length).toBeLessThanOrEqual(asked);
  stopLooking();
});
