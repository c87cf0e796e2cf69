import { afterEach, expect, it } from 'vitest';
import type { SampleItem } from '../../../../preload/contract/index.ts';
import { openBench, type Bench } from '../work/runs-harness.ts';

let bench: Bench;

afterEach(async () => {
  expect(await bench.close()).toBe(0);
});

const samplesOf = (items: readonly SampleItem[], node: string) =>
  items.flatMap((item) => (item.type === 'samples' && item.node === node ? item.samples : []));

/** Reads until it was told what `isEnough` waits for, then leaves as a closed page does. */
async function readUntil(
  input: { readonly nodes: readonly string[]; readonly processesOf?: string },
  isEnough: (items: readonly SampleItem[]) => boolean,
): Promise<readonly SampleItem[]> {
  const stop = new AbortController();
  const items: SampleItem[] = [];
  const wish = { context: 'sim', everyMs: 1000 as const, ...input, nodes: [...input.nodes] };
  for await (const item of bench.workspace.samples.stream(wish, stop.signal)) {
    items.push(item);
    if (isEnough(items)) stop.abort();
  }
  return items;
}

it('nodes are measured again and again, and nothing is asked once nobody looks', async () => {
  bench = await openBench();
  const nodes = ['cp-1', 'worker-01'];

  const items = await readUntil({ nodes, processesOf: 'cp-1' }, (seen) =>
    [...nodes.map((node) => samplesOf(seen, node).length >= 3), seen.some(({ type }) => type === 'processes')].every(
      Boolean,
    ),
  );

  for (const node of nodes) {
    const [first, , third] = samplesOf(items, node);
    expect(first?.spanMs).toBe(0);
    // The second is taken when it is the node's turn, which may be right after the first.
    expect(third?.spanMs).toBeGreaterThan(500);
    // Processor, memory and rates are there; the simulated node is neither idle nor full.
    expect(third?.values[0]).toBeGreaterThan(0);
    expect(third?.values[0]).toBeLessThan(1);
    expect(third?.values.filter((value) => value === null)).toEqual([]);
  }
  const processes = items.find((item) => item.type === 'processes');
  expect(processes).toMatchObject({ node: 'cp-1' });
  expect(processes?.type === 'processes' && processes.top.length).toBeGreaterThan(5);
  const asked = bench.simulator.calls.length;
  await new Promise((resolve) => setImmediate(resolve));
  expect(bench.simulator.calls.length).toBe(asked);
});

it('the next to look gets what is kept first, once', async () => {
  bench = await openBench();
  const before = await readUntil({ nodes: ['cp-1'] }, (seen) => samplesOf(seen, 'cp-1').length >= 2);

  const after = await readUntil({ nodes: ['cp-1'] }, (seen) => samplesOf(seen, 'cp-1').length >= 3);

  expect(
    samplesOf(after, 'cp-1')
      .slice(0, 2)
      .map(({ atMs }) => atMs),
  ).toEqual(samplesOf(before, 'cp-1').map(({ atMs }) => atMs));
  expect(new Set(samplesOf(after, 'cp-1').map(({ atMs }) => atMs)).size).toBe(3);
});

it('a node that is down is said to be missing since it first was, and the others go on', async () => {
  bench = await openBench();
  bench.simulator.setNodeFault('worker-01', { kind: 'down' });

  const items = await readUntil(
    { nodes: ['cp-1', 'worker-01'] },
    (seen) => seen.some(({ type }) => type === 'missing') && samplesOf(seen, 'cp-1').length >= 2,
  );

  const missing = items.filter((item) => item.type === 'missing');
  expect(missing).toHaveLength(1);
  expect(missing[0]).toMatchObject({ node: 'worker-01', failure: { where: { node: 'worker-01' } } });
});
