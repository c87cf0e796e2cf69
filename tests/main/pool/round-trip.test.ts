import { expect, test } from 'vitest';
import { addRoundTrip, HISTORY, noRoundTrips, roundTripMs } from '../../../main/pool/round-trip.ts';

const after = (...samples: number[]) => samples.reduce(addRoundTrip, noRoundTrips);

test('unknown before the first answer', () => {
  expect(roundTripMs(noRoundTrips)).toBeUndefined();
});

test('one slow node among quick answers does not count against the endpoint', () => {
  expect(roundTripMs(after(10, 12, 9000, 11, 8000))).toBe(10);
});

test('an endpoint that became slow is seen as slow after the window', () => {
  expect(roundTripMs(after(5, 300, 310, 320, 300, 305, 333, 301, 302))).toBe(300);
});

test('keeps the last sixty, newest last', () => {
  const { samplesMs } = after(...Array.from({ length: 100 }, (_, n) => n));

  expect(samplesMs).toHaveLength(HISTORY);
  expect(samplesMs.at(-1)).toBe(99);
  expect(samplesMs[0]).toBe(40);
});
