import type { Clock } from '../../../main/lib/clock.ts';

/** A clock that knows how many of its timers still wait. */
export interface CountingClock extends Clock {
  readonly waiting: () => number;
}

/** Counts the timers of another clock. */
export function countingClock(clock: Clock): CountingClock {
  let waiting = 0;
  return {
    now: clock.now,
    monotonic: clock.monotonic,
    waiting: () => waiting,
    after: (delayMs, run) => {
      let isWaiting = true;
      const done = (): void => {
        if (isWaiting) waiting -= 1;
        isWaiting = false;
      };
      waiting += 1;
      const cancel = clock.after(delayMs, () => {
        done();
        run();
      });
      return () => {
        done();
        cancel();
      };
    },
  };
}
