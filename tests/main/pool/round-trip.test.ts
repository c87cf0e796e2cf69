import { expect, test } from 'vitest';
import { HISTORY, RoundTrips } from '../../../main/pool/round-trip.ts';

function after(...samples: number[]): RoundTrips {
  const trips = new RoundTrips();
  for (const sample of samples) trips.add(sample);
  return trips;
}

test('unknown before the first answer', () => {
  expect(after().leastMs).toBeUndefined();
  expect(after().samplesMs).toEqual([]);
});

test('one slow node among quick answers does not count against the endpoint', () => {
  expect(after(10, 12, 9000, 11, 8000).leastMs).toBe(10);
});

test('an endpoint that became slow is seen as slow after the window', () => {
  expect(after(5, 300, 310, 320, 300, 305, 333, 301, 302).leastMs).toBe(300);
});

test('a clock that went back counts as no time', () => {
  expect(after(-3).samplesMs).toEqual([0]);
});

test.each([1, 59, 60, 61, 100, 120, 121])('of %i keeps the last sixty, newest last', (count) => {
  const all = Array.from({ length: count }, (_, n) => n);

  const trips = after(...all);

  expect(trips.samplesMs).toEqual(all.slice(-HISTORY));
  expect(trips.leastMs).toBe(Math.min(...all.slice(-8)));
});
