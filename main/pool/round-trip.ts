/** Newest last. */
export interface RoundTrips {
  readonly samplesMs: readonly number[];
}

/** What the sparkline shows. */
export const HISTORY = 60;

/** How many of the last answers the estimate looks at. */
export const WINDOW = 8;

export const noRoundTrips: RoundTrips = { samplesMs: [] };

/** Adds the duration of an answered call. */
export const addRoundTrip = (trips: RoundTrips, sampleMs: number): RoundTrips => ({
  samplesMs: [...trips.samplesMs.slice(1 - HISTORY), Math.max(0, sampleMs)],
});

/**
 * The endpoint's round trip: the quickest of the last answers. A call's duration includes the node behind the endpoint,
 * so one slow node must not count against the endpoint; an endpoint that is slow itself has no quick answers.
 */
export function roundTripMs(trips: RoundTrips): number | undefined {
  const recent = trips.samplesMs.slice(-WINDOW);
  return recent.length === 0 ? undefined : Math.min(...recent);
}
