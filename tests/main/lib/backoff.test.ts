import { expect, test } from 'vitest';
import { backoffMs, DEFAULT_BACKOFF } from '../../../main/lib/backoff.ts';

test('grows by 1.6 from one second up to the ceiling', () => {
  const middle = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((failures) => backoffMs(failures, 0.5, DEFAULT_BACKOFF));

  expect(middle).toEqual([1000, 1600, 2560, 4096, 6554, 10486, 16777, 26844, 30000, 30000]);
});

test('varies by a fifth each way and never exceeds the ceiling', () => {
  expect(backoffMs(1, 0, DEFAULT_BACKOFF)).toBe(800);
  expect(backoffMs(1, 1, DEFAULT_BACKOFF)).toBe(1200);
  expect(backoffMs(1000, 1, DEFAULT_BACKOFF)).toBe(30_000);
  expect(backoffMs(1e9, 0, DEFAULT_BACKOFF)).toBe(24_000);
});
