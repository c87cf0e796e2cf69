import { expect, it } from 'vitest';
import { METRICS, SampleRing } from '../../../../preload/contract/index.ts';
import { sampleGrid } from '../../../../renderer/state/samples/sample-grid.ts';

function ringOf(...samples: readonly (readonly [atMs: number, spanMs: number, value: number | null])[]): SampleRing {
  const ring = new SampleRing();
  for (const [atMs, spanMs, value] of samples) ring.add({ atMs, spanMs, values: METRICS.map(() => value) });
  return ring;
}

const gridOf = (ring: SampleRing, fromMs: number, toMs: number, everyMs: number) =>
  sampleGrid([{ id: 'a', label: 'a', metric: 'cpu', ring }], { fromMs, toMs }, everyMs).series[0]?.values;

it('a sample is true of all the time it covers, and what none covers is a gap', () => {
  const ring = ringOf([1000, 1000, 1], [2100, 1100, 2], [6000, 0, 5], [7000, 1000, 6]);

  expect(gridOf(ring, 0, 8000, 1000)).toEqual([null, 1, 2, null, null, null, 5, 6]);
});

it('samples that come a little early or late leave no hole', () => {
  const late = [0, 1040, 1990, 3070, 4010].map((atMs, at, all) => [atMs, atMs - (all[at - 1] ?? 0), at] as const);

  expect(gridOf(ringOf(...late), 0, 4900, 1000)?.includes(null)).toBe(false);
});

it('more than can be told apart are joined: each step has their mean', () => {
  const ring = ringOf(...Array.from({ length: 3600 }, (_each, at) => [at * 1000, 1000, at % 2] as const));

  const values = gridOf(ring, 0, 3_600_000, 1000);

  expect(values?.length).toBe(600);
  expect(values?.[100]).toBeCloseTo(0.5);
});
