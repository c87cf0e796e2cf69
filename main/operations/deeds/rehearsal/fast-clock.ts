import type { Clock } from '../../../lib/clock.ts';

/** A clock that begins at this moment and goes so many times as fast as another one: what waits an hour waits a minute at 60. */
export function fastClock(clock: Clock, times: number): Clock {
  const nowMs = clock.now();
  const beganMs = clock.monotonic();
  const since = (): number => (clock.monotonic() - beganMs) * times;
  return {
    // One source for both, so that they never drift apart.
    now: () => Math.round(nowMs + since()),
    monotonic: () => beganMs + since(),
    after: (delayMs, run) => clock.after(delayMs / times, run),
  };
}
