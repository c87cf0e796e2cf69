import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { METRICS, type SampleItem } from '../../../../preload/contract/index.ts';
import type { Client } from '../../../../renderer/lib/bridge.ts';
import { NodeSamples } from '../../../../renderer/state/samples/node-samples.svelte.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';

const NODES = ['a', 'b', 'c'];

beforeEach(() => vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function measured() {
  const waiting: SampleItem[][] = [];
  let wake = (): void => undefined;
  async function* open() {
    for (;;) {
      while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      yield { items: waiting.shift() as SampleItem[] };
    }
  }
  const client = { open } as unknown as Client;
  const request = { context: 'sim', nodes: NODES, everyMs: 3_000 as const };
  const samples = new NodeSamples({ client, request, nextFrame: (run) => void setTimeout(run, 0) });
  /** One node after the other tells something; the revisions that came of it. */
  const tell = async (afterMs: number, ...items: SampleItem[]): Promise<number> => {
    const before = samples.revision;
    waiting.push(items);
    wake();
    await vi.advanceTimersByTimeAsync(afterMs);
    return samples.revision - before;
  };
  return { samples, tell };
}

const sample = (node: string, atMs: number): SampleItem => ({
  ...{ type: 'samples', node },
  samples: [{ atMs, spanMs: 3_000, values: METRICS.map(() => 1) }],
});

it('what nodes tell one after the other is shown once in an interval, and at the start as it comes', async () => {
  const { samples, tell } = measured();
  expect(await tell(300, sample('a', 1))).toBe(1);
  expect(await tell(300, sample('b', 2))).toBe(1);
  expect(await tell(300, sample('c', 3))).toBe(1);

  let shown = 0;
  for (let round = 1; round <= 4; round += 1) {
    for (const node of NODES) shown += await tell(1_000, sample(node, round * 3_000));
  }
  expect(shown).toBeGreaterThanOrEqual(4);
  expect(shown).toBeLessThanOrEqual(5);
  expect(samples.lastAtMs).toBe(12_000);
  samples.stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('a node that ceases to answer, or answers again, is told of at once', async () => {
  const { samples, tell } = measured();
  for (const node of NODES) await tell(300, sample(node, 1));
  const failure = failureOf('unreachable', 'No route.');

  expect(await tell(20, { type: 'missing', node: 'b', sinceMs: 5, failure })).toBe(1);
  expect(samples.missing.get('b')).toEqual({ sinceMs: 5, failure });
  expect(await tell(20, sample('a', 2))).toBe(0);
  expect(await tell(20, sample('b', 2))).toBe(1);
  expect(samples.missing.size).toBe(0);
  samples.stop();
});
