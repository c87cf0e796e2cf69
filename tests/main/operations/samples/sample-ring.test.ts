import { describe, expect, it } from 'vitest';
import { METRICS, MOST_RING_BYTES, SampleRing, type Sample } from '../../../../preload/contract/index.ts';
import { thinned } from '../../../../main/operations/samples/thinned.ts';

const sample = (atMs: number, value: number | null, spanMs = 1000): Sample => ({
  atMs,
  spanMs,
  values: METRICS.map(() => value),
});

describe('the samples of a node that are kept', () => {
  it('are those of the last hour, 3,600 at most, in bounded memory', () => {
    const ring = new SampleRing();
    for (let second = 0; second < 9000; second += 1) ring.add(sample(second * 1000, second));

    expect(ring.count).toBe(3600);
    expect(ring.slice(0, 1)[0]).toMatchObject({ atMs: 5_400_000, spanMs: 1000 });
    expect(ring.slice(3599, 10).map(({ values }) => values[0])).toEqual([8999]);
    expect(ring.lastAtMs).toBe(8_999_000);
    expect(MOST_RING_BYTES).toBeLessThan(400_000);
  });

  it('grow old while nothing is measured, and a value that is not known stays so', () => {
    const ring = new SampleRing();
    ring.add(sample(0, 1));
    ring.add(sample(3_000_000, null));
    expect(ring.slice(0, 9).map(({ values }) => values[0])).toEqual([1, null]);

    ring.forget(3_700_000);

    expect(ring.slice(0, 9).map(({ atMs }) => atMs)).toEqual([3_000_000]);
  });
});

describe('fewer samples for a page', () => {
  it('are means weighted by time, and gaps stay', () => {
    const all = [sample(1000, 2, 0), sample(2000, 4), sample(5000, 8, 3000), sample(60_000, 1, 0), sample(61_000, 3)];

    const few = thinned(all, 3);

    expect(few.map(({ atMs, spanMs, values }) => [atMs, spanMs, values[0]])).toEqual([
      [5000, 4000, (2 * 1 + 4 * 1000 + 8 * 3000) / 4001],
      [61_000, 1000, (1 * 1 + 3 * 1000) / 1001],
    ]);
    expect(thinned(all, 1)).toBe(all);
  });
});
